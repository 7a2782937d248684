/**
 * The room an Access-Request walks through: its stages in order, and their runner. A stage returns a fuller context or a
 * verdict; it never sends. Falling off the end rejects: nobody is let in by omission.
 */
import type { StageName } from '@sallyport/contract'

import { packRound, packStage, type PackedStage } from '../trace/packed-round.ts'
import type { AccessRequest } from './access-request.ts'
import { client } from './client.ts'
import { openContext, type Context } from './context.ts'
import { conversation } from './conversation.ts'
import type { SignInInHand } from './joining.ts'
import { policy } from './policy.ts'
import { primary } from './primary.ts'
import { receive } from './receive.ts'
import { recordsOf } from './record.ts'
import { composeReply, type Reply } from './reply.ts'
import { secondFactor } from './second-factor.ts'
import type { Tools } from './tools.ts'
import { user } from './user.ts'
import { verdictFor } from './verdict-for.ts'
import { fact, type Step, type Verdict } from './verdict.ts'

interface Stage {
  readonly name: StageName
  readonly run: (context: Context, tools: Tools) => Step | Promise<Step>
}

/** The order in which a request is decided; the runner then records the verdict and replies. */
export const stages: readonly Stage[] = [
  { name: 'receive', run: receive },
  { name: 'client', run: client },
  { name: 'conversation', run: conversation },
  { name: 'primary', run: primary },
  { name: 'user', run: user },
  { name: 'second-factor', run: secondFactor },
  { name: 'policy', run: policy },
]

/** All rejects leave this long after their request, so that their time tells nothing about their reason. */
const rejectAfterMs = 1_000
const eapMessageType = 79

/**
 * Decides one request, makes the decision durable, and answers it; never throws. Resolves when the reply was handed to the
 * socket, or a delayed one was scheduled.
 */
export async function runAccess(request: AccessRequest, signInId: string, tools: Tools): Promise<Verdict | null> {
  const started = tools.stopwatch()
  const at = tools.clock()
  const decided = await decide(openContext(request, at, signInId), tools)
  if (decided === 'joined') return null
  const { signIn } = decided
  const requests = signIn?.requests ?? [request]
  if (decided.kind === 'superseded') {
    if (signIn) tools.inHand.end(signIn)
    for (const each of requests) each.ignore()
    return null
  }
  const { context, trace } = decided
  let { verdict } = decided
  const reply = composeReply(verdict, request)
  const endedAtMs = tools.clock()
  const durationMs = tools.stopwatch() - started
  const round = packRound({ atMs: at, durationMs, request: request.packet, stages: trace, reply })
  try {
    // No accept before its event, and what it consumed, is durable; the other replies keep the same order.
    await tools.record(recordsOf(context, verdict, round, endedAtMs))
  } catch {
    verdict = verdict.kind === 'silence' ? verdict : { kind: 'reject', reason: 'log-unavailable' }
  }
  const final = verdict
  const answerAll = () => {
    if (signIn) tools.inHand.end(signIn)
    for (const each of requests) {
      try {
        const known = each === request && final === decided.verdict
        answer(each, known ? reply : composeReply(verdictFor(final, request, each), each))
      } catch (error) {
        // What the target wants in the reply does not fit into a packet together with ours.
        tools.onError(error, 'reply')
        each.ignore()
      }
    }
  }
  const elapsedMs = tools.stopwatch() - started
  if (final.kind === 'reject' && elapsedMs < rejectAfterMs) tools.later(rejectAfterMs - elapsedMs, answerAll)
  else answerAll()
  return final
}

type Decided =
  | {
      readonly kind: 'decided'
      readonly verdict: Verdict
      readonly context: Context
      readonly trace: PackedStage[]
      readonly signIn: SignInInHand | undefined
    }
  | { readonly kind: 'superseded'; readonly signIn: SignInInHand | undefined }

async function decide(opened: Context, tools: Tools): Promise<Decided | 'joined'> {
  const trace: PackedStage[] = []
  let context = opened
  let signIn: SignInInHand | undefined
  const decided = (verdict: Verdict, last: Context): Decided => {
    const retries = (signIn?.requests.length ?? 1) - 1
    if (retries > 0) trace.push(packStage('reply', 0, null, [fact('retries-joined', String(retries))]))
    return { kind: 'decided', verdict, context: last, trace, signIn }
  }
  for (const stage of stages) {
    // RFC 5080 §2.2.2: the device asked anew under the same identifier; nothing is consumed for an answer that it drops.
    if ((signIn?.requests ?? [context.request]).every(({ superseded }) => superseded)) {
      return { kind: 'superseded', signIn }
    }
    if (stage.name === 'conversation') {
      signIn = tools.inHand.begin(context)
      if (!signIn) return 'joined'
    }
    const from = tools.stopwatch()
    let step: Step
    try {
      const outcome = stage.run(context, tools)
      step = outcome instanceof Promise ? await outcome : outcome
    } catch (error) {
      tools.onError(error, stage.name)
      step = { end: { kind: 'reject', reason: 'internal-error' }, context, facts: [] }
    }
    const verdict = 'end' in step ? step.end : null
    trace.push(packStage(stage.name, tools.stopwatch() - from, verdict, step.facts))
    if ('end' in step) return decided(step.end, step.context)
    context = step.next
  }
  return decided({ kind: 'reject', reason: 'internal-error' }, context)
}

function answer(request: AccessRequest, reply: Reply | null): void {
  if (!reply) {
    request.ignore()
    return
  }
  // RFC 3579 §3.2: EAP-Message never goes without it.
  const isEap = reply.attributes.some(({ type }) => type === eapMessageType)
  request.respond({ ...reply, messageAuthenticator: isEap || request.client.messageAuthenticator !== 'never-send' })
}
