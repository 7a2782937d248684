/**
 * A code that is sent to a person and typed at the device: six digits, good for 300 s, one sign-in and one right answer. It is kept
 * sealed, for answers by CHAP and MS-CHAPv2 can only be compared with what they must be. Wrong ones count towards the user's lock.
 */
import { randomInt, randomUUID } from 'node:crypto'

import type { TraceFact } from '@sallyport/contract'
import type { EngineUser } from '@sallyport/store/engine'

import type { DeliveryOrder } from '../../bus/pending.ts'
import type { Context } from '../context.ts'
import type { AskedPerson } from '../pending.ts'
import type { OpenChallenge } from '../open-challenge.ts'
import type { Tools } from '../tools.ts'
import { fact, proceed, reject, type Step } from '../verdict.ts'
import type { Prompt } from '../words.ts'
import { answeredText, type AnsweredText } from './answered-text.ts'
import { askedFacts, newAsk, openAsk, waitUntil } from './asking.ts'
import { challengeLifeMs, challengeTries, openChallenge } from './challenge.ts'
import { countWrong } from './failures.ts'
import { granted, grantFor } from './grant.ts'
import { isLocked } from './lockout.ts'
import { conclude, fallBack, type HoldTools } from './held.ts'
import { changePinIfDue } from './new-pin.ts'
import { withRenewed } from './token.ts'

export type CodeTools = HoldTools & Pick<Tools, 'sealCode' | 'unsealCode'>

type Particulars = Pick<AskedPerson, 'method' | 'withPin'> & Partial<AskedPerson>
type OrderFor = (id: string, code: string, deadlineMs: number) => DeliveryOrder
type Challenge = OpenChallenge & { readonly asks: { readonly kind: 'sent-code' } }

const digits = 6

/** The challenge waits until the message has gone out, so that nobody is asked for a code that never came. */
export async function sendCode(
  context: Context,
  user: EngineUser,
  particulars: Particulars,
  tools: CodeTools,
  before: readonly TraceFact[],
  orderFor: OrderFor,
): Promise<Step> {
  const id = randomUUID()
  const code = String(randomInt(10 ** digits)).padStart(digits, '0')
  const expiresAtMs = context.nowMs + challengeLifeMs
  const asked = newAsk(context, user, {
    ...{ ...particulars, id, expiresAtMs, code: tools.sealCode(id, code) },
    // A retry that finds no challenge of its own gets a code of its own.
    ...{ joinKey: '', answeredAtDevice: true },
  })
  const deadlineMs = waitUntil(context)
  const ended = await openAsk(context, asked, tools, orderFor(id, code, deadlineMs))
  if (ended) return ended
  const facts = [...before, ...askedFacts(asked)]
  const sent = await tools.pending.sent(id, deadlineMs)
  const later = { ...context, nowMs: tools.clock() }
  if (sent) return ask(later, user, asked, challengeTries, tools, facts, 'code-requested')
  const closed = tools.pending.close(id, 'failed')
  const records = closed ? [...later.records, closed] : later.records
  return fallBack({ ...later, records }, user, 'factor-not-delivered', tools, facts)
}

export async function answerSentCode(
  context: Context,
  user: EngineUser,
  challenge: Challenge,
  tools: CodeTools,
): Promise<Step> {
  const { requestId, factor } = challenge.asks
  const asked = tools.pending.find(requestId)
  if (!asked) {
    const ending = tools.pending.ending(requestId) ?? 'no-answer'
    return conclude(context, user, { id: requestId, method: factor, withPin: false }, ending, tools, [])
  }
  const judged = await judge(context, user, asked, challenge, tools)
  // Whatever others answered meanwhile counts before this answer does.
  if (isLocked(tools.users.byId(user.id) ?? user, tools.clock())) return reject('factor-locked', context)
  if (judged.kind === 'right') {
    const closed = tools.pending.close(requestId, 'answered')
    // Somebody was quicker with the same code at another try of it.
    if (!closed) return reject('reused-code', context)
    const renewed = withRenewed(context, judged.answered.attributes)
    const consumed = { ...renewed, records: [...renewed.records, closed] }
    const reason = grantFor(context, 'code')
    const change = asked.withPin ? changePinIfDue(consumed, user, reason, tools, []) : undefined
    return change ?? proceed(granted(consumed, user, reason, [], tools), [fact('code', 'right')])
  }
  const counted = countWrong(context, user, tools)
  const tries = challenge.triesLeft - 1
  const facts = [fact('answer', judged.why)]
  if (!counted.isLocked && tries > 0) {
    return ask(counted.context, user, asked, tries, tools, facts, 'wrong-code')
  }
  const closed = tools.pending.close(requestId, 'answered')
  const records = closed ? [...counted.context.records, closed] : counted.context.records
  return reject(counted.isLocked ? 'wrong-code' : 'too-many-wrong-codes', { ...counted.context, records }, facts)
}

type Judged =
  { readonly kind: 'right'; readonly answered: AnsweredText } | { readonly kind: 'wrong'; readonly why: string }

/** Code and PIN are judged together: an answer tells nobody which of them was wrong. */
async function judge(
  context: Context,
  user: EngineUser,
  asked: AskedPerson,
  { expiresAtMs }: Challenge,
  { unsealCode, pins }: CodeTools,
): Promise<Judged> {
  const code = unsealCode(asked.id, asked.code)
  if (context.nowMs >= Math.min(expiresAtMs, asked.expiresAtMs)) return { kind: 'wrong', why: 'too late' }
  if (!asked.withPin) {
    const answered = answeredText(context, [code])
    return answered ? { kind: 'right', answered } : { kind: 'wrong', why: 'wrong code' }
  }
  const typed = context.method === 'pap' ? context.typed.replace(/\s/g, '') : ''
  const answered = answeredText({ ...context, typed: typed.slice(0, digits) }, [code])
  const pinRight = await pins.verify(user.pin?.hash ?? null, typed.slice(digits))
  if (answered && pinRight) return { kind: 'right', answered }
  return { kind: 'wrong', why: answered ? 'wrong PIN' : 'wrong code' }
}

function ask(
  context: Context,
  user: EngineUser,
  { id: requestId, method: factor, withPin }: AskedPerson,
  tries: number,
  tools: CodeTools,
  facts: readonly TraceFact[],
  reason: 'code-requested' | 'wrong-code',
): Step {
  const asks = { kind: 'sent-code', requestId, factor } as const
  const prompt = promptFor(factor, withPin, reason)
  return openChallenge(context, user, { asks, prompt, reason, tries, facts }, tools)
}

function promptFor(factor: string, withPin: boolean, reason: 'code-requested' | 'wrong-code'): Prompt {
  if (reason === 'wrong-code') return withPin ? 'sentCodeWithPinWrong' : 'sentCodeWrong'
  if (factor === 'email') return 'emailCode'
  return withPin ? 'textCodeWithPin' : 'textCode'
}
