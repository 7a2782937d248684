/** Administrators of the console and their sessions, as the store keeps them. */
import type { Role } from '@sallyport/contract'
import type { Actor, Change } from './change.ts'

export interface AdministratorRecord {
  readonly id: string
  readonly username: string
  readonly role: Role
  readonly enabled: boolean
  readonly passwordHash: string
  readonly failedSignIns: number
  readonly lockedUntil: Date | null
  readonly lastSignInAt: Date | null
  readonly createdAt: Date
  readonly version: number
}

export interface AdministratorRepository {
  count(): Promise<number>
  list(): Promise<readonly AdministratorRecord[]>
  byId(id: string): Promise<AdministratorRecord | null>
  byUsername(username: string): Promise<AdministratorRecord | null>
  /** Makes the very first administrator; `already-exists` when there is one, however many ask at once. */
  createFirst(input: { username: string; passwordHash: string }, actor: Actor): Promise<Change<AdministratorRecord>>
  create(
    input: { username: string; passwordHash: string; role: Role },
    actor: Actor,
  ): Promise<Change<AdministratorRecord>>
  /** `last-administrator`: nobody enabled with the role administrator would be left. Ends their sessions. */
  change(
    id: string,
    input: { role: Role; enabled: boolean; passwordHash?: string; version: number },
    actor: Actor,
  ): Promise<Change<AdministratorRecord> | { readonly ok: false; readonly problem: 'last-administrator' }>
  remove(
    id: string,
    version: number,
    actor: Actor,
  ): Promise<Change<AdministratorRecord> | { readonly ok: false; readonly problem: 'last-administrator' }>
  /** Counts a wrong password, and locks until then where a time is given. */
  countFailedSignIn(id: string, lockedUntil: Date | null): Promise<void>
  /** Clears the count, notes the time, and writes the sign-in to the audit trail. */
  noteSignIn(id: string, actor: Actor): Promise<void>
  /** One's own password: ends all sessions but the one given. */
  changeOwnPassword(id: string, passwordHash: string, keepSession: string, actor: Actor): Promise<void>
}

export interface SessionRecord {
  readonly tokenHash: string
  readonly administrator: AdministratorRecord
  readonly createdAt: Date
  readonly lastSeenAt: Date
  readonly expiresAt: Date
}

export interface SessionRepository {
  create(input: {
    tokenHash: string
    administratorId: string
    expiresAt: Date
    address: string
    userAgent: string
  }): Promise<void>
  /** The session if it has not expired and its administrator is enabled. */
  find(tokenHash: string): Promise<SessionRecord | null>
  touch(tokenHash: string, expiresAt: Date): Promise<void>
  remove(tokenHash: string): Promise<void>
  removeExpired(): Promise<number>
}
