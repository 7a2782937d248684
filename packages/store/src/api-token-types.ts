/** API tokens, as the store keeps them. */
import type { Role } from '@sallyport/contract'
import type { Actor } from './change.ts'

export interface ApiTokenRecord {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly role: Role
  readonly createdBy: string
  /** Whether who drew it is an enabled administrator still; else it is worth nothing. */
  readonly counts: boolean
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly lastUsedAt: Date | null
  readonly lastAddress: string | null
}

export interface ApiTokenRepository {
  /** Newest first. */
  list(): Promise<readonly ApiTokenRecord[]>
  /** `actor`: an administrator, with whom it ends. */
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
