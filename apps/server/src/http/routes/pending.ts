/** Pending now: everybody who is being asked at this moment, and an end put to one of these sign-ins. */
import type { api } from '@sallyport/contract'
import type { PendingControl } from '../../bus/pending.ts'
import type { Handlers } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'

const shownAtMost = 500

export interface PendingRouteDependencies {
  readonly engine: Pick<PendingControl, 'pending' | 'decide'>
  readonly clock: () => Date
}

export function pendingHandlers({ engine, clock }: PendingRouteDependencies): Handlers<typeof api.pending> {
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- handlers are asynchronous; this one has it all in memory
    async list() {
      const now = clock()
      const { total, first } = engine.pending(shownAtMost)
      const open = first.filter(({ expiresAtMs }) => expiresAtMs > now.getTime())
      const rows = open.sort((a, b) => a.startedAtMs - b.startedAtMs || a.id.localeCompare(b.id))
      return {
        now: now.toISOString(),
        total: total - (first.length - open.length),
        rows: rows.map((each) => ({
          ...{ id: each.id, signInId: each.signInId, method: each.method, applicationName: each.applicationName },
          user: { id: each.userId, username: each.username },
          callingStation: each.callingStation,
          startedAt: new Date(each.startedAtMs).toISOString(),
          expiresAt: new Date(each.expiresAtMs).toISOString(),
        })),
      }
    },
    async cancel({ params, caller }) {
      const by = { kind: 'administrator', name: caller.actor.name } as const
      const outcome = await engine.decide({ id: params.id, by, decision: 'cancel', number: null, pin: null })
      if (outcome === 'taken') return undefined
      throw new ApiProblem('not-found', {
        detail: 'This sign-in does not wait any more: it was decided, or its time is over.',
      })
    },
  }
}
