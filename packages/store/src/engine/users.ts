/** Reads users with their tokens: one, or all of them in pieces. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { factorKind, type FactorKind } from '@sallyport/contract'
import type { EngineReader } from '../engine-types.ts'
import type { EngineToken, EngineUser } from '../engine-user-types.ts'
import { prepareUserFactors, type UserFactorRows } from './user-factors.ts'

interface UserRow extends Omit<
  EngineUser,
  'enabled' | 'factorFailures' | 'factorMethods' | 'factorOrder' | 'textWithPin' | 'tokens' | keyof UserFactorRows
> {
  readonly enabled: 0 | 1
  readonly factorFailures: string
  readonly factorMethods: string
  readonly factorOrder: string
  readonly textWithPin: 0 | 1 | null
}
interface TokenRow extends EngineToken {
  readonly userId: string
}

const usersPerPiece = 1000
const userColumns = `id, username, usernameKey, enabled, factorLockedUntil, factorFailures, factorMethods, factorOrder, email, phone,
  phoneExtension, backupPhone, backupExtension, callMode, textMode, textWithPin, appMode, language`
const tokenColumns =
  'id, userId, serialNumber, sealedSecret, type, algorithm, digits, stepSeconds, lastUsedStep, driftSteps, notBefore AS notBeforeMs, notAfter AS notAfterMs'
const failureTimes = z.array(z.number())
const methods = z.array(factorKind)

/** Second factors as a column keeps them: a JSON array. */
export function methodsOf(json: string): readonly FactorKind[] {
  return json === '[]' ? [] : methods.parse(JSON.parse(json))
}

export function prepareUsers(database: Database): Pick<EngineReader, 'users' | 'user'> {
  const one = database.prepare<[string], UserRow>(`SELECT ${userColumns} FROM User WHERE id = ?`)
  const some = database.prepare<[string, number], UserRow>(
    `SELECT ${userColumns} FROM User WHERE id > ? ORDER BY id LIMIT ?`,
  )
  const tokens = database.prepare<[string, string], TokenRow>(
    `SELECT ${tokenColumns} FROM OathToken WHERE userId BETWEEN ? AND ? ORDER BY userId, serialNumberKey`,
  )
  const factorsBetween = prepareUserFactors(database)
  /** Users, tokens and the like as of one moment. */
  const piece = database.transaction((after: string): readonly EngineUser[] => {
    const rows = some.all(after, usersPerPiece)
    const byUser = new Map(rows.map(({ id }) => [id, [] as TokenRow[]]))
    const [first, last] = [rows.at(0)?.id ?? '', rows.at(-1)?.id ?? '']
    for (const token of tokens.all(first, last)) byUser.get(token.userId)?.push(token)
    const factorsOf = factorsBetween(first, last)
    return rows.map((row) => engineUser(row, byUser.get(row.id) ?? [], factorsOf(row.id)))
  })
  const present = database.transaction((id: string): EngineUser | undefined => {
    const row = one.get(id)
    return row === undefined ? undefined : engineUser(row, tokens.all(id, id), factorsBetween(id, id)(id))
  })
  return {
    user: (id) => present(id),
    *users() {
      let last = ''
      for (;;) {
        const users = piece(last)
        yield* users
        if (users.length < usersPerPiece) return
        last = users.at(-1)?.id ?? last
      }
    },
  }
}

function engineUser(row: UserRow, tokens: readonly TokenRow[], factors: UserFactorRows): EngineUser {
  return {
    ...row,
    ...factors,
    enabled: row.enabled === 1,
    factorMethods: methodsOf(row.factorMethods),
    factorOrder: methodsOf(row.factorOrder),
    textWithPin: row.textWithPin === null ? null : row.textWithPin === 1,
    factorFailures: row.factorFailures === '[]' ? [] : failureTimes.parse(JSON.parse(row.factorFailures)),
    tokens: tokens.map(engineToken),
  }
}

function engineToken(row: TokenRow): EngineToken {
  const { id, serialNumber, sealedSecret, type, algorithm, digits, stepSeconds } = row
  const { lastUsedStep, driftSteps, notBeforeMs, notAfterMs } = row
  return {
    ...{ id, serialNumber, sealedSecret, type, algorithm, digits, stepSeconds },
    ...{ lastUsedStep, driftSteps, notBeforeMs, notAfterMs },
  }
}
