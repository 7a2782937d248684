/**
 * The mobile app: every device of the user is asked. With number matching, a challenge shows the number to pick in the app (`pick`:
 * any answer to it waits for the app), or asks for the number that the app shows once it has approved (`type`).
 */
import { randomInt } from 'node:crypto'

import type { TraceFact } from '@sallyport/contract'
import type { EngineUser } from '@sallyport/store/engine'

import { none, type Context } from '../context.ts'
import type { AskedPerson } from '../pending.ts'
import type { OpenChallenge } from '../open-challenge.ts'
import type { Tools } from '../tools.ts'
import { fact, reject, type Outcome, type Step } from '../verdict.ts'
import { answeredText } from './answered-text.ts'
import { askedFacts, newAsk, openAsk, waitUntil } from './asking.ts'
import { challengeTries, openChallenge } from './challenge.ts'
import type { Way } from './choose.ts'
import { countWrong } from './failures.ts'
import { conclude, holdFor, type HoldTools } from './held.ts'
import { withRenewed } from './token.ts'

type PushTools = HoldTools & Pick<Tools, 'company'>

/** Time to read the challenge, take up the phone, and answer: longer than a device waits for one answer. */
const matchingForMs = 120_000
const choices = 3

export async function askApp(
  context: Context,
  user: EngineUser,
  { matching, withPin }: Extract<Way, { kind: 'push' }>,
  tools: PushTools,
  facts: readonly TraceFact[],
): Promise<Outcome> {
  const asked = newAsk(context, user, {
    method: 'push',
    expiresAtMs: matching === 'none' ? waitUntil(context) : context.nowMs + matchingForMs,
    ...{ matching, withPin, ...numbersFor(matching) },
    deviceIds: user.devices.map(({ id }) => id),
  })
  const ended = await openAsk(context, asked, tools, { id: asked.id, kind: 'push' })
  return ended ?? goOn(context, user, asked, tools, facts.concat(askedFacts(asked)))
}

/** A retry of the device finds the request as it stands. */
export function goOn(
  context: Context,
  user: EngineUser,
  asked: AskedPerson,
  tools: PushTools,
  facts: readonly TraceFact[],
): Outcome {
  const { id: requestId, matching, number } = asked
  const question = { tries: challengeTries, facts }
  switch (matching) {
    case 'none':
      return holdFor(context, user, asked, tools, facts)
    case 'pick': {
      const asks = { kind: 'approval', requestId, factor: 'push' } as const
      const prompt = 'pickNumber'
      return openChallenge(
        context,
        user,
        { asks, prompt, number, reason: 'approval-requested', ...question, tries: 1 },
        tools,
      )
    }
    case 'type': {
      const asks = { kind: 'number', requestId, factor: 'push' } as const
      const prompt = 'typeNumber'
      return openChallenge(context, user, { asks, prompt, reason: 'number-requested', ...question }, tools)
    }
  }
}

/** The number that the app showed, typed at the device. Before the app has approved, none is right. */
export function answerNumber(
  context: Context,
  user: EngineUser,
  challenge: OpenChallenge & { readonly asks: { readonly kind: 'number' } },
  tools: PushTools,
): Step {
  const { requestId } = challenge.asks
  const asked = tools.pending.find(requestId)
  const isApproved = tools.pending.isApproved(requestId)
  if (!asked) {
    const ending = tools.pending.ending(requestId) ?? 'no-answer'
    return conclude(context, user, { id: requestId, method: 'push', withPin: false }, ending, tools, [])
  }
  const answered = answeredText(context, [asked.number])
  if (isApproved && answered) {
    return conclude(withRenewed(context, answered.attributes), user, asked, 'approved', tools, [
      fact('number', 'right'),
    ])
  }
  const counted = countWrong(context, user, tools)
  const facts = [fact('number', 'wrong'), fact('app', isApproved ? 'has approved' : 'has not approved yet')]
  const tries = challenge.triesLeft - 1
  if (counted.isLocked || tries === 0) {
    const closed = tools.pending.take(requestId) ?? tools.pending.close(requestId, 'wrong-number')
    const records = closed ? [...counted.context.records, closed] : counted.context.records
    return reject('wrong-number', { ...counted.context, records }, facts)
  }
  const { asks } = challenge
  return openChallenge(
    counted.context,
    user,
    { asks, prompt: 'numberWrong', reason: 'wrong-number', tries, facts },
    tools,
  )
}

function numbersFor(matching: 'none' | 'pick' | 'type'): Pick<AskedPerson, 'number' | 'choices'> {
  if (matching === 'none') return { number: '', choices: none }
  if (matching === 'type') return { number: String(randomInt(100, 1_000)), choices: none }
  const drawn = new Set<string>()
  while (drawn.size < choices) drawn.add(String(randomInt(10, 100)))
  const numbers = [...drawn]
  return { number: numbers[randomInt(choices)] ?? '', choices: numbers }
}
