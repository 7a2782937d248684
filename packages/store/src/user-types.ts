/** Users and the passwords that are kept for them, as the store keeps them. */
import type { FactorKind, UserFactors, UserListQuery } from '@sallyport/contract'
import type { Actor, Change, Page } from './change.ts'
import type { BuiltInSettings } from './settings-types.ts'

/** A password as it is kept: argon2id, and the NT hash (16 octets), which is stored only where the settings allow it. */
export interface PasswordFields {
  readonly hash: string
  readonly ntHash: Uint8Array
  readonly mustChange: boolean
}

export interface BuiltInRepository {
  /** Until saved: no MS-CHAPv2, no expiry. */
  settings(): Promise<BuiltInSettings>
  /** No longer allowing MS-CHAPv2 removes every NT hash in the same transaction. */
  changeSettings(input: BuiltInSettings, actor: Actor): Promise<Change<BuiltInSettings>>
  /** The user whom a sign-in under this name is matched with, and the argon2id hash of their password; for a test. */
  credentials(username: string): Promise<{ readonly user: UserRecord; readonly hash: string | null } | null>
  counts(): Promise<{ readonly usersWithPassword: number; readonly usersWithNtHash: number }>
  /** The audit entry says that it was set, and nothing of what. */
  setPassword(userId: string, password: PasswordFields, actor: Actor): Promise<Change<UserRecord>>
  removePassword(userId: string, actor: Actor): Promise<Change<UserRecord>>
}

export interface UserFields {
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly description: string
  readonly enabled: boolean
}

export interface UserRecord extends UserFields {
  readonly factorMethods: readonly FactorKind[]
  readonly phone: string
  readonly deviceCount: number
  readonly hasPin: boolean
  /** In force now. */
  readonly block: { readonly until: Date | null } | null
  readonly id: string
  readonly tokenCount: number
  /** Null also when the lock is over. */
  readonly factorLockedUntil: Date | null
  readonly lastSignInAt: Date | null
  readonly password: { readonly changedAt: Date; readonly mustChange: boolean; readonly hasNtHash: boolean } | null
  /** Where the directory has them; null: they do not come from there. */
  readonly directory: { readonly dn: string; readonly disabled: boolean } | null
  /** The file that they came with; null: with none. */
  readonly importId: string | null
  readonly createdAt: Date
  readonly version: number
}

export interface UserRepository {
  list(query: UserListQuery): Promise<Page<UserRecord>>
  byId(id: string): Promise<UserRecord | null>
  create(input: UserFields & { password?: PasswordFields }, actor: Actor): Promise<Change<UserRecord>>
  change(id: string, input: UserFields & { version: number }, actor: Actor): Promise<Change<UserRecord>>
  remove(id: string, version: number, actor: Actor): Promise<Change<UserRecord>>
  /** Which of these names are taken, by usernameKey. */
  taken(usernames: readonly string[]): Promise<ReadonlySet<string>>
  /** Adds them all in one audit entry; names that are taken by then are skipped and counted. Cut into short transactions. */
  createMany(
    input: readonly (UserFields & Partial<UserFactors>)[],
    actor: Actor,
  ): Promise<{ readonly ids: readonly string[]; readonly skipped: number }>
  /** Lifts the lock of the second factor and forgets the failures that led to it. */
  unlockFactor(id: string, actor: Actor): Promise<Change<UserRecord>>
  /** How many may sign in and have nothing to do it with: no token, no device, no phone. */
  withoutFactor(): Promise<number>
  /** All of them by name, in pieces with the thread given back between them. */
  stream(): AsyncIterable<readonly (UserFields & UserFactors)[]>
}
