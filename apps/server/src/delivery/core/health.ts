/** Whether a gateway is worth asking first: one that failed rests, longer each time, and then has one job to prove itself with. */
import type { GatewayHealth } from '../types.ts'
import type { Attempt } from './gateway.ts'

export interface Health {
  /** False: ask it after the others. True for one caller at a time once its rest is over. */
  mayGoFirst(): boolean
  note(attempt: Attempt): void
  view(): Pick<GatewayHealth, 'state' | 'sinceMs' | 'problem'>
}

const firstRestMs = 15_000
const longestRestMs = 5 * 60_000

export function createHealth(clock: () => number): Health {
  let state: GatewayHealth['state'] = 'unknown'
  let sinceMs: number | null = null
  let problem: string | null = null
  let restMs = 0
  let restsUntilMs = 0
  let isProving = false
  return {
    mayGoFirst() {
      if (state !== 'suspect') return true
      const nowMs = clock()
      if (nowMs < restsUntilMs) return false
      // The others do not follow before this one is back: its rest begins anew.
      restsUntilMs = nowMs + restMs
      isProving = true
      return true
    },
    note(attempt) {
      const nowMs = clock()
      const isBad = attempt.kind === 'unknown' || (attempt.kind === 'refused' && attempt.suspect)
      if (!isBad) {
        // A refusal of one job is an answer too.
        if (state !== 'up') [state, sinceMs] = ['up', nowMs]
        ;[problem, isProving] = [null, false]
        return
      }
      problem = attempt.problem
      // Jobs that fail together, or that were sent here for want of others, count once.
      if (state === 'suspect' && !isProving) return
      restMs = state === 'suspect' ? Math.min(longestRestMs, restMs * 2) : firstRestMs
      if (state !== 'suspect') [state, sinceMs] = ['suspect', nowMs]
      restsUntilMs = nowMs + restMs
      isProving = false
    },
    view: () => ({ state, sinceMs, problem }),
  }
}
