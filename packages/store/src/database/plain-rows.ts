/** Reads many rows at a third of what Prisma takes for them: for exports, where each row is seen once. */
import type Database from 'better-sqlite3'
import type { Prisma } from '../generated/client.ts'

/** A row as SQLite keeps it: moments in milliseconds, booleans as 0 and 1. */
export type Plain<Model> = { readonly [Column in keyof Model]: PlainValue<Model[Column]> }
type PlainValue<Value> = Value extends Date | boolean | bigint ? number : Value

type ColumnsOf<Model, Value> = { [Column in keyof Model]-?: Value extends Model[Column] ? Column : never }[keyof Model]

/** The columns that are more than what SQLite keeps. */
export interface ColumnKinds<Model> {
  readonly dates: readonly ColumnsOf<Model, Date>[]
  readonly booleans: readonly ColumnsOf<Model, boolean>[]
}

export type PlainRow = Readonly<Record<string, unknown>>

export interface PlainRows {
  /** All rows of a query; each column keeps its name. */
  read(query: Prisma.Sql): readonly PlainRow[]
  close(): void
}

/** @param open called at the first query: who exports nothing has no connection */
export function createPlainRows(open: () => Database.Database): PlainRows {
  let database: Database.Database | undefined
  return {
    read(query) {
      database ??= open()
      return database.prepare<unknown[], PlainRow>(query.sql).all(...query.values.map(kept))
    },
    close: () => void database?.close(),
  }
}

/** The row as Prisma gives it; numbers stay numbers where Prisma has `bigint`. */
export function revived<Model>(row: Plain<Model>, { dates, booleans }: ColumnKinds<Model>): Model {
  const revivedRow: Record<PropertyKey, unknown> = { ...row }
  for (const column of dates) {
    const value = revivedRow[column]
    if (typeof value === 'number') revivedRow[column] = new Date(value)
  }
  for (const column of booleans) revivedRow[column] = revivedRow[column] === 1
  return revivedRow as Model
}

function kept(value: unknown): unknown {
  if (value instanceof Date) return value.getTime()
  return typeof value === 'boolean' ? Number(value) : value
}
