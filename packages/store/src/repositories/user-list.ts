/** A page of users, by name or by when they last signed in. */
import type { UserListQuery, UserSource, UserStanding } from '@sallyport/contract'
import { z } from 'zod'
import { Prisma, type PrismaClient } from '../generated/client.ts'
import type { Page, UserRecord } from '../types.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { sortedAtMost } from './best-index.ts'
import { allOf, countUpTo, startsWith } from './sql.ts'
import { userRecord, withFactors } from './user-rows.ts'

type Sort = UserListQuery['sort']
type Position = z.output<typeof cursorKeys>
interface KeyRow {
  readonly id: string
  readonly key: string | Date | null
}

const sortColumns: Readonly<Record<Sort, string>> = {
  username: 'usernameKey',
  lastName: 'lastNameKey',
  lastSignInAt: 'lastSignInAt',
}
const searched = ['usernameKey', 'firstNameKey', 'lastNameKey', 'emailKey']
const cursorKeys = z.tuple([
  z.enum(['username', 'lastName', 'lastSignInAt']),
  z.union([z.string(), z.number(), z.null()]),
  z.string(),
])

export async function listUsers(prisma: PrismaClient, query: UserListQuery, now: Date): Promise<Page<UserRecord>> {
  const matching = conditions(query, now)
  const total = await countUsers(prisma, matching)
  // Few are gathered and sorted; walking everybody in order would meet them late, or never.
  const keys = total === 0 ? [] : await pageOfKeys(prisma, query, matching, total <= sortedAtMost)
  const rows = await prisma.user.findMany({
    where: { id: { in: keys.slice(0, query.limit).map(({ id }) => id) } },
    include: withFactors,
  })
  const byId = new Map(rows.map((row) => [row.id, userRecord(row, now)]))
  const last = keys.length > query.limit ? keys[query.limit - 1] : undefined
  return {
    rows: keys.flatMap(({ id }) => byId.get(id) ?? []),
    nextCursor: last === undefined ? null : cursorOf(query.sort, last),
    total,
  }
}

/** To the last: whoever changes all of them is asked about so many. */
async function countUsers(prisma: PrismaClient, matching: readonly Prisma.Sql[]): Promise<number> {
  if (matching.length === 0) return prisma.user.count()
  return countUpTo(prisma, Prisma.sql`FROM User ${allOf(matching)}`, Number.MAX_SAFE_INTEGER)
}

/** Whom a filter finds. */
export function conditions(
  filter: Pick<UserListQuery, 'search' | 'enabled' | 'method' | 'standing' | 'source'>,
  now: Date,
): Prisma.Sql[] {
  const { search, enabled, method, standing, source } = filter
  const found =
    search === undefined || search === ''
      ? []
      : [...searched.map((column) => startsWith(column, search)), ...byPhone(search)]
  return [
    ...(found.length === 0 ? [] : [Prisma.sql`(${Prisma.join(found, ' OR ')})`]),
    ...(enabled === undefined ? [] : [Prisma.sql`enabled = ${enabled === 'true'}`]),
    ...(method === undefined ? [] : [Prisma.sql`instr(factorMethods, ${`"${method}"`}) > 0`]),
    ...(standing === undefined ? [] : [standings(now)[standing]]),
    ...(source === undefined ? [] : [sources[source]]),
  ]
}

/** A number as people write it down: +49 30 123, 0049 (30) 123, or its digits from the country code on. At least three of them. */
function byPhone(search: string): Prisma.Sql[] {
  const written = search.replaceAll(/[\s()/.-]/g, '').replace(/^(?:\+|00)/, '')
  if (!/^[1-9][0-9]{2,14}$/.test(written)) return []
  const [from, to] = [`+${written}`, `+${written}:`]
  return [
    Prisma.sql`(phone >= ${from} AND phone < ${to})`,
    Prisma.sql`(backupPhone >= ${from} AND backupPhone < ${to})`,
  ]
}

const sources: Readonly<Record<UserSource, Prisma.Sql>> = {
  directory: Prisma.sql`directoryId IS NOT NULL`,
  csv: Prisma.sql`directoryId IS NULL AND importId IS NOT NULL`,
  hand: Prisma.sql`directoryId IS NULL AND importId IS NULL`,
}

