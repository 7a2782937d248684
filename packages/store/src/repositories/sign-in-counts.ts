/** How many sign-ins ended how, from the roll-up by quarters of an hour: a year is read without looking at an event. */
import type { SignInReason, SignInResult } from '@sallyport/contract'
import type { PrismaClient } from '../generated/client.ts'
import type { SignInCounts } from '../report-types.ts'

interface Counted {
  readonly result: string
  readonly reason: string
  readonly count: bigint
}

export function createSignInCounts(prisma: PrismaClient): SignInCounts {
  return {
    firstQuarter: async () => {
      const first = await prisma.signInQuarter.findFirst({ orderBy: { quarter: 'asc' }, select: { quarter: true } })
      return first?.quarter ?? null
    },
    counts: async (from, to) => {
      const rows = await prisma.$queryRaw<Counted[]>`
        SELECT result, reason, SUM(count) AS count FROM SignInQuarter
        WHERE quarter >= ${from} AND quarter < ${to} GROUP BY result, reason`
      return rows.map(({ result, reason, count }) => ({
        result: result as SignInResult,
        reason: reason as SignInReason,
        count: Number(count),
      }))
    },
  }
}
