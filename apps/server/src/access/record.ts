/** Stage 8, record: what happened, as the report will show it, in one group with everything that it consumed. */
import type { SignInResult } from '@sallyport/contract'
import type { JournalRecord } from '@sallyport/store/engine'

import type { Context } from './context.ts'
import type { Verdict } from './verdict.ts'

const results: Record<Verdict['kind'], SignInResult> = {
  accept: 'accepted',
  reject: 'rejected',
  challenge: 'challenged',
  silence: 'unanswered',
}

/** The records of one round: the stages' own, and the sign-in as it stands now. */
export function recordsOf(
  context: Context,
  verdict: Verdict,
  /** As `packRound` made it. */
  round: string,
  endedAtMs: number,
): JournalRecord[] {
  const { request } = context
  const user = context.user ?? context.presumedUser
  return [
    ...context.records,
    {
      kind: 'sign-in',
      signIn: {
        id: context.signInId,
        atMs: context.startedAtMs,
        username: context.username,
        userId: user?.id ?? null,
        userName: user?.username ?? null,
        clientId: request.client.id,
        clientName: request.client.applicationName || request.client.address,
        clientAddress: request.source.address,
        callingStation: context.callingStation,
        method: context.method,
        factor: context.factor,
        result: results[verdict.kind],
        reason: verdict.reason,
        durationMs: Math.max(0, endedAtMs - context.startedAtMs),
        count: 1,
        roundNumber: context.round,
        roundJson: round,
        roundAtMs: endedAtMs,
      },
    },
  ]
}