/** The ids come from indexes alone, without a look at a single row; then the few that are left are looked at (+: not by the index of phones). */
export const withoutFactor = Prisma.sql`+phone = '' AND id IN (
  SELECT u.id FROM User u INDEXED BY sqlite_autoindex_User_1
  WHERE NOT EXISTS (SELECT 1 FROM OathToken t WHERE t.userId = u.id)
    AND NOT EXISTS (SELECT 1 FROM AppDevice d WHERE d.userId = u.id))`

const standings = (now: Date): Readonly<Record<UserStanding, Prisma.Sql>> => ({
  blocked: Prisma.sql`id IN (SELECT userId FROM UserBlock WHERE endedAt IS NULL AND (until IS NULL OR until > ${now}))`,
  // Named apart, so that its own index is walked, and not that of the order with a look at everybody.
  locked: Prisma.sql`id IN (SELECT id FROM User WHERE factorLockedUntil > ${now})`,
  bypassed: Prisma.sql`id IN (SELECT userId FROM OneTimeBypass WHERE expiresAt > ${now} AND usedAt IS NULL AND endedAt IS NULL)`,
  'must-change-pin': Prisma.sql`id IN (SELECT userId FROM UserPin WHERE mustChange = true)`,
  'without-factor': withoutFactor,
})

/**
 * Up to one more than asked for. Rows without a key (nobody signed in) sort below all others; each of the two ranges is
 * read along the index, the second only where the first has run out.
 */
async function pageOfKeys(
  prisma: PrismaClient,
  query: UserListQuery,
  matching: Prisma.Sql[],
  areFew: boolean,
): Promise<KeyRow[]> {
  const { sort, limit } = query
  const ofThisList = cursorKeys.refine(([by]) => by === sort)
  const from = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ofThisList)
  const ascending = query.direction === 'ascending'
  const read = (isNull: boolean, after: Position | undefined, most: number) =>
    prisma.$queryRaw<KeyRow[]>(
      keysSql(sort, [...matching, ...range(sort, isNull, after, ascending)], { isNull, ascending, areFew, most }),
    )
  if (sort !== 'lastSignInAt') return read(false, from, limit + 1)
  const order = ascending ? [true, false] : [false, true]
  const rows: KeyRow[] = []
  for (const isNull of order) {
    const isBehind = from !== undefined && order.indexOf(from[1] === null) > order.indexOf(isNull)
    if (isBehind || rows.length > limit) continue
    const startsHere = from !== undefined && (from[1] === null) === isNull
    rows.push(...(await read(isNull, startsHere ? from : undefined, limit + 1 - rows.length)))
  }
  return rows
}

interface Order {
  readonly ascending: boolean
  /** Among those that have no key to sort by. */
  readonly isNull: boolean
  /** They are found first, and sorted then. */
  readonly areFew: boolean
  readonly most: number
}

/** The query of a page's keys; its plan is tested. */
export function keysSql(
  sort: Sort,
  where: readonly Prisma.Sql[],
  { ascending, isNull, areFew, most }: Order,
): Prisma.Sql {
  const way = ascending ? 'ASC' : 'DESC'
  // A column with a sign before it is no column of an index.
  const sign = areFew ? '+' : ''
  const first = isNull || sort === 'username' ? '' : `${sign}${sortColumns[sort]} ${way},`
  return Prisma.sql`
    SELECT id, ${Prisma.raw(sortColumns[sort])} AS key FROM User ${allOf([...where])}
    ORDER BY ${Prisma.raw(`${first} ${sign}${sort === 'username' ? 'usernameKey' : 'id'} ${way}`)} LIMIT ${most}`
}

function range(sort: Sort, isNull: boolean, after: Position | undefined, ascending: boolean): Prisma.Sql[] {
  const column = Prisma.raw(sortColumns[sort])
  const beyond = Prisma.raw(ascending ? '>' : '<')
  const which = sort === 'lastSignInAt' ? [Prisma.sql`${column} IS ${Prisma.raw(isNull ? 'NULL' : 'NOT NULL')}`] : []
  if (after === undefined) return which
  const [, key, id] = after
  if (sort === 'username') return [Prisma.sql`usernameKey ${beyond} ${key}`]
  if (isNull) return [...which, Prisma.sql`id ${beyond} ${id}`]
  // The first condition is what the index can seek by; the second drops the rows that were on the page before.
  return [Prisma.sql`${column} ${beyond}= ${key}`, Prisma.sql`(${column} ${beyond} ${key} OR id ${beyond} ${id})`]
}

function cursorOf(sort: Sort, { key, id }: KeyRow): string {
  return encodeCursor([sort, key instanceof Date ? key.getTime() : key, id])
}
