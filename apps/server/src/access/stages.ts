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
export function runAccess(request: AccessRequest, signInId: string, tools: Tools): Promise<Verdict | null> {
  const outcome = new Walk(request, signInId, tools).go()
  return outcome instanceof Promise ? outcome : Promise.resolve(outcome)
}

/** One request on its way. Tens of thousands may wait for a target or a person at once: what a waiting one keeps is all here. */
class Walk {
  readonly #request: AccessRequest
  readonly #tools: Tools
  readonly #startedMs: number
  readonly #atMs: number
  #context: Context
  #signIn: SignInInHand | undefined
  #trace: PackedStage[] = []
  /** The stage that is next, or that is waited for, and when it began. */
  #stage = 0
  #stageFromMs = 0

  constructor(request: AccessRequest, signInId: string, tools: Tools) {
    this.#request = request
    this.#tools = tools
    this.#startedMs = tools.stopwatch()
    this.#atMs = tools.clock()
    this.#context = openContext(request, this.#atMs, signInId)
  }

  /** Walks on as far as it can without waiting. */
  go(): Verdict | null | Promise<Verdict | null> {
    const tools = this.#tools
    for (; this.#stage < stages.length; this.#stage++) {
      const stage = stages[this.#stage]
      if (!stage) break
      // RFC 5080 §2.2.2: the device asked anew under the same identifier; nothing is consumed for an answer that it drops.
      if (this.#requests.every(({ superseded }) => superseded)) return this.#giveUp()
      if (stage.name === 'conversation') {
        this.#signIn = tools.inHand.begin(this.#context)
        if (!this.#signIn) return null
        this.#context = { ...this.#context, joinKey: this.#signIn.key }
      }
      this.#stageFromMs = tools.stopwatch()
      let outcome: Step | Promise<Step>
      try {
        outcome = stage.run(this.#context, tools)
      } catch (error) {
        outcome = this.#failed(error)
      }
      if (outcome instanceof Promise) return this.#waitFor(outcome)
      const verdict = this.#take(outcome)
      if (verdict) return this.#conclude(verdict)
    }
    return this.#conclude({ kind: 'reject', reason: 'internal-error' })
  }

  get #requests(): readonly AccessRequest[] {
    return this.#signIn?.requests ?? [this.#request]
  }

  #waitFor(outcome: Promise<Step>): Promise<Verdict | null> {
    // One text takes less room than several.
    this.#trace = [this.#trace.join(',')]
    const walkOn = (step: Step) => {
      const verdict = this.#take(step)
      if (verdict) return this.#conclude(verdict)
      this.#stage++
      return this.go()
    }
    return outcome.then(walkOn, (error: unknown) => walkOn(this.#failed(error)))
  }

  #failed(error: unknown): Step {
    this.#tools.onError(error, stages[this.#stage]?.name ?? '')
    return { end: { kind: 'reject', reason: 'internal-error' }, context: this.#context, facts: [] }
  }

  /** What a stage has said: its part of the trace, and the verdict if there is one. */
  #take(step: Step): Verdict | undefined {
    const verdict = 'end' in step ? step.end : undefined
    const name = stages[this.#stage]?.name
    const tookMs = this.#tools.stopwatch() - this.#stageFromMs
    if (name) this.#trace.push(packStage(name, tookMs, verdict ?? null, step.facts))
    this.#context = 'end' in step ? step.context : step.next
    return verdict
  }

  #giveUp(): null {
    if (this.#signIn) this.#tools.inHand.end(this.#signIn)
    for (const each of this.#requests) each.ignore()
    return null
  }

  /** Makes the verdict durable, then answers. */
  #conclude(verdict: Verdict): Promise<Verdict> {
    const tools = this.#tools
    const request = this.#request
    const retries = this.#requests.length - 1
    if (retries > 0) this.#trace.push(packStage('reply', 0, null, [fact('retries-joined', String(retries))]))
    const reply = composeReply(verdict, request)
    const endedAtMs = tools.clock()
    const durationMs = tools.stopwatch() - this.#startedMs
    const round = packRound({ atMs: this.#atMs, durationMs, request: request.packet, stages: this.#trace, reply })
    // No accept before its event, and what it consumed, is durable; the other replies keep the same order.
    return tools.record(recordsOf(this.#context, verdict, round, endedAtMs)).then(
      () => this.#answerAll(verdict, reply),
      () =>
        verdict.kind === 'silence'
          ? this.#answerAll(verdict, reply)
          : this.#answerAll({ kind: 'reject', reason: 'log-unavailable' }, undefined),
    )
  }

  /** @param known the reply to the request that led; undefined where it is another by now */
  #answerAll(verdict: Verdict, known: Reply | null | undefined): Verdict {
    const tools = this.#tools
    const request = this.#request
    const answerNow = () => {
      if (this.#signIn) tools.inHand.end(this.#signIn)
      for (const each of this.#requests) {
        try {
          const isKnown = each === request && known !== undefined
          answer(each, isKnown ? known : composeReply(verdictFor(verdict, request, each), each))
        } catch (error) {
          // What the target wants in the reply does not fit into a packet together with ours.
          tools.onError(error, 'reply')
          each.ignore()
        }
      }
    }
    const elapsedMs = tools.stopwatch() - this.#startedMs
    if (verdict.kind === 'reject' && elapsedMs < rejectAfterMs) tools.later(rejectAfterMs - elapsedMs, answerNow)
    else answerNow()
    return verdict
  }
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
