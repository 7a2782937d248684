/** Passkeys of administrators, as the store keeps them. */
import type { AdministratorRecord } from './administrator-types.ts'
import type { Actor } from './change.ts'

export interface PasskeyRecord {
  readonly id: string
  readonly administrator: AdministratorRecord
  readonly name: string
  /** base64url, as the authenticator named it. */
  readonly credentialId: string
  /** COSE, base64url. */
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}

export interface PasskeyRepository {
  /** Oldest first. */
  ofAdministrator(administratorId: string): Promise<readonly PasskeyRecord[]>
  byCredential(credentialId: string): Promise<PasskeyRecord | null>
  /** Ends all sessions but `keepSession`. Null: this credential is known already. */
  add(
    administratorId: string,
    input: Pick<PasskeyRecord, 'name' | 'credentialId' | 'publicKey' | 'counter' | 'transports'>,
    keepSession: string,
    actor: Actor,
  ): Promise<PasskeyRecord | null>
  /** Notes a use and what the counter says; false: it moved on meanwhile, or the passkey is gone. */
  use(id: string, before: number, counter: number): Promise<boolean>
  /** Notes that something signed with this key whose counter says that it is a copy. */
  noteCopy(id: string, actor: Actor): Promise<void>
  /** Ends all sessions but `keepSession`: one of them may be that of who has the lost device. False: there is none. */
  remove(administratorId: string, id: string, keepSession: string, actor: Actor): Promise<boolean>
}
