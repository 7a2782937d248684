/** Users as rows: the columns that a user's fields fill, and the record that a row becomes. */
import { factorKind } from '@sallyport/contract'
import { z } from 'zod'
import type { Prisma, User, UserBlock, UserPassword, UserPin } from '../generated/client.ts'
import { StoreError } from '../store-error.ts'
import type { UserFields, UserRecord } from '../types.ts'
import { usernameKey } from '../username-key.ts'

/** Ids where a count would do: Prisma counts a relation by grouping the whole of its table, everybody's tokens for one user's. */
export const withFactors = {
  tokens: { select: { id: true } },
  devices: { select: { id: true } },
  password: true,
  pin: true,
  blocks: { where: { endedAt: null } },
} satisfies Prisma.UserInclude
type Row = User & {
  readonly tokens: readonly unknown[]
  readonly devices: readonly unknown[]
  readonly password: UserPassword | null
  readonly pin: UserPin | null
  readonly blocks: readonly UserBlock[]
}

const kinds = z.array(factorKind)

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
    tokenCount: row.tokens.length,
    factorLockedUntil: factorLockedUntil !== null && factorLockedUntil > now ? factorLockedUntil : null,
    lastSignInAt,
    factorMethods: kinds.parse(JSON.parse(row.factorMethods)),
    phone: row.phone,
    deviceCount: row.devices.length,
    hasPin: row.pin !== null,
    block: longestBlock(row.blocks, now),
    password: password && {
      changedAt: password.changedAt,
      mustChange: password.mustChange,
      hasNtHash: password.sealedNtHash !== null,
    },
    // Until a synchronization has them, what the directory said of them is theirs here.
    directory:
      row.directoryId === null || row.directoryUnseen ? null : { dn: row.directoryDn, disabled: row.directoryDisabled },
    importId: row.importId,
    createdAt,
    version,
  }
}

/** The block that is in force longest. */
function longestBlock(blocks: Row['blocks'], now: Date): UserRecord['block'] {
  const ends = blocks.map(({ until }) => until).filter((until) => until === null || until > now)
  if (ends.length === 0) return null
  if (ends.includes(null)) return { until: null }
  return { until: new Date(Math.max(...ends.map((until) => until?.getTime() ?? 0))) }
}
