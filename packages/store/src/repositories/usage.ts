/** How much the product is used, from the mover's counts: no event is looked at. */
import { Prisma, type PrismaClient } from '../generated/client.ts'
import type { CountedUsage, UsageRepository } from '../usage-types.ts'
import type { Context } from './context.ts'
import { allOf } from './sql.ts'
import { usageConditions } from './usage-filter.ts'
import { createUserUsage } from './usage-users.ts'

interface Counted extends Omit<CountedUsage, 'count'> {
  readonly count: bigint
}

const dayMs = 86_400_000

export function createUsageRepository({ prisma }: Context): UsageRepository {
  const read = async (table: string, at: string, bounds: Bounds, conditions: readonly Prisma.Sql[]) => {
    if (bounds.fromMs >= bounds.toMs) return []
    const column = Prisma.raw(at)
    const within = [
      Prisma.sql`${column} >= ${new Date(bounds.fromMs)}`,
      Prisma.sql`${column} < ${new Date(bounds.toMs)}`,
    ]
    const rows = await prisma.$queryRaw<Counted[]>`
      SELECT clientId, factor, result, reason, SUM(count) AS count FROM ${Prisma.raw(table)}
      ${allOf([...within, ...conditions])} GROUP BY clientId, factor, result, reason`
    return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }))
  }

  return {
    ...createUserUsage(prisma),

    counts: async (from, to, filter) => {
      const [fromMs, toMs] = [from.getTime(), to.getTime()]
      const firstDay = Math.ceil(fromMs / dayMs) * dayMs
      const lastDay = Math.floor(toMs / dayMs) * dayMs
      const conditions = usageConditions(filter)
      const quarters = (bounds: Bounds) => read('UsageQuarter', 'quarter', bounds, conditions)
      if (firstDay >= lastDay) return quarters({ fromMs, toMs })
      return summed([
        ...(await quarters({ fromMs, toMs: firstDay })),
        ...(await read('UsageDay', 'day', { fromMs: firstDay, toMs: lastDay }, conditions)),
        ...(await quarters({ fromMs: lastDay, toMs })),
      ])
    },

    countsOfUser: (userId, from, to, filter) =>
      read('UsageUserDay', 'day', { fromMs: from.getTime(), toMs: to.getTime() }, [
        Prisma.sql`userId = ${userId}`,
        ...usageConditions(filter),
      ]),

    firstDay: async () => {
      const first = await prisma.usageDay.findFirst({ orderBy: { day: 'asc' }, select: { day: true } })
      return first?.day ?? null
    },

    uncounted: async () => (await prisma.usageBackfill.findUnique({ where: { id: 1 } }))?.before ?? 0,
    clientName: (clientId) => clientName(prisma, clientId),
  }
}

interface Bounds {
  readonly fromMs: number
  readonly toMs: number
}

function summed(rows: readonly CountedUsage[]): readonly CountedUsage[] {
  const sums = new Map<string, CountedUsage>()
  for (const row of rows) {
    const key = `${row.clientId} ${row.factor} ${row.result} ${row.reason}`
    sums.set(key, { ...row, count: row.count + (sums.get(key)?.count ?? 0) })
  }
  return [...sums.values()]
}

async function clientName(prisma: PrismaClient, clientId: string): Promise<string | null> {
  const client = await prisma.radiusClient.findUnique({
    where: { id: clientId },
    select: { applicationName: true, address: true },
  })
  if (client !== null) return client.applicationName === '' ? client.address : client.applicationName
  const last = await prisma.signIn.findFirst({
    where: { clientId },
    orderBy: [{ at: 'desc' }, { sequence: 'desc' }],
    select: { clientName: true },
  })
  return last?.clientName ?? null
}
