/**
 * Stage 6, second factor: judges the answer to a challenge or the code that came with the password, or asks for a factor and, where
 * a person decides elsewhere, waits for them. One file a method in `factor/`. A dry run ends here.
 */
import type { FactorKind, TraceFact } from '@sallyport/contract'
import type { EngineUser } from '@sallyport/store/engine'

import type { Context } from './context.ts'
import { stopBefore } from './dry-run.ts'
import { callPhone } from './factor/call.ts'
import type { Skip, Way } from './factor/choose.ts'
import { mailCode } from './factor/email.ts'
import { fallBackInPortal } from './factor/fallback.ts'
import { countWrong } from './factor/failures.ts'
import { holdFor } from './factor/held.ts'
import { answerNewPin } from './factor/new-pin.ts'
import { answerNumber, askApp, goOn } from './factor/push.ts'
import { answerSentCode, type CodeTools } from './factor/sent-code.ts'
import { textPhone } from './factor/text.ts'
import { answerToken, askToken, spendCode } from './factor/token.ts'
import { nextFactor, type NextFactor } from './next-factor.ts'
import type { Asks, OpenChallenge } from './open-challenge.ts'
import type { Tools } from './tools.ts'
import { fact, proceed, reject, type Outcome } from './verdict.ts'

type Needs = CodeTools & Pick<Tools, 'unsealToken' | 'dryRun' | 'reach' | 'fallback'>
/** A method that was chosen at a challenge once too often. */
const roundsAtMost = 12

export function secondFactor(context: Context, tools: Needs): Outcome | Promise<Outcome> {
  const next = nextFactor(context, tools)
  const known: Context = { ...context, factor: factorOf(next) ?? context.factor }
  if (tools.dryRun) return stopBefore(next, known)
  switch (next.kind) {
    case 'none':
      return proceed(known, [fact('skipped', known.user ? 'nothing more to prove' : 'no user of ours')])
    case 'refused':
      return reject(next.reason, known, factsOf(next.skipped))
    case 'fallback':
      return fallBackInPortal(known, next.user, next.said, tools)
    case 'answered':
      return answer(known, next.user, next.challenge, tools)
    case 'code-in-password':
      return spendCode(known, next.user, next.match, tools)
    case 'wrong-code':
      return reject(next.reason, countWrong(known, next.user, tools).context)
    case 'join': {
      const facts = [fact('joins', 'a request that is being decided')]
      return next.asked.method === 'push'
        ? goOn(known, next.user, next.asked, tools, facts)
        : holdFor(known, next.user, next.asked, tools, facts)
    }
    case 'ask':
      if (known.round > roundsAtMost) return reject('too-many-rounds', known)
      return ask(known, next.user, next.way, tools, factsOf(next.skipped))
  }
}

function ask(
  context: Context,
  user: EngineUser,
  way: Way,
  tools: Needs,
  facts: readonly TraceFact[],
): Outcome | Promise<Outcome> {
  switch (way.kind) {
    case 'oath':
      return askToken(context, user, tools, facts)
    case 'push':
      return askApp(context, user, way, tools, facts)
    case 'text':
      return textPhone(context, user, way, tools, facts)
    case 'call':
      return callPhone(context, user, way, tools, facts)
    case 'email':
      return mailCode(context, user, tools, facts)
  }
}

function answer(
  context: Context,
  user: EngineUser,
  challenge: OpenChallenge,
  tools: Needs,
): Outcome | Promise<Outcome> {
  const { asks } = challenge
  switch (asks.kind) {
    case 'oath':
      return answerToken(context, user, challenge, tools)
    case 'sent-code':
      return answerSentCode(context, user, { ...challenge, asks }, tools)
    case 'approval':
      return holdFor(context, user, tools.pending.find(asks.requestId) ?? gone(asks.requestId), tools, [])
    case 'number':
      return answerNumber(context, user, { ...challenge, asks }, tools)
    case 'fallback':
      // Only what the portal says of the answer counts.
      return reject('challenge-of-another', context)
    case 'new-pin':
      return answerNewPin(context, user, { ...challenge, asks }, tools)
  }
}

/** It ended before the device answered: how, the table remembers for a while. */
function gone(id: string) {
  return { id, method: 'push', withPin: false } as const
}

function factorOf(next: NextFactor): FactorKind | null {
  switch (next.kind) {
    case 'none':
    case 'refused':
    case 'fallback':
      return null
    case 'answered':
      return factorAsked(next.challenge.asks)
    case 'code-in-password':
    case 'wrong-code':
      return 'oath'
    case 'join':
      return next.asked.method
    case 'ask':
      return next.way.kind
  }
}

function factorAsked(asks: Asks): FactorKind | null {
  switch (asks.kind) {
    case 'oath':
      return 'oath'
    case 'fallback':
      return null
    default:
      return asks.factor
  }
}

function factsOf(skipped: readonly Skip[]): TraceFact[] {
  return skipped.map(({ method, why }) => fact('passed-over', `${method}: ${why}`))
}
