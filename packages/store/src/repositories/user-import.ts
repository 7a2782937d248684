/** Adds many users at once: seconds for 10,000, in transactions short enough for everybody else. */
import { randomUUID } from 'node:crypto'
import { setImmediate as giveWay } from 'node:timers/promises'
import type { UserFactors } from '@sallyport/contract'
import { appendAudit } from '../audit/append.ts'
import type { PrismaClient } from '../generated/client.ts'
import type { StagedPerson } from '../directory-sync-types.ts'
import type { Actor, UserFields } from '../types.ts'
import type { Context, Transaction } from './context.ts'
import { factorColumns } from './people-rows.ts'
import { keyOfUser, userColumns } from './user-rows.ts'

type ImportedUser = UserFields & Partial<UserFactors>

/** As Company Settings say. */
const noFactors: UserFactors = {
  factorMethods: [],
  ...{ phone: '', phoneExtension: '', backupPhone: '', backupExtension: '' },
  ...{ callMode: null, textMode: null, textWithPin: null, appMode: null, language: '' },
}
const usersPerTransaction = 250
const keysPerQuery = 5000

/** Which of these keys are taken. */
export async function takenKeys(prisma: PrismaClient, keys: readonly string[]): Promise<Set<string>> {
  const taken = new Set<string>()
  for (let from = 0; from < keys.length; from += keysPerQuery) {
    const asked = JSON.stringify(keys.slice(from, from + keysPerQuery))
    const rows = await prisma.$queryRaw<
      { usernameKey: string }[]
    >`SELECT usernameKey FROM User WHERE usernameKey IN (SELECT value FROM json_each(${asked}))`
    for (const row of rows) taken.add(row.usernameKey)
    await giveWay()
  }
  return taken
}

/** The columns of somebody who is to be added; a person of the directory is known by it, and no synchronization has had them. */
export function newUser(user: ImportedUser, person?: Pick<StagedPerson, 'directoryId' | 'dn' | 'disabled'>) {
  const { directoryId = null, dn = '', disabled = false } = person ?? {}
  return {
    ...{ id: randomUUID(), ...userColumns(user), ...factorColumns({ ...noFactors, ...user }) },
    ...{ directoryId, directoryDn: dn, directoryDisabled: disabled, directoryUnseen: directoryId !== null },
  }
}

/** One statement of SQL for them all; answers with those whose name was not taken. */
export function insertUsers(
  tx: Transaction,
  rows: readonly ReturnType<typeof newUser>[],
  now: Date,
  importId: string | null = null,
): Promise<{ id: string; usernameKey: string }[]> {
  return tx.$queryRaw<{ id: string; usernameKey: string }[]>`
    INSERT INTO User (id, username, usernameKey, firstName, firstNameKey, lastName, lastNameKey, email, emailKey,
      description, enabled, factorMethods, phone, phoneExtension, backupPhone, backupExtension, callMode, textMode,
      textWithPin, appMode, language, directoryId, directoryDn, directoryDisabled, directoryUnseen, importId, createdAt, updatedAt)
    SELECT value ->> 'id', value ->> 'username', value ->> 'usernameKey', value ->> 'firstName', value ->> 'firstNameKey',
      value ->> 'lastName', value ->> 'lastNameKey', value ->> 'email', value ->> 'emailKey',
      value ->> 'description', value ->> 'enabled', value ->> 'factorMethods', value ->> 'phone',
      value ->> 'phoneExtension', value ->> 'backupPhone', value ->> 'backupExtension', value ->> 'callMode',
      value ->> 'textMode', value ->> 'textWithPin', value ->> 'appMode', value ->> 'language',
      value ->> 'directoryId', value ->> 'directoryDn', value ->> 'directoryDisabled', value ->> 'directoryUnseen', ${importId}, ${now}, ${now}
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT DO NOTHING
    RETURNING id, usernameKey`
}

/**
 * The audit entry goes with the first transaction, so that no user is ever there without one; it says how many were to be
 * added. Whoever is taken between then and their own transaction is skipped.
 */
export async function importUsers(
  { prisma, clock }: Context,
  input: readonly ImportedUser[],
  actor: Actor,
): Promise<{ ids: string[]; skipped: number }> {
  const byKey = new Map<string, ImportedUser>()
  for (const user of input) {
    const key = keyOfUser(user.username)
    if (!byKey.has(key)) byKey.set(key, user)
  }
  for (const key of await takenKeys(prisma, [...byKey.keys()])) byKey.delete(key)
  const rows = [...byKey.values()].map((user) => newUser(user))
  const ids: string[] = []
  for (let from = 0; from < rows.length; from += usersPerTransaction) {
    const piece = rows.slice(from, from + usersPerTransaction)
    const now = clock()
    const added = await prisma.$transaction(async (tx) => {
      if (from === 0) {
        await appendAudit(tx, now, actor, {
          action: 'imported',
          subjectKind: 'user',
          subjectId: null,
          subjectName: null,
          before: null,
          after: { users: rows.length },
        })
      }
      return insertUsers(tx, piece, now)
    })
    ids.push(...added.map(({ id }) => id))
    await giveWay()
  }
  return { ids, skipped: input.length - ids.length }
}
