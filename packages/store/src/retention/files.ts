/** Records that have rows of their own below them: imports, and synchronizations with the directory. */
import type { Database } from 'better-sqlite3'
import { least, type KindRoom } from './kind-room.ts'

interface Head {
  readonly name: string
  readonly at: string
  /** SQL: what may be removed at all. */
  readonly over: string
  readonly below: readonly { readonly name: string; readonly by: string }[]
}

export const imports: readonly Head[] = [
  {
    name: 'UserImport',
    at: 'at',
    over: "state = 'done'",
    below: [
      { name: 'UserImportPiece', by: 'importId' },
      { name: 'UserImportRow', by: 'importId' },
    ],
  },
  { name: 'OathImport', at: 'at', over: "state = 'done'", below: [{ name: 'OathImportRow', by: 'importId' }] },
]

export const directorySyncs: readonly Head[] = [
  {
    name: 'DirectorySyncRun',
    at: 'startedAt',
    over: "state IN ('done', 'failed', 'cancelled')",
    below: [{ name: 'DirectorySyncRow', by: 'runId' }],
  },
]

export function prepareFiles(database: Database, heads: readonly Head[]): KindRoom {
  const prepared = heads.map(({ name, at, over, below }) => ({
    count: database.prepare<[], number>(`SELECT count(*) FROM ${name} WHERE ${over}`).pluck(),
    oldest: database.prepare<[], number | null>(`SELECT min(${at}) FROM ${name} WHERE ${over}`).pluck(),
    older: database.prepare<[number], number>(`SELECT count(*) FROM ${name} WHERE ${over} AND ${at} < ?`).pluck(),
    next: database
      .prepare<[number], string>(`SELECT id FROM ${name} WHERE ${over} AND ${at} < ? ORDER BY ${at} LIMIT 1`)
      .pluck(),
    below: below.map((table) =>
      database.prepare<[string, number]>(`DELETE FROM ${table.name} WHERE ${table.by} = ? LIMIT ?`),
    ),
    remove: database.prepare<[string]>(`DELETE FROM ${name} WHERE id = ?`),
  }))
  const sum = (counts: readonly (number | undefined)[]) =>
    counts.reduce<number>((total, each) => total + (each ?? 0), 0)
  return {
    tables: () =>
      heads
        .flatMap(({ name, below }) => [name, ...below.map((table) => table.name)])
        .map((name) => ({ name, rows: null })),
    rows: () => Promise.resolve(sum(prepared.map(({ count }) => count.get()))),
    oldestAtMs: () => least(prepared.map(({ oldest }) => oldest.get() ?? null)),
    olderThan: (beforeMs) => Promise.resolve(sum(prepared.map(({ older }) => older.get(beforeMs)))),
    removeSome(beforeMs, limit) {
      for (const { next, below, remove } of prepared) {
        const id = next.get(beforeMs)
        if (id === undefined) continue
        let left = limit
        for (const rows of below) if (left > 0) left -= rows.run(id, left).changes
        if (left === 0) return { rows: 0, more: true }
        remove.run(id)
        return { rows: 1, more: true }
      }
      return { rows: 0, more: false }
    },
  }
}
