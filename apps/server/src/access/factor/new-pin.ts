/**
 * A PIN that has to be another one: after the second factor is proven, challenges ask for a new one twice; where the device cannot
 * be challenged, or its answers cannot be read (CHAP, MS-CHAPv2), the sign-in is refused.
 */
import { pinFault } from '@sallyport/contract'
import type { SignInReason, TraceFact } from '@sallyport/contract'
import type { EngineUser, JournalRecord } from '@sallyport/store/engine'

import type { Context } from '../context.ts'
import type { Asks, OpenChallenge } from '../open-challenge.ts'
import type { Tools } from '../tools.ts'
import { fact, proceed, reject, type Step } from '../verdict.ts'
import type { Prompt } from '../words.ts'
import { challengeTries, openChallenge, type ChallengeTools } from './challenge.ts'
import { challengeable } from './choose.ts'
import { granted } from './grant.ts'

type PinTools = ChallengeTools & Pick<Tools, 'company' | 'users' | 'pins' | 'formerPins'>

const dayMs = 24 * 60 * 60_000

/** Undefined where the PIN may stay as it is. */
export function changePinIfDue(
  context: Context,
  user: EngineUser,
  grant: SignInReason,
  tools: PinTools,
  facts: readonly TraceFact[],
): Step | undefined {
  const { pin } = user
  const { expiresAfterDays } = tools.company().pin
  if (!pin) return undefined
  const isOld = expiresAfterDays !== null && context.nowMs >= pin.changedAtMs + expiresAfterDays * dayMs
  if (!pin.mustChange && !isOld) return undefined
  const { client } = context.request
  if (context.method !== 'pap' || challengeable({ client, method: context.method })) {
    return reject('pin-expired', context, [...facts, fact('new-pin', 'cannot be asked for here')])
  }
  const factor = context.factor ?? 'push'
  return ask(context, user, { kind: 'new-pin', first: null, factor, granted: grant }, 'newPin', tools, facts)
}

/** The first answer is kept as a hash until the second one says the same. */
export async function answerNewPin(
  context: Context,
  user: EngineUser,
  challenge: OpenChallenge & { readonly asks: { readonly kind: 'new-pin' } },
  tools: PinTools,
): Promise<Step> {
  const { asks } = challenge
  const pin = context.typed.trim()
  const tries = challenge.triesLeft - 1
  const again = (why: string): Step =>
    tries === 0
      ? reject('new-pin-refused', context, [fact('new-pin', why)])
      : ask(context, user, { ...asks, first: null }, 'newPinRefused', tools, [fact('new-pin', why)], tries)
  if (context.method !== 'pap') return reject('new-pin-refused', context, [fact('new-pin', 'could not be read')])
  if (asks.first !== null) {
    if (!(await tools.pins.verify(asks.first, pin))) return again('typed differently the second time')
    return taken(context, user, asks.first, asks.granted, tools)
  }
  const fault = pinFault(pin, tools.company().pin)
  if (fault !== null) return again(fault)
  for (const former of formerOf(user, tools)) {
    if (await tools.pins.verify(former, pin)) return again('used before')
  }
  const first = await tools.pins.hash(pin)
  return ask(context, user, { ...asks, first }, 'newPinAgain', tools, [], challenge.triesLeft)
}

function taken(context: Context, user: EngineUser, hash: string, grant: SignInReason, tools: PinTools): Step {
  const { history } = tools.company().pin
  const formerHashes = [...(user.pin ? [user.pin.hash] : []), ...tools.formerPins(user.id)].slice(0, history)
  const record: JournalRecord = { kind: 'pin-changed', userId: user.id, hash, formerHashes, atMs: context.nowMs }
  tools.users.setPin(user.id, { hash, mustChange: false, changedAtMs: context.nowMs })
  return proceed(granted(context, user, grant, [record], tools), [fact('pin', 'changed')])
}

/** The present one is never taken again, whatever the history. */
function formerOf({ id, pin }: EngineUser, { formerPins, company }: PinTools): readonly string[] {
  return [...(pin ? [pin.hash] : []), ...formerPins(id).slice(0, company().pin.history)]
}

function ask(
  context: Context,
  user: EngineUser,
  asks: Extract<Asks, { kind: 'new-pin' }>,
  prompt: Prompt,
  tools: PinTools,
  facts: readonly TraceFact[],
  tries: number = challengeTries,
): Step {
  const number = String(tools.company().pin.minimumLength)
  return openChallenge(context, user, { asks, prompt, number, reason: 'new-pin-requested', tries, facts }, tools)
}
