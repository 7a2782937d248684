/** What the logs of imports share: pages of imports by time, pages of rows by number, and forgetting them piece by piece. */
import { setImmediate as giveWay } from 'node:timers/promises'
import { z } from 'zod'
import type { Page } from '../types.ts'
import type { Totals } from './sql.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

interface PageQuery {
  readonly cursor?: string | undefined
  readonly limit: number
}

/** The condition of the next page, the newest first. */
export function olderThan(cursor: string | undefined) {
  if (cursor === undefined) return {}
  const [atMs, id] = decodeCursor(cursor, z.tuple([z.number(), z.string()]))
  return { OR: [{ at: { lt: new Date(atMs) } }, { at: new Date(atMs), id: { lt: id } }] }
}

/** @param rows one more than the page holds, where there are more */
export function pageByTime<Row extends { readonly at: Date; readonly id: string }, T>(
  rows: readonly Row[],
  { limit }: PageQuery,
  totals: Totals,
  record: (row: Row) => T,
): Page<T> {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  const nextCursor = last === undefined ? null : encodeCursor([last.at.getTime(), last.id])
  return { rows: rows.slice(0, limit).map(record), nextCursor, ...totals }
}

/** The number after which the next page of rows begins. */
export function afterNumber(cursor: string | undefined): number {
  return cursor === undefined ? 0 : decodeCursor(cursor, z.tuple([z.number()]))[0]
}

/** @param rows one more than the page holds, where there are more */
export function pageByNumber<Row>(
  rows: readonly Row[],
  { limit }: PageQuery,
  totals: Totals,
  numberOf: (row: Row) => number,
): Page<Row> {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    rows: rows.slice(0, limit),
    nextCursor: last === undefined ? null : encodeCursor([numberOf(last)]),
    ...totals,
  }
}

const rowsPerPiece = 500

/** All rows in their order, read in pieces of 500 with the thread given back between them. */
export async function* inPieces<Row>(
  rowsAfter: (after: number, limit: number) => Promise<readonly Row[]>,
  numberOf: (row: Row) => number,
): AsyncGenerator<readonly Row[]> {
  let last = 0
  for (;;) {
    const rows = await rowsAfter(last, rowsPerPiece)
    if (rows.length > 0) yield rows
    const end = rows.at(-1)
    if (rows.length < rowsPerPiece || end === undefined) return
    last = numberOf(end)
    await giveWay()
  }
}

/** Removes until nothing is left, with the thread given back in between. */
export async function removeAll(removeSome: () => Promise<number>): Promise<void> {
  while ((await removeSome()) > 0) await giveWay()
}
