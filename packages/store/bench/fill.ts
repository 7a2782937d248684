/** Fills tables with as many rows as a benchmark wants, by plain SQL. */
import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'

const rowsPerTransaction = 50_000

/** Sign-ins of the last 100 days: 20,000 names, 50 clients, nine in ten accepted. */
export function fillSignIns(path: string, rows: number): void {
  const database = new Database(path)
  database.pragma('synchronous = OFF')
  const insert = database.prepare(
    `INSERT INTO SignIn (id, at, username, usernameKey, userId, matchedName, clientId, clientName, clientAddress,
       callingStation, method, factor, result, reason, durationMs, count)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, '192.0.2.10', '198.51.100.7', 'pap', 'oath', ?, ?, 12.5, 1)`,
  )
  const from = Date.now() - 100 * 24 * 3600 * 1000
  const stepMs = (Date.now() - from) / rows
  const some = database.transaction((first: number, last: number) => {
    for (let row = first; row < last; row++) {
      const name = `user${(row * 7919) % 20_000}`
      const client = (row * 31) % 50
      const [result, reason] = row % 10 === 3 ? ['rejected', 'wrong-password'] : ['accepted', 'password-and-code']
      const at = Math.round(from + row * stepMs)
      insert.run(randomUUID(), at, name, name, `id-${name}`, name, `client-${client}`, `VPN ${client}`, result, reason)
    }
  })
  for (let row = 0; row < rows; row += rowsPerTransaction) some(row, Math.min(rows, row + rowsPerTransaction))
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}
