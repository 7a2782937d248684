/** The walk of one Access-Request through the stages: it waits where they wait, makes the verdict durable, and answers. */
import { packRound, packStage, type PackedStage } from '../trace/packed-round.ts'
import type { AccessRequest } from './access-request.ts'
import { openContext, type Context } from './context.ts'
import type { SignInInHand } from './joining.ts'
import type { Ending, Waiter } from './pending.ts'
import { recordsOf } from './record.ts'
import { composeReply, type Reply } from './reply.ts'
import { stages } from './stages.ts'
import type { Tools } from './tools.ts'
import { verdictFor } from './verdict-for.ts'
import { fact, type Held, type Outcome, type Step, type Verdict } from './verdict.ts'

const nothing: readonly PackedStage[] = []
/** All rejects leave this long after their request, so that their time tells nothing about their reason. */
const rejectAfterMs = 1_000
const eapMessageType = 79

/**
 * Decides one request, makes the decision durable, and answers it; never throws. `ended` is called when the reply was handed to the
 * socket, or a delayed one was scheduled; with null where the request joined another one, or nobody waits for it any more.
 */
export function runAccess(
  request: AccessRequest,
  signInId: string,
  tools: Tools,
  ended: (verdict: Verdict | null) => void,
): void {
  new Walk(request, signInId, tools, ended).go()
}

/** One request on its way. Tens of thousands may wait for a target or a person at once: what a waiting one keeps is all here. */
class Walk implements Waiter {
  readonly #request: AccessRequest
  readonly #tools: Tools
  readonly #ended: (verdict: Verdict | null) => void
  readonly #startedMs: number
  readonly #atMs: number
  #context: Context
  #signIn: SignInInHand | undefined
  #held: Held | undefined
  /** What was noted before the last wait: one text takes less room than several. */
  #before = ''
  #trace: readonly PackedStage[] = nothing
  /** The stage that is next, or that is waited for, and when it began. */
  #stage = 0
  #stageFromMs = 0

  constructor(request: AccessRequest, signInId: string, tools: Tools, ended: (verdict: Verdict | null) => void) {
    this.#request = request
    this.#tools = tools
    this.#ended = ended
    this.#startedMs = tools.stopwatch()
    this.#atMs = tools.clock()
    this.#context = openContext(request, this.#atMs, signInId)
  }

  go(): void {
    try {
      this.#walk()
    } catch (error) {
      this.#break(error)
    }
  }

  get untilMs(): number {
    return this.#held?.untilMs ?? 0
  }

  /** Somebody decided, or nobody in time. */
  ended(ending: Ending): void {
    const held = this.#held
    if (!held) return
    this.#held = undefined
    try {
      // What nobody waits for takes nothing: an approval stays for the request that came in its place.
      if (this.#isGivenUp()) this.#giveUp()
      else this.#goOn(held.conclude(ending))
    } catch (error) {
      this.#goOn(this.#failed(error))
    }
  }

  /** Walks on as far as it can without waiting. */
  #walk(): void {
    const tools = this.#tools
    for (; this.#stage < stages.length; this.#stage++) {
      const stage = stages[this.#stage]
      if (!stage) break
      // RFC 5080 §2.2.2: the device asked anew under the same identifier; nothing is consumed for an answer that it drops.
      if (this.#isGivenUp()) {
        this.#giveUp()
        return
      }
      if (stage.name === 'conversation') {
        this.#signIn = tools.inHand.begin(this.#context)
        if (!this.#signIn) {
          this.#ended(null)
          return
        }
        this.#context = { ...this.#context, joinKey: this.#signIn.key }
      }
      this.#stageFromMs = tools.stopwatch()
      let outcome: Outcome | Promise<Outcome>
      try {
        outcome = stage.run(this.#context, tools)
      } catch (error) {
        outcome = this.#failed(error)
      }
      if (outcome instanceof Promise) {
        this.#waitFor(outcome)
        return
      }
      if (!this.#mayGoOn(outcome)) return
    }
    this.#conclude({ kind: 'reject', reason: 'internal-error' })
  }

  get #requests(): readonly AccessRequest[] {
    return this.#signIn?.requests ?? [this.#request]
  }

  #isGivenUp(): boolean {
    return this.#requests.every(({ superseded }) => superseded)
  }

  #waitFor(outcome: Promise<Outcome>): void {
    this.#rest()
    const goOn = (step: Outcome) => this.#goOn(step)
    outcome.then(goOn, (error: unknown) => this.#goOn(this.#failed(error)))
  }

  /** To the next stage; false: a person decides first, or this was the end. */
  #mayGoOn(outcome: Outcome): boolean {
    if ('heldFor' in outcome) {
      this.#held = outcome
      this.#context = outcome.context
      this.#tools.pending.wait(outcome.heldFor, this)
      return false
    }
    const verdict = this.#take(outcome)
    if (verdict) this.#conclude(verdict)
    return !verdict
  }

  /** With what was waited for. */
  #goOn(outcome: Outcome): void {
    try {
      if (!this.#mayGoOn(outcome)) return
      this.#stage++
      this.#walk()
    } catch (error) {
      this.#break(error)
    }
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
    if (name) this.#note(packStage(name, tookMs, verdict ?? null, step.facts))
    this.#context = 'end' in step ? step.context : step.next
    return verdict
  }

  #note(packed: PackedStage): void {
    this.#trace = [...this.#trace, packed]
  }

  #whole(): readonly PackedStage[] {
    return this.#before === '' ? this.#trace : [this.#before, ...this.#trace]
  }

  /** It may take a minute. */
  #rest(): void {
    this.#before = this.#whole().join(',')
    this.#trace = nothing
  }

  #giveUp(): void {
    if (this.#signIn) this.#tools.inHand.end(this.#signIn)
    for (const each of this.#requests) each.ignore()
    this.#ended(null)
  }

  /** A bug, or a verdict that cannot be written down: silence, and what the device sends next is decided anew. */
  #break(error: unknown): void {
    this.#tools.onError(error, 'access')
    this.#giveUp()
  }

  /** Makes the verdict durable, then answers. */
  #conclude(verdict: Verdict): void {
    const tools = this.#tools
    const request = this.#request
    const retries = this.#requests.length - 1
    if (retries > 0) this.#note(packStage('reply', 0, null, [fact('retries-joined', String(retries))]))
    const reply = composeReply(verdict, request)
    const endedAtMs = tools.clock()
    const durationMs = tools.stopwatch() - this.#startedMs
    const round = packRound({ atMs: this.#atMs, durationMs, request: request.packet, stages: this.#whole(), reply })
    // No accept before its event, and what it consumed, is durable; the other replies keep the same order.
    tools
      .record(recordsOf(this.#context, verdict, round, endedAtMs))
      .then(
        () => this.#answerAll(verdict, reply),
        () =>
          verdict.kind === 'silence'
            ? this.#answerAll(verdict, reply)
            : this.#answerAll({ kind: 'reject', reason: 'log-unavailable' }, undefined),
      )
      .catch((error: unknown) => this.#break(error))
  }

  /** @param known the reply to the request that led; undefined where it is another by now */
  #answerAll(verdict: Verdict, known: Reply | null | undefined): void {
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
    this.#ended(verdict)
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
