/** Users as rows: the columns that a user's fields fill, and the record that a row becomes. */
import type { Prisma, User, UserPassword } from '../generated/client.ts'
import { StoreError } from '../store-error.ts'
import type { UserFields, UserRecord } from '../types.ts'
import { usernameKey } from '../username-key.ts'

export const withTokenCount = { _count: { select: { tokens: true } }, password: true } satisfies Prisma.UserInclude
type Row = User & { readonly _count: { readonly tokens: number }; readonly password: UserPassword | null }

/** Exactly these, whatever else an input carries. */
export function userFields({ username, firstName, lastName, email, description, enabled }: UserFields): UserFields {
  return { username, firstName, lastName, email, description, enabled }
}

/** The fields and the keys that they are found by. Throws StoreError `empty-username`. */
export function userColumns(input: UserFields) {
  return {
    ...userFields(input),
    usernameKey: keyOfUser(input.username),
    firstNameKey: usernameKey(input.firstName),
    lastNameKey: usernameKey(input.lastName),
    emailKey: usernameKey(input.email),
  }
}

/** A name without letters would match every sign-in that comes without a name. */
export function keyOfUser(username: string): string {
  const key = usernameKey(username)
  if (key === '') throw new StoreError('empty-username', 'A username needs at least one character that can be seen.')
  return key
}

export function userRecord(row: Row, now: Date): UserRecord {
  const { id, factorLockedUntil, lastSignInAt, password, createdAt, version } = row
  return {
    ...userFields(row),
    id,
    tokenCount: row._count.tokens,
    factorLockedUntil: factorLockedUntil !== null && factorLockedUntil > now ? factorLockedUntil : null,
    lastSignInAt,
    password: password && {
      changedAt: password.changedAt,
      mustChange: password.mustChange,
      hasNtHash: password.sealedNtHash !== null,
    },
    createdAt,
    version,
  }
}
