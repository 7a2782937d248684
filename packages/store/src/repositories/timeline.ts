/** Lists of what happened, newest first: by pages, and whole in pieces. */
import { setImmediate as giveWay } from 'node:timers/promises'
import { z } from 'zod'
import type { PlainRow, PlainRows } from '../database/plain-rows.ts'
import { Prisma, type PrismaClient } from '../generated/client.ts'
import type { Page } from '../types.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { allOf, totalUpTo, type Totals } from './sql.ts'

/** What a filter comes to: conditions, and the table with the index to walk along. */
export interface Selection {
  /** Those that the index serves: what it finds by them is not looked at further. */
  readonly served: readonly Prisma.Sql[]
  /** Those for which each of its rows is looked at. */
  readonly others: readonly Prisma.Sql[]
  readonly table: Prisma.Sql
}

export interface TimelineOptions<Filter, Row> {
  readonly prisma: PrismaClient
  /** The column of the moment that the list is ordered by; beside it stands `sequence`. */
  readonly at: string
  readonly select: (filter: Filter) => Promise<Selection>
  readonly read: (sequences: readonly number[]) => Promise<readonly { readonly sequence: number; readonly row: Row }[]>
  readonly plain: PlainRows
  /** The same of a row as SQLite keeps it. */
  readonly fromPlain: (row: PlainRow) => Row
}

export interface Timeline<Filter, Row> {
  list(filter: Filter, page: { readonly cursor?: string | undefined; readonly limit: number }): Promise<Page<Row>>
  stream(filter: Filter): AsyncIterable<readonly Row[]>
}

interface Position {
  readonly at: Date
  readonly sequence: number
}

const rowsPerPiece = 500
const lookedAtMost = 20_000
const plainPosition = z.object({ at: z.int(), sequence: z.int() })

export function createTimeline<Filter, Row>(options: TimelineOptions<Filter, Row>): Timeline<Filter, Row> {
  const { prisma, select, read, plain, fromPlain } = options
  const at = Prisma.raw(options.at)

  const newestFirst = (
    columns: Prisma.Sql,
    { served, others, table }: Selection,
    position: Position | undefined,
    most: number,
  ) => Prisma.sql`SELECT ${columns} FROM ${table} ${allOf([...served, ...others, ...before(at, position)])}
    ORDER BY ${at} DESC, sequence DESC LIMIT ${most}`

  const rowsBefore = async (selection: Selection, position: Position | undefined, most: number) => {
    const keys = await prisma.$queryRaw<Position[]>(
      newestFirst(Prisma.sql`${at} AS at, sequence`, selection, position, most),
    )
    const rows = await read(keys.map(({ sequence }) => sequence))
    const bySequence = new Map(rows.map(({ sequence, row }) => [sequence, row]))
    return { keys, rows: keys.flatMap(({ sequence }) => bySequence.get(sequence) ?? []) }
  }

  return {
    list: async (filter, { cursor, limit }) => {
      const position = cursor === undefined ? undefined : positionOf(cursor)
      const selection = await select(filter)
      const { keys, rows } = await rowsBefore(selection, position, limit + 1)
      const last = keys.length > limit ? keys[limit - 1] : undefined
      return {
        rows: rows.slice(0, limit),
        nextCursor: last === undefined ? null : encodeCursor([last.at.getTime(), last.sequence]),
        ...(await totalsOf(prisma, selection)),
      }
    },

    async *stream(filter) {
      const selection = await select(filter)
      let position: Position | undefined
      for (;;) {
        const rows = plain.read(newestFirst(Prisma.sql`*`, selection, position, rowsPerPiece))
        if (rows.length > 0) yield rows.map(fromPlain)
        if (rows.length < rowsPerPiece) return
        position = positionAt(rows.at(-1), options.at)
        await giveWay()
      }
    },
  }
}

/** Rows that have to be looked at are looked at up to a bound: the total says that there may be more. */
async function totalsOf(prisma: PrismaClient, { served, others, table }: Selection): Promise<Totals> {
  if (others.length === 0) return totalUpTo(prisma, Prisma.sql`FROM ${table} ${allOf(served)}`)
  const [row] = await prisma.$queryRaw<{ looked: bigint; matching: bigint | null }[]>`
    SELECT COUNT(*) AS looked, SUM(matches) AS matching
    FROM (SELECT (${Prisma.join([...others], ' AND ')}) AS matches FROM ${table} ${allOf(served)} LIMIT ${lookedAtMost + 1})`
  const total = Number(row?.matching ?? 0)
  return (row?.looked ?? 0) > lookedAtMost ? { total, totalIsAtLeast: true } : { total }
}

/** The first condition is what an index can seek by: without it the page is looked for from the newest row on. */
function before(column: Prisma.Sql, position: Position | undefined): Prisma.Sql[] {
  if (position === undefined) return []
  const { at, sequence } = position
  return [Prisma.sql`${column} <= ${at}`, Prisma.sql`(${column} < ${at} OR sequence < ${sequence})`]
}

function positionAt(row: PlainRow | undefined, at: string): Position {
  const position = plainPosition.parse({ at: row?.[at], sequence: row?.['sequence'] })
  return { at: new Date(position.at), sequence: position.sequence }
}

function positionOf(cursor: string): Position {
  const [at, sequence] = decodeCursor(cursor, z.tuple([z.int(), z.int()]))
  return { at: new Date(at), sequence }
}
