/** Sign-ins as the reports read them; the mover writes them. */
import type { SignInFilter, SignInReason, SignInResult } from '@sallyport/contract'
import { revived, type Plain } from '../database/plain-rows.ts'
import type { SignIn } from '../generated/client.ts'
import type { SignInRepository } from '../types.ts'
import type { Context } from './context.ts'
import { createSignInCounts } from './sign-in-counts.ts'
import { signInSelection } from './sign-in-selection.ts'
import { signInRow } from './sign-in-rows.ts'
import { createTimeline } from './timeline.ts'

export function createSignInRepository({ prisma, plain }: Context): SignInRepository {
  const timeline = createTimeline({
    prisma,
    at: 'at',
    select: (filter: SignInFilter) => signInSelection(prisma, filter),
    read: async (sequences) => {
      const rows = await prisma.signIn.findMany({ where: { sequence: { in: [...sequences] } } })
      return rows.map((row) => ({ sequence: row.sequence, row: signInRow(row) }))
    },
    plain,
    fromPlain: (row) => signInRow(revived(row as Plain<SignIn>, { dates: ['at'], booleans: ['test'] })),
  })

  return {
    ...timeline,
    ...createSignInCounts(prisma),

    byId: async (id) => {
      const row = await prisma.signIn.findUnique({ where: { id } })
      if (row === null) return null
      const rounds = await prisma.signInRound.findMany({ where: { signInId: id }, orderBy: { number: 'asc' } })
      return { ...signInRow(row), rounds: rounds.map(({ body }) => body) }
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
