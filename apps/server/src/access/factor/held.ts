/**
 * A sign-in that waits for a decision, and what follows from it. A denial is final; where nobody was reached or nobody answered, a
 * code of an OATH token may make up for it, if the client allows that.
 */
import type { SignInReason, TraceFact } from '@sallyport/contract'
import type { EngineUser } from '@sallyport/store/engine'

import type { Context } from '../context.ts'
import type { AskedPerson, Ending } from '../pending.ts'
import type { Tools } from '../tools.ts'
import { fact, proceed, reject, type Held, type Step } from '../verdict.ts'
import { waitUntil, type AskingTools } from './asking.ts'
import type { ChallengeTools } from './challenge.ts'
import { challengeable } from './choose.ts'
import { granted, grantFor } from './grant.ts'
import { isLocked } from './lockout.ts'
import { changePinIfDue } from './new-pin.ts'
import { validTokens } from './oath.ts'
import { askToken } from './token.ts'

export type HoldTools = AskingTools & ChallengeTools & Pick<Tools, 'users' | 'pins' | 'formerPins'>

type AskedBriefly = Pick<AskedPerson, 'id' | 'method' | 'withPin'>

/** Holds the request until somebody decides, or it has to be answered. */
export function holdFor(
  context: Context,
  user: EngineUser,
  asked: AskedBriefly,
  tools: HoldTools,
  facts: readonly TraceFact[],
): Held {
  return new HeldRequest(context, user, asked, tools, facts)
}

class HeldRequest implements Held {
  readonly context: Context
  readonly #user: EngineUser
  readonly #asked: AskedBriefly
  readonly #tools: HoldTools
  readonly #facts: readonly TraceFact[]

  constructor(context: Context, user: EngineUser, asked: AskedBriefly, tools: HoldTools, facts: readonly TraceFact[]) {
    this.context = context
    this.#user = user
    this.#asked = asked
    this.#tools = tools
    this.#facts = facts
  }

  get heldFor(): string {
    return this.#asked.id
  }

  get untilMs(): number {
    return waitUntil(this.context)
  }

  conclude(ending: Ending): Step {
    const context = { ...this.context, nowMs: this.#tools.clock() }
    return conclude(context, this.#user, this.#asked, ending, this.#tools, this.#facts)
  }
}

/** What an ending means for the request that hears of it. */
export function conclude(
  context: Context,
  user: EngineUser,
  asked: AskedBriefly,
  ending: Ending,
  tools: HoldTools,
  before: readonly TraceFact[],
): Step {
  const facts = [...before, fact('person', ending)]
  switch (ending) {
    case 'approved':
      return approved(context, user, asked, tools, facts)
    case 'denied':
    case 'cancelled':
    case 'wrong-pin':
    case 'hung-up':
      return reject(ending, context, facts)
    case 'fraud':
      return reject('fraud-reported', context, facts)
    case 'wrong-number':
      return reject(asked.method === 'push' ? 'wrong-number' : 'wrong-code', context, facts)
    case 'failed':
      return fallBack(context, user, 'factor-not-delivered', tools, facts)
    case 'busy':
    case 'no-answer':
      return fallBack(context, user, ending, tools, facts)
  }
}

/** A challenge that asks for a code of an OATH token in place of what failed; where that is not possible, the rejection. */
export function fallBack(
  context: Context,
  user: EngineUser,
  reason: SignInReason,
  tools: Pick<HoldTools, 'company'> & ChallengeTools,
  facts: readonly TraceFact[],
): Step {
  const { client } = context.request
  const hasToken = tools.company().methods.includes('oath') && validTokens(user, context.nowMs).length > 0
  const possible = client.fallbackOath && hasToken && !challengeable({ client, method: context.method })
  if (!possible) return reject(reason, context, facts)
  return askToken({ ...context, factor: 'oath' }, user, tools, [...facts, fact('falls-back', reason)])
}

/** Takes the approval, once; meanwhile the user may have been removed, blocked or locked. */
function approved(
  context: Context,
  before: EngineUser,
  asked: Pick<AskedPerson, 'id' | 'withPin'>,
  tools: HoldTools,
  facts: readonly TraceFact[],
): Step {
  const taken = tools.pending.take(asked.id)
  if (!taken) return reject('no-answer', context, [...facts, fact('approval', 'was used already')])
  const user = tools.users.byId(before.id)
  const consumed: Context = { ...context, records: [...context.records, taken] }
  if (!user) return reject('unmatched-user', consumed, facts)
  const refusal = refusedMeanwhile(user, context.nowMs)
  if (refusal) return reject(refusal, consumed, facts)
  const reason = grantFor(context, 'approval')
  const change = asked.withPin ? changePinIfDue(consumed, user, reason, tools, facts) : undefined
  return change ?? proceed(granted(consumed, user, reason, [], tools), facts)
}

function refusedMeanwhile({ enabled, block, ...user }: EngineUser, nowMs: number): SignInReason | undefined {
  if (!enabled) return 'user-disabled'
  if (block && (block.untilMs === null || block.untilMs > nowMs)) return 'user-blocked'
  return isLocked(user, nowMs) ? 'factor-locked' : undefined
}
