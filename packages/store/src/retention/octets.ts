/** What tables take on disk, with their indexes, reckoned from a sample of each one's pages: to add all of them up would read all of them. */
import type { Database } from 'better-sqlite3'

const sampledPages = 400

/** @returns octets of a table with so many rows; rounds are not exact, nor are trees whose beginning is not like their end */
export function prepareOctets(database: Database): (table: string, rows: number) => number {
  const trees = database
    .prepare<[string], string>('SELECT name FROM sqlite_schema WHERE tbl_name = ? AND rootpage > 0')
    .pluck()
  const sample = database.prepare<[string], { octets: number | null; cells: number | null }>(
    `SELECT sum(pgsize) AS octets, sum(iif(pagetype = 'leaf', ncell, 0)) AS cells
     FROM (SELECT pgsize, pagetype, ncell FROM dbstat WHERE name = ? LIMIT ${sampledPages})`,
  )
  return (table, rows) =>
    trees.all(table).reduce((total, name) => {
      const { octets, cells } = sample.get(name) ?? {}
      return octets && cells ? total + Math.round((octets / cells) * rows) : total
    }, 0)
}
