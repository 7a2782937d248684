/** Lists of what happened, newest first: by pages, and whole in pieces. */
import { setImmediate as giveWay } from 'node:timers/promises'
import { z } from 'zod'
import { Prisma, type PrismaClient } from '../generated/client.ts'
import type { Page } from '../types.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { allOf, countUpTo } from './sql.ts'

/** What a filter comes to: conditions, and the table with the index to walk along. */
export interface Selection {
  readonly conditions: readonly Prisma.Sql[]
  readonly table: Prisma.Sql
}

export interface TimelineOptions<Filter, Row> {
  readonly prisma: PrismaClient
  /** The column of the moment that the list is ordered by; beside it stands `sequence`. */
  readonly at: string
  readonly select: (filter: Filter) => Promise<Selection>
  readonly read: (sequences: readonly number[]) => Promise<readonly { readonly sequence: number; readonly row: Row }[]>
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

export function createTimeline<Filter, Row>(options: TimelineOptions<Filter, Row>): Timeline<Filter, Row> {
  const { prisma, select, read } = options
  const at = Prisma.raw(options.at)

  const rowsBefore = async ({ conditions, table }: Selection, position: Position | undefined, most: number) => {
    const keys = await prisma.$queryRaw<Position[]>`
      SELECT ${at} AS at, sequence FROM ${table} ${allOf([...conditions, ...before(at, position)])}
      ORDER BY ${at} DESC, sequence DESC LIMIT ${most}`
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
        total: await countUpTo(prisma, Prisma.sql`FROM ${selection.table} ${allOf(selection.conditions)}`),
      }
    },

    async *stream(filter) {
      const selection = await select(filter)
      let position: Position | undefined
      for (;;) {
        const { keys, rows } = await rowsBefore(selection, position, rowsPerPiece)
        if (rows.length > 0) yield rows
        position = keys[rowsPerPiece - 1]
        if (position === undefined) return
        await giveWay()
      }
    },
  }
}

/** The first condition is what an index can seek by: without it the page is looked for from the newest row on. */
function before(column: Prisma.Sql, position: Position | undefined): Prisma.Sql[] {
  if (position === undefined) return []
  const { at, sequence } = position
  return [Prisma.sql`${column} <= ${at}`, Prisma.sql`(${column} < ${at} OR sequence < ${sequence})`]
}

function positionOf(cursor: string): Position {
  const [at, sequence] = decodeCursor(cursor, z.tuple([z.int(), z.int()]))
  return { at: new Date(at), sequence }
}
