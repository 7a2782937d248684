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
  /** The account at an OpenID provider that signs in as them; null: none has yet. */
  readonly identity: ProviderIdentity | null
  readonly createdAt: Date
  readonly version: number
}

/** An account at an OpenID provider: its issuer, and what never changes of it there. */
export interface ProviderIdentity {
  readonly issuer: string
  readonly subject: string
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
  byIdentity(identity: ProviderIdentity): Promise<AdministratorRecord | null>
  /**
   * Clears the count, notes the time, and writes the sign-in to the audit trail, with what it was proven by. An `identity` is theirs
   * from now on; false, and nothing is done: they have another one, or it is somebody else's.
   */
  noteSignIn(
    id: string,
    actor: Actor,
    provenBy: readonly SignInProof[],
    identity?: ProviderIdentity | null,
  ): Promise<boolean>
  /** Writes to the audit trail that an account at the provider was not let in as this administrator. */
  noteRefusedIdentity(id: string, why: IdentityRefusal, identity: ProviderIdentity, actor: Actor): Promise<void>
  /** Forgets whose account at the provider it is; false: there is no such administrator, or nothing to forget. */
  forgetIdentity(id: string, actor: Actor): Promise<boolean>
  /** One's own password: ends all sessions but the one given. */
  changeOwnPassword(id: string, passwordHash: string, keepSession: string, actor: Actor): Promise<void>
}

/** What somebody proved who they are by. */
export type SignInProof = 'set-up-code' | 'password' | 'totp' | 'recovery-code' | 'passkey' | 'openid-connect'

/** `other-account`: another one was the first to sign in as them. */
export type IdentityRefusal = 'disabled' | 'locked' | 'other-account'

/** How far a sign-in came: all the way; the second factor is missing; it has first to be set up. */
export type SessionStage = 'full' | 'factor' | 'enrolment'

export interface SessionRecord {
  /** What it is called in lists; tells nothing of the token. */
  readonly id: string
  readonly tokenHash: string
  readonly stage: SessionStage
  readonly administrator: AdministratorRecord
  /** Of a sign-in that is not done: the provider's account that was its first step; null: the password was. */
  readonly identity: ProviderIdentity | null
  /** When who sits there last proved who they are. */
  readonly provenAt: Date
  readonly createdAt: Date
  readonly lastSeenAt: Date
  readonly expiresAt: Date
  readonly address: string
  readonly userAgent: string
}

export interface SessionRepository {
  create(input: {
    tokenHash: string
    stage: SessionStage
    administratorId: string
    identity?: ProviderIdentity | null
    expiresAt: Date
    address: string
    userAgent: string
  }): Promise<void>
  /** The session if it has not expired and its administrator is enabled, whatever its stage. */
  find(tokenHash: string): Promise<SessionRecord | null>
  /** The sessions that somebody has at work (stage `full`), last seen first. */
  ofAdministrator(administratorId: string): Promise<readonly SessionRecord[]>
  touch(tokenHash: string, expiresAt: Date): Promise<void>
  /** Notes that who sits there proved just now who they are. */
  prove(tokenHash: string): Promise<void>
  remove(tokenHash: string): Promise<void>
  /** Ends one by its id; false: there is none. */
  revoke(id: string, actor: Actor): Promise<boolean>
  /** Ends all of somebody's but `keep`; the number that ended. */
  revokeAll(administratorId: string, keep: string | null, actor: Actor): Promise<number>
  removeExpired(): Promise<number>
}
