/** Reads users with their tokens: one, or all of them in pieces. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { EngineReader, EngineToken, EngineUser } from '../engine-types.ts'

interface UserRow extends Omit<EngineUser, 'enabled' | 'factorFailures' | 'tokens'> {
  readonly enabled: 0 | 1
  readonly factorFailures: string
}
interface TokenRow extends EngineToken {
  readonly userId: string
}

const usersPerPiece = 1000
const userColumns = 'id, username, usernameKey, enabled, factorLockedUntil, factorFailures'
const tokenColumns =
  'id, userId, serialNumber, sealedSecret, type, algorithm, digits, stepSeconds, lastUsedStep, driftSteps, notBefore AS notBeforeMs'
const failureTimes = z.array(z.number())

export function prepareUsers(database: Database): Pick<EngineReader, 'users' | 'user'> {
  const one = database.prepare<[string], UserRow>(`SELECT ${userColumns} FROM User WHERE id = ?`)
  const some = database.prepare<[string, number], UserRow>(
    `SELECT ${userColumns} FROM User WHERE id > ? ORDER BY id LIMIT ?`,
  )
  const tokens = database.prepare<[string, string], TokenRow>(
    `SELECT ${tokenColumns} FROM OathToken WHERE userId BETWEEN ? AND ? ORDER BY userId, serialNumberKey`,
  )
  /** Users and tokens as of one moment. */
  const piece = database.transaction((after: string): readonly EngineUser[] => {
    const rows = some.all(after, usersPerPiece)
    const byUser = new Map(rows.map(({ id }) => [id, [] as TokenRow[]]))
    for (const token of tokens.all(rows.at(0)?.id ?? '', rows.at(-1)?.id ?? '')) byUser.get(token.userId)?.push(token)
    return rows.map((row) => engineUser(row, byUser.get(row.id) ?? []))
  })
  const present = database.transaction((id: string): EngineUser | undefined => {
    const row = one.get(id)
    return row === undefined ? undefined : engineUser(row, tokens.all(id, id))
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

function engineUser(row: UserRow, tokens: readonly TokenRow[]): EngineUser {
  return {
    ...row,
    enabled: row.enabled === 1,
    factorFailures: row.factorFailures === '[]' ? [] : failureTimes.parse(JSON.parse(row.factorFailures)),
    tokens: tokens.map(engineToken),
  }
}

function engineToken(row: TokenRow): EngineToken {
  const { id, serialNumber, sealedSecret, type, algorithm, digits, stepSeconds } = row
  const { lastUsedStep, driftSteps, notBeforeMs } = row
  return {
    ...{ id, serialNumber, sealedSecret, type, algorithm, digits, stepSeconds },
    ...{ lastUsedStep, driftSteps, notBeforeMs },
  }
}
