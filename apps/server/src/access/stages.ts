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
import { policy } from './policy.ts'
import { primary } from './primary.ts'
import { receive } from './receive.ts'
import { recordsOf } from './record.ts'
import { composeReply, type Reply } from './reply.ts'
import { secondFactor } from './second-factor.ts'
import type { Tools } from './tools.ts'
import { user } from './user.ts'
import type { Step, Verdict } from './verdict.ts'

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

/**
 * Decides one request, makes the decision durable, and answers it; never throws. Resolves when the reply was handed to the
 * socket, or a delayed one was scheduled.
 */
export async function runAccess(request: AccessRequest, signInId: string, tools: Tools): Promise<Verdict | null> {
  const started = tools.stopwatch()
  const at = tools.clock()
  const decided = await decide(openContext(request, at, signInId), tools)
  if (decided === null) {
    request.ignore()
    return null
  }
  const { context, trace } = decided
  let { verdict } = decided
  let reply = composeReply(verdict, request)
  const endedAtMs = tools.clock()
  const durationMs = tools.stopwatch() - started
  const round = packRound({ atMs: at, durationMs, request: request.packet, stages: trace, reply })
  try {
    // No accept before its event, and what it consumed, is durable; the other replies keep the same order.
    await tools.record(recordsOf(context, verdict, round, endedAtMs))
  } catch {
    verdict = verdict.kind === 'silence' ? verdict : { kind: 'reject', reason: 'log-unavailable' }
    reply = composeReply(verdict, request)
  }
  answer(request, reply, verdict, tools.stopwatch() - started, tools)
  return verdict
}

async function decide(
  opened: Context,
  tools: Tools,
): Promise<{ verdict: Verdict; context: Context; trace: PackedStage[] } | null> {
  const trace: PackedStage[] = []
  let context = opened
  for (const stage of stages) {
    // RFC 5080 §2.2.2: the device asked anew under the same identifier; nothing is consumed for an answer that it drops.
    if (context.request.superseded) return null
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
    if ('end' in step) return { verdict: step.end, context: step.context, trace }
    context = step.next
  }
  return { verdict: { kind: 'reject', reason: 'internal-error' }, context, trace }
}

function answer(request: AccessRequest, reply: Reply | null, verdict: Verdict, elapsedMs: number, tools: Tools): void {
  if (!reply) {
    request.ignore()
    return
  }
  const messageAuthenticator = request.client.messageAuthenticator !== 'never-send'
  const send = () => void request.respond({ ...reply, messageAuthenticator })
  if (verdict.kind === 'reject' && elapsedMs < rejectAfterMs) tools.later(rejectAfterMs - elapsedMs, send)
  else send()
}
