/** How much each user used the product: users in the order of their names, each with sums of their own days. */
import { setImmediate as giveWay } from 'node:timers/promises'
import type { EndedResult, FactorOrNone, UserUsage } from '@sallyport/contract'
import { z } from 'zod'
import { Prisma, type PrismaClient } from '../generated/client.ts'
import type { UsageRepository, UserUsageFilter } from '../usage-types.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { allOf, startsWith } from './sql.ts'
import { usageConditions } from './usage-filter.ts'

interface UserKey {
  readonly id: string
  readonly username: string
  readonly usernameKey: string
  readonly firstName: string
  readonly lastName: string
  readonly lastSignInAt: Date | null
}

interface Sum {
  readonly userId: string
  readonly factor: FactorOrNone
  readonly result: EndedResult
  readonly count: bigint
}

/** So many users are looked at together, and a page looks at so many pieces at most: the rest is on the next one. */
const usersAtOnce = 100
const piecesAPage = 20

export function createUserUsage(prisma: PrismaClient): Pick<UsageRepository, 'users' | 'streamUsers'> {
  /** The next users after a name, and of them those whom the filter wants. */
  const piece = async (filter: UserUsageFilter, after: string | undefined, most: number): Promise<Piece> => {
    const { username } = filter
    const conditions = [
      ...(after === undefined ? [] : [Prisma.sql`usernameKey > ${after}`]),
      ...(username === undefined || username === '' ? [] : [startsWith('usernameKey', username)]),
    ]
    const users = await prisma.$queryRaw<UserKey[]>`
      SELECT id, username, usernameKey, firstName, lastName, lastSignInAt FROM User ${allOf(conditions)}
      ORDER BY usernameKey LIMIT ${most}`
    const last = users.length < most ? undefined : users.at(-1)?.usernameKey
    if (users.length === 0) return { rows: [], last }
    const sums = await prisma.$queryRaw<Sum[]>`
      SELECT userId, factor, result, SUM(count) AS count FROM UsageUserDay ${allOf([
        Prisma.sql`userId IN (${Prisma.join(users.map(({ id }) => id))})`,
        Prisma.sql`day >= ${filter.from} AND day < ${filter.to}`,
        ...usageConditions(filter),
      ])} GROUP BY userId, factor, result`
    const byUser = new Map<string, Sum[]>(users.map(({ id }) => [id, []]))
    for (const sum of sums) byUser.get(sum.userId)?.push(sum)
    const rows = users
      .map((user) => ({ key: user.usernameKey, usage: usageOf(user, byUser.get(user.id) ?? []) }))
      .filter(({ usage }) => filter.who === 'all' || isActive(usage) === (filter.who === 'active'))
    return { rows, last }
  }

  return {
    users: async (filter, { cursor, limit }) => {
      let after = cursor === undefined ? undefined : decodeCursor(cursor, z.tuple([z.string()]))[0]
      const rows: UserUsage[] = []
      for (let pieces = 0; pieces < piecesAPage; pieces += 1) {
        const found = await piece(filter, after, usersAtOnce)
        const taken = found.rows.slice(0, limit - rows.length)
        rows.push(...taken.map(({ usage }) => usage))
        const lastTaken = taken.at(-1)
        // Where the page ends within a piece, the next one begins behind the last that was taken.
        after = taken.length < found.rows.length && lastTaken !== undefined ? lastTaken.key : found.last
        if (after === undefined || rows.length === limit) break
        await giveWay()
      }
      return { rows, nextCursor: after === undefined ? null : encodeCursor([after]) }
    },

    async *streamUsers(filter) {
      let after: string | undefined
      do {
        const { rows, last } = await piece(filter, after, usersAtOnce)
        if (rows.length > 0) yield rows.map(({ usage }) => usage)
        after = last
        await giveWay()
      } while (after !== undefined)
    },
  }
}

interface Piece {
  readonly rows: readonly { readonly key: string; readonly usage: UserUsage }[]
  /** The name of the last user that was looked at; absent: there are no more. */
  readonly last: string | undefined
}

function usageOf(user: UserKey, sums: readonly Sum[]): UserUsage {
  const ended = (wanted: EndedResult) =>
    sums.reduce((sum, { result, count }) => (result === wanted ? sum + Number(count) : sum), 0)
  return {
    user: { id: user.id, username: user.username, name: `${user.firstName} ${user.lastName}`.trim() },
    accepted: ended('accepted'),
    rejected: ended('rejected'),
    unanswered: ended('unanswered'),
    methods: Object.fromEntries(
      sums.flatMap(({ result, factor, count }) => (result === 'accepted' ? [[factor, Number(count)]] : [])),
    ),
    lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
  }
}

function isActive({ accepted, rejected, unanswered }: UserUsage): boolean {
  return accepted + rejected + unanswered > 0
}
