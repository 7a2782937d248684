/** Who was told by mail of which fraud report. */
import type { FraudMailRepository } from '../standing-types.ts'
import type { Context } from './context.ts'
import { fraudRecord } from './people-rows.ts'

const dayMs = 24 * 60 * 60_000

export function createFraudMailRepository({ prisma, clock }: Context): FraudMailRepository {
  // Whoever is first named today is not told of last year.
  const untold = () => ({ notifiedAt: null, at: { gte: new Date(clock().getTime() - dayMs) } })
  return {
    toTell: async (limit) => {
      const orderBy = [{ at: 'asc' }, { id: 'asc' }] as const
      const rows = await prisma.fraudReport.findMany({ where: untold(), orderBy: [...orderBy], take: limit })
      return rows.map((row) => ({ ...fraudRecord(row, true), toldTo: JSON.parse(row.toldTo) as string[] }))
    },
    note: async (id, { toldTo, isDone, problem }) => {
      const data = { toldTo: JSON.stringify(toldTo), tellProblem: problem, ...(isDone ? { notifiedAt: clock() } : {}) }
      await prisma.fraudReport.updateMany({ where: { id }, data })
    },
    state: async () => {
      const tried = { OR: [{ notifiedAt: { not: null } }, { tellProblem: { not: null } }] }
      const [sent, waiting, newest] = await Promise.all([
        prisma.fraudReport.aggregate({ _max: { notifiedAt: true }, where: { toldTo: { not: '[]' } } }),
        prisma.fraudReport.count({ where: untold() }),
        prisma.fraudReport.findFirst({ where: tried, orderBy: [{ at: 'desc' }, { id: 'desc' }] }),
      ])
      return { lastSentAt: sent._max.notifiedAt, waiting, problem: newest?.tellProblem ?? null }
    },
  }
}
