/** Pending now: everybody who is being asked at this moment, and an end put to one of these sign-ins. */
import type { api } from '@sallyport/contract'
import type { PendingControl } from '../../bus/pending.ts'
import type { Handlers } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'

const shownAtMost = 500
/** However many administrators look. */
const askedEveryMs = 500

export interface PendingRouteDependencies {
  readonly engine: Pick<PendingControl, 'pending' | 'questions' | 'decide'>
  readonly clock: () => Date
}

export function pendingHandlers({ engine, clock }: PendingRouteDependencies): Handlers<typeof api.pending> {
  const askEngine = sharedFor(askedEveryMs, clock, () => engine.questions(shownAtMost))
  return {
    async list() {
      const questions = await askEngine()
      const now = clock()
      const { total, first } = engine.pending(shownAtMost)
      const typed = questions.first.map((each) => ({ ...each, id: each.signInId, callingStation: null }))
      const all = [...first, ...typed]
      const open = all.filter(({ expiresAtMs }) => expiresAtMs > now.getTime())
      const rows = open.sort((a, b) => a.startedAtMs - b.startedAtMs || a.id.localeCompare(b.id))
      return {
        now: now.toISOString(),
        total: total + questions.total - (all.length - open.length),
        rows: rows.slice(0, shownAtMost).map((each) => ({
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

/** Asks once for everybody who wants to know within so long. */
function sharedFor<T>(ms: number, clock: () => Date, ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined
  let askedAtMs = Number.NEGATIVE_INFINITY
  return () => {
    const now = clock().getTime()
    if (answer === undefined || Math.abs(now - askedAtMs) >= ms) {
      askedAtMs = now
      answer = ask()
    }
    return answer
  }
}
