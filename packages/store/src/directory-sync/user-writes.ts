/** Writes users for a synchronization: only those who are the directory’s, or become it because somebody said so. */
import { SqliteError, type Database, type Statement } from 'better-sqlite3'
import type { SyncReason } from '@sallyport/contract'

export type Columns = Readonly<Record<string, string | number | null>>

export interface UserWrites {
  /** False where somebody has the name. */
  add(id: string, columns: Columns, now: Date): boolean
  change(id: string, directoryId: string, columns: Columns, now: Date): 'done' | SyncReason
  /** False where the user has another name by now, or is the directory’s already. */
  adopt(id: string, usernameKey: string, columns: Columns, now: Date): boolean
  remove(id: string, directoryId: string): boolean
  /** The user who has this name. */
  holderOf(usernameKey: string): string | undefined
  /** Frees a name for the rest of this transaction. */
  setAside(id: string): void
}

const plainName = /^[a-zA-Z]+$/

export function prepareUserWrites(database: Database): UserWrites {
  const statements = new Map<string, Statement<[object]>>()
  const holder = database.prepare<[string], { id: string }>('SELECT id FROM User WHERE usernameKey = ?')
  const aside = database.prepare<[string]>('UPDATE User SET usernameKey = char(1) || id WHERE id = ?')
  const remove = database.prepare<[string, string]>('DELETE FROM User WHERE id = ? AND directoryId = ?')
  // What a user's apps show codes of goes with them; other tokens stay, with nobody.
  const appTokens = database.prepare<[string, string]>(
    `DELETE FROM OathToken WHERE id IN (SELECT d.tokenId FROM AppDevice d JOIN User u ON u.id = d.userId
       WHERE u.id = ? AND u.directoryId = ?)`,
  )
  const passes = database.prepare<[string]>('DELETE FROM FactorPass WHERE userId = ?')
  const sessions = database.prepare<[string]>('DELETE FROM PortalSession WHERE userId = ?')

  /** One statement for each set of columns that comes along. */
  function statement(kind: string, names: readonly string[], sql: () => string): Statement<[object]> {
    if (!names.every((name) => plainName.test(name))) throw new Error('a column of another name than ours have')
    const key = `${kind} ${names.join(' ')}`
    const known = statements.get(key) ?? database.prepare<[object]>(sql())
    statements.set(key, known)
    return known
  }

  function update(where: string, id: string, expected: string, columns: Columns, now: Date): 'done' | SyncReason {
    const names = Object.keys(columns)
    const sql = () =>
      `UPDATE User SET ${names.map((name) => `${name} = @${name}`).join(', ')}, version = version + 1, updatedAt = @now
       WHERE id = @id AND ${where}`
    try {
      const values = { ...columns, id, expected, now: now.getTime() }
      if (statement(where, names, sql).run(values).changes === 0) return 'changed-meanwhile'
    } catch (error) {
      if (isTaken(error)) return 'name-taken'
      throw error
    }
    if (columns['enabled'] === 0) {
      passes.run(id)
      sessions.run(id)
    }
    return 'done'
  }

  return {
    add(id, columns, now) {
      const names = Object.keys(columns)
      const sql = () =>
        `INSERT INTO User (id, ${names.join(', ')}, createdAt, updatedAt)
         VALUES (@id, ${names.map((name) => `@${name}`).join(', ')}, @now, @now) ON CONFLICT DO NOTHING`
      return statement('add', names, sql).run({ ...columns, id, now: now.getTime() }).changes === 1
    },
    change: (id, directoryId, columns, now) => update('directoryId = @expected', id, directoryId, columns, now),
    adopt: (id, usernameKey, columns, now) =>
      update('directoryId IS NULL AND usernameKey = @expected', id, usernameKey, columns, now) === 'done',
    remove(id, directoryId) {
      appTokens.run(id, directoryId)
      return remove.run(id, directoryId).changes === 1
    },
    holderOf: (usernameKey) => holder.get(usernameKey)?.id,
    setAside: (id) => void aside.run(id),
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE'
}
