/** Fills the table of sign-ins, and what counts them, with as many rows as a benchmark wants, by plain SQL. */
import Database from 'better-sqlite3'

export interface Filling {
  readonly rows: number
  /** The rows are spread evenly over so many days until now. */
  readonly days: number
  /** Their names; ids as the table of users has them. */
  readonly people: readonly { readonly id: string; readonly username: string }[]
}

const rowsPerTransaction = 100_000
const clients = 50
const [minuteMs, quarterMs, dayMs] = [60_000, 15 * 60_000, 24 * 3_600_000]
const outcomes = [
  ['rejected', 'wrong-password'],
  ['rejected', 'wrong-code'],
  ['unanswered', 'target-down'],
] as const

/**
 * 50 clients; nine in ten accepted. Indexes are made once the rows are there: in a table of ten million, keeping them up to date row
 * by row takes most of an hour.
 */
export function fillSignIns(path: string, { rows, days, people }: Filling): void {
  const database = new Database(path)
  database.pragma('synchronous = OFF')
  database.pragma('cache_size = -524288')
  const indexes = database
    .prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'SignIn' AND sql IS NOT NULL`)
    .all() as { name: string; sql: string }[]
  for (const { name } of indexes) database.exec(`DROP INDEX "${name}"`)

  const insert = database.prepare(
    `INSERT INTO SignIn (id, at, username, usernameKey, userId, matchedName, clientId, clientName, clientAddress,
       callingStation, method, factor, result, reason, durationMs, count)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, '192.0.2.10', '198.51.100.7', 'pap', 'oath', ?, ?, 12.5, 1)`,
  )
  const from = Date.now() - days * dayMs
  const some = database.transaction((first: number, last: number) => {
    for (let row = first; row < last; row++) {
      const person = people[(row * 7919) % people.length]
      if (person === undefined) throw new Error('there is nobody to sign in')
      const { id, username } = person
      const client = (row * 31) % clients
      const denied = row % 10 === 3 ? outcomes[Math.floor(row / 10) % outcomes.length] : undefined
      const [result, reason] = denied ?? ['accepted', 'password-and-code']
      const at = Math.round(from + (row * days * dayMs) / rows)
      const about = [id, username, filledClientId(client), `VPN ${client}`, result, reason]
      insert.run(numberedId(1, row), at, username, username.toLowerCase(), ...about)
    }
  })
  for (let row = 0; row < rows; row += rowsPerTransaction) some(row, Math.min(rows, row + rowsPerTransaction))

  for (const { sql } of indexes) database.exec(sql)
  count(database, 'SignInMinute', 'minute', minuteMs)
  count(database, 'SignInQuarter', 'quarter', quarterMs)
  countUsage(database)
  database.exec('ANALYZE')
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}

/** The id of one of the 50 clients, from 0 on. */
export function filledClientId(client: number): string {
  return numberedId(2, client)
}

/** Looks like the ids of everything else (RFC 9562 §5.4). */
function numberedId(kind: number, number: number): string {
  return `${kind.toString(16).padStart(8, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
}

/** People who are in no table of users. */
export function numberedPeople(count: number): { readonly id: string; readonly username: string }[] {
  return Array.from({ length: count }, (_, index) => ({ id: `id-user${index}`, username: `user${index}` }))
}

/** As the mover counts how sign-ins ended; nothing is left for its backfill. */
function countUsage(database: Database.Database): void {
  const what = `clientId, coalesce(factor, 'none') AS by, result, reason`
  const span = (ms: number) => `CAST(at + durationMs AS INTEGER) / ${ms} * ${ms} AS span`
  const columns = 'clientId, factor, result, reason, count'
  database.exec(
    `INSERT INTO UsageQuarter (quarter, ${columns})
       SELECT ${span(quarterMs)}, ${what}, count(*) FROM SignIn GROUP BY span, clientId, by, result, reason;
     INSERT INTO UsageDay (day, ${columns})
       SELECT quarter / ${dayMs} * ${dayMs} AS span, clientId, factor, result, reason, sum(count) FROM UsageQuarter
       GROUP BY span, clientId, factor, result, reason;
     INSERT INTO UsageUserDay (userId, day, ${columns})
       SELECT userId, ${span(dayMs)}, ${what}, count(*) FROM SignIn GROUP BY userId, span, clientId, by, result, reason;
     DELETE FROM UsageBackfill`,
  )
}

function count(database: Database.Database, table: string, column: string, spanMs: number): void {
  database.exec(
    `INSERT INTO ${table} (${column}, result, reason, count)
     SELECT at / ${spanMs} * ${spanMs} AS span, result, reason, count(*) FROM SignIn GROUP BY span, result, reason`,
  )
}
