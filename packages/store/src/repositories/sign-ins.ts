/** Sign-ins as the reports read them; the mover writes them. */
import { setImmediate as giveWay } from 'node:timers/promises'
import { z } from 'zod'
import type { SignInReason, SignInResult } from '@sallyport/contract'
import { Prisma } from '../generated/client.ts'
import type { SignInRepository } from '../types.ts'
import type { Context } from './context.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { signInSelection, type SignInSelection } from './sign-in-selection.ts'
import { signInRow } from './sign-in-rows.ts'
import { allOf, countUpTo } from './sql.ts'

interface Position {
  readonly at: Date
  readonly sequence: number
}

const rowsPerPiece = 500

export function createSignInRepository({ prisma }: Context): SignInRepository {
  const rowsBefore = async (selection: SignInSelection, position: Position | undefined, most: number) => {
    const { conditions, table } = selection
    const keys = await prisma.$queryRaw<Position[]>`
      SELECT at, sequence FROM ${table} ${allOf([...conditions, ...before(position)])}
      ORDER BY at DESC, sequence DESC LIMIT ${most}`
    const rows = await prisma.signIn.findMany({ where: { sequence: { in: keys.map(({ sequence }) => sequence) } } })
    const bySequence = new Map(rows.map((row) => [row.sequence, signInRow(row)]))
    return { keys, rows: keys.flatMap(({ sequence }) => bySequence.get(sequence) ?? []) }
  }

  return {
    list: async (filter, { cursor, limit }) => {
      const position = cursor === undefined ? undefined : positionOf(cursor)
      const selection = await signInSelection(prisma, filter)
      const { keys, rows } = await rowsBefore(selection, position, limit + 1)
      const last = keys.length > limit ? keys[limit - 1] : undefined
      return {
        rows: rows.slice(0, limit),
        nextCursor: last === undefined ? null : encodeCursor([last.at.getTime(), last.sequence]),
        total: await countUpTo(prisma, Prisma.sql`FROM ${selection.table} ${allOf(selection.conditions)}`),
      }
    },

    byId: async (id) => {
      const row = await prisma.signIn.findUnique({ where: { id } })
      if (row === null) return null
      const rounds = await prisma.signInRound.findMany({ where: { signInId: id }, orderBy: { number: 'asc' } })
      return { ...signInRow(row), rounds: rounds.map(({ body }) => body) }
    },

    async *stream(filter) {
      const selection = await signInSelection(prisma, filter)
      let position: Position | undefined
      for (;;) {
        const { keys, rows } = await rowsBefore(selection, position, rowsPerPiece)
        if (rows.length > 0) yield rows
        position = keys[rowsPerPiece - 1]
        if (position === undefined) return
        await giveWay()
      }
    },

    minutes: async (since) => {
      const rows = await prisma.signInMinute.findMany({ where: { minute: { gte: since } }, orderBy: { minute: 'asc' } })
      return rows.map(({ minute, result, reason, count }) => ({
        minute,
        result: result as SignInResult,
        reason: reason as SignInReason,
        count,
      }))
    },
  }
}

/** The first condition is what an index can seek by: without it the page is looked for from the newest row on. */
function before(position: Position | undefined): Prisma.Sql[] {
  if (position === undefined) return []
  const { at, sequence } = position
  return [Prisma.sql`at <= ${at}`, Prisma.sql`(at < ${at} OR sequence < ${sequence})`]
}

function positionOf(cursor: string): Position {
  const [at, sequence] = decodeCursor(cursor, z.tuple([z.int(), z.int()]))
  return { at: new Date(at), sequence }
}
