/** API tokens, as the store keeps them. */
import type { Role } from '@sallyport/contract'
import type { Actor } from './change.ts'

export interface ApiTokenRecord {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly role: Role
  readonly createdBy: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly lastUsedAt: Date | null
  readonly lastAddress: string | null
}

export interface ApiTokenRepository {
  /** Newest first. */
  list(): Promise<readonly ApiTokenRecord[]>
  create(
    input: Pick<ApiTokenRecord, 'name' | 'prefix' | 'role' | 'expiresAt'> & { readonly tokenHash: string },
    actor: Actor,
  ): Promise<ApiTokenRecord>
  /** False: there is none. */
  remove(id: string, actor: Actor): Promise<boolean>
  /** The token that still counts. */
  find(tokenHash: string): Promise<ApiTokenRecord | null>
  noteUse(id: string, address: string): Promise<void>
}
