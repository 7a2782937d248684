/** Blocks, bypasses and fraud reports by pages, the newest first. */
import { z } from 'zod'
import type { PrismaClient } from '../generated/client.ts'
import type { BlockRecord, BypassRecord, FraudReportRecord, ListQuery } from '../standing-types.ts'
import type { Page } from '../types.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { usernameKey } from '../username-key.ts'
import { blockRecord, bypassRecord, fraudRecord, withUser } from './people-rows.ts'
import { last } from './sql.ts'

const position = z.tuple([z.int(), z.string()])

export async function listBlocks(
  prisma: PrismaClient,
  { cursor, limit, state, ...query }: ListQuery & { readonly state: 'in-force' | 'all' },
  now: Date,
): Promise<Page<BlockRecord>> {
  const where = {
    ...ofUser(query),
    ...within(query, 'createdAt'),
    ...(state === 'all' ? {} : { endedAt: null, OR: [{ until: null }, { until: { gt: now } }] }),
  }
  const rows = await prisma.userBlock.findMany({
    where: { AND: [where, before(cursor, 'createdAt')] },
    orderBy: newest,
    take: limit + 1,
    include: withUser,
  })
  const records = rows.map((row) => blockRecord(row, now))
  return page(records, limit, ({ createdAt }) => createdAt, await prisma.userBlock.count({ where }))
}

export async function listBypasses(
  prisma: PrismaClient,
  { cursor, limit, ...query }: ListQuery,
  now: Date,
): Promise<Page<BypassRecord>> {
  const where = { ...ofUser(query), ...within(query, 'createdAt') }
  const rows = await prisma.oneTimeBypass.findMany({
    where: { AND: [where, before(cursor, 'createdAt')] },
    orderBy: newest,
    take: limit + 1,
    include: withUser,
  })
  const records = rows.map((row) => bypassRecord(row, now))
  return page(records, limit, ({ createdAt }) => createdAt, await prisma.oneTimeBypass.count({ where }))
}

export async function listFraudReports(
  prisma: PrismaClient,
  { cursor, limit, state, username, userId, ...query }: ListQuery & { readonly state: 'open' | 'all' },
): Promise<Page<FraudReportRecord>> {
  const where = {
    ...(userId === undefined ? {} : { userId }),
    // A report keeps the name that its user had; SQLite's LIKE knows no case among the letters of ASCII.
    ...(username === undefined || username === '' ? {} : { username: { startsWith: username } }),
    ...within(query, 'at'),
    ...(state === 'all' ? {} : { handledAt: null }),
  }
  const rows = await prisma.fraudReport.findMany({
    where: { AND: [where, before(cursor, 'at')] },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  const ids = [...new Set(rows.map((row) => row.userId))]
  const present = await prisma.user.findMany({ where: { id: { in: ids } }, select: { id: true } })
  const there = new Set(present.map(({ id }) => id))
  const records = rows.map((row) => fraudRecord(row, there.has(row.userId)))
  return page(records, limit, ({ at }) => at, await prisma.fraudReport.count({ where }))
}

const newest = [{ createdAt: 'desc' as const }, { id: 'desc' as const }]

type Filter = Pick<ListQuery, 'userId' | 'username' | 'from' | 'to'>

function ofUser({ userId, username }: Filter) {
  const key = username === undefined || username === '' ? undefined : usernameKey(username)
  return {
    ...(userId === undefined ? {} : { userId }),
    ...(key === undefined ? {} : { user: { usernameKey: { gte: key, lt: key + last } } }),
  }
}

function within({ from, to }: Filter, column: 'at' | 'createdAt') {
  if (from === undefined && to === undefined) return {}
  return { [column]: { ...(from && { gte: new Date(from) }), ...(to && { lte: new Date(to) }) } }
}

function before(cursor: string | undefined, column: 'at' | 'createdAt') {
  if (cursor === undefined) return {}
  const [atMs, id] = decodeCursor(cursor, position)
  const at = new Date(atMs)
  // The first condition is what the index can seek by.
  return { [column]: { lte: at }, OR: [{ [column]: { lt: at } }, { id: { lt: id } }] }
}

function page<T extends { readonly id: string }>(
  rows: readonly T[],
  limit: number,
  at: (row: T) => Date,
  total: number,
): Page<T> {
  const end = rows.length > limit ? rows[limit - 1] : undefined
  return {
    rows: rows.slice(0, limit),
    nextCursor: end === undefined ? null : encodeCursor([at(end).getTime(), end.id]),
    total,
  }
}
