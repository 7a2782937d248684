/** What retention has to know of a kind of record, and the makings of one that lies in plain tables. */
import type { RetentionHold } from '@sallyport/contract'
import type { Database } from 'better-sqlite3'

export interface Removed {
  readonly rows: number
  /** There may be more to remove. */
  readonly more: boolean
}

export interface KindRoom {
  /** What it takes on disk; each with its rows, or null: to be counted. */
  tables(rows: number): readonly { readonly name: string; readonly rows: number | null }[]
  rows(pause: () => Promise<void>): Promise<number>
  oldestAtMs(): number | null
  /** How many would go. */
  olderThan(beforeMs: number, pause: () => Promise<void>): Promise<number>
  /** Inside a transaction: removes about so many. */
  removeSome(beforeMs: number, limit: number): Removed
  /** Why nothing may be removed just now; null: it may. */
  heldBy?(): RetentionHold | null
}

/** Rows that stand by themselves. */
export interface PlainTable {
  readonly name: string
  /** The column that says how old a row is; an index begins with it, or with what `over` asks for. */
  readonly at: string
  /** SQL: what may be removed at all. */
  readonly over: string
}

export function prepareTables(database: Database, tables: readonly PlainTable[]): KindRoom {
  const prepared = tables.map(({ name, at, over }) => ({
    name,
    count: database.prepare<[], number>(`SELECT count(*) FROM "${name}" WHERE ${over}`).pluck(),
    oldest: database.prepare<[], number | null>(`SELECT min("${at}") FROM "${name}" WHERE ${over}`).pluck(),
    older: database.prepare<[number], number>(`SELECT count(*) FROM "${name}" WHERE ${over} AND "${at}" < ?`).pluck(),
    remove: database.prepare<[number, number]>(`DELETE FROM "${name}" WHERE ${over} AND "${at}" < ? LIMIT ?`),
  }))
  const sum = async (pause: () => Promise<void>, countOf: (table: (typeof prepared)[number]) => number | undefined) => {
    let total = 0
    for (const table of prepared) {
      total += countOf(table) ?? 0
      await pause()
    }
    return total
  }
  return {
    tables: () => tables.map(({ name }) => ({ name, rows: null })),
    rows: (pause) => sum(pause, ({ count }) => count.get()),
    oldestAtMs: () => least(prepared.map(({ oldest }) => oldest.get() ?? null)),
    olderThan: (beforeMs, pause) => sum(pause, ({ older }) => older.get(beforeMs)),
    removeSome(beforeMs, limit) {
      let rows = 0
      for (const { remove } of prepared) {
        if (rows < limit) rows += remove.run(beforeMs, limit - rows).changes
      }
      return { rows, more: rows >= limit }
    },
  }
}

export function least(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null)
  return known.length === 0 ? null : Math.min(...known)
}
