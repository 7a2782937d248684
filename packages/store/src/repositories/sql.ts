/** Pieces of SQL that lists share. */
import { Prisma, type PrismaClient } from '../generated/client.ts'
import type { Page } from '../change.ts'
import { usernameKey } from '../username-key.ts'

/** Sorts after every character that a key can hold. */
export const last = '\u{10ffff}'

/** Totals stop here: a list of ten million is not worth counting to the end each time somebody looks at its first page. */
export const countedAtMost = 100_000

/** True of keys that begin as the text's key does; nothing in it is a wildcard, and an index on the column serves it. */
export function startsWith(column: string, text: string): Prisma.Sql {
  const key = usernameKey(text)
  return Prisma.sql`(${Prisma.raw(column)} >= ${key} AND ${Prisma.raw(column)} < ${key + last})`
}

export function allOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join([...conditions], ' AND ')}`
}

export type Totals = Pick<Page<unknown>, 'total' | 'totalIsAtLeast'>

/** A page's total: exact up to the bound, and said to be at least that much from there on. */
export async function totalUpTo(prisma: PrismaClient, from: Prisma.Sql): Promise<Totals> {
  const counted = await countUpTo(prisma, from, countedAtMost + 1)
  return counted <= countedAtMost ? { total: counted } : { total: countedAtMost, totalIsAtLeast: true }
}

/** How many rows `SELECT 1 <from>` has, counted up to a bound. */
export async function countUpTo(prisma: PrismaClient, from: Prisma.Sql, bound: number): Promise<number> {
  const [row] = await prisma.$queryRaw<
    { count: bigint }[]
  >`SELECT COUNT(*) AS count FROM (SELECT 1 ${from} LIMIT ${bound})`
  return Number(row?.count ?? 0)
}
