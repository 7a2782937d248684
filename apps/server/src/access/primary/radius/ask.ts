/**
 * One request on its way through the servers: asks them in their order until one answers or the device’s time is over. The next one
 * is asked when the one before failed, or is in doubt; whoever answers first decides.
 */
import type { Attribute, SharedSecret } from '@sallyport/radius'

import type { PrimaryOutcome, PrimaryQuestion } from '../../primary-target.ts'
import { Attempt, type AskedServer, type Asker, type LinkAnswer } from './attempt.ts'
import { attributesFor } from './request.ts'
import type { ServerLink } from './server-link.ts'

/** What is the same for every request of a target. */
export interface Asking {
  readonly clock: () => number
  /** What the end means for the sign-in. */
  readonly conclude: (asked: Asked, question: PrimaryQuestion) => PrimaryOutcome
}

export interface Missed {
  readonly server: string
  readonly problem: string
}

export type Asked =
  | {
      readonly kind: 'answered'
      readonly link: AskedServer
      readonly answer: Extract<LinkAnswer, { ok: true }>
      readonly missed: readonly Missed[]
    }
  | { readonly kind: 'nobody'; readonly missed: readonly Missed[] }

/** Whole seconds, so that the timers of thousands of requests share a few lists. */
const waitStepMs = 1_000
const nobodyMissed: readonly Missed[] = []

/** @param links in the order in which they are asked */
export function askServers(
  links: readonly ServerLink[],
  question: PrimaryQuestion,
  asking: Asking,
): Promise<PrimaryOutcome> {
  return new Promise((resolve, reject) => new Ask(links, question, asking, resolve, reject).next())
}

class Ask implements Asker {
  readonly #links: readonly ServerLink[]
  readonly #question: PrimaryQuestion
  readonly #asking: Asking
  readonly #resolve: (outcome: PrimaryOutcome) => void
  readonly #reject: (error: unknown) => void
  #missed = nobodyMissed
  #at = 0
  #open = 0
  #over = false

  constructor(
    links: readonly ServerLink[],
    question: PrimaryQuestion,
    asking: Asking,
    resolve: (outcome: PrimaryOutcome) => void,
    reject: (error: unknown) => void,
  ) {
    this.#links = links
    this.#question = question
    this.#asking = asking
    this.#resolve = resolve
    this.#reject = reject
  }

  get isEap(): boolean {
    return this.#question.method === 'eap'
  }

  attributes(authenticator: Uint8Array, secret: SharedSecret): readonly Attribute[] {
    return attributesFor(this.#question, authenticator, secret)
  }

  /** Asks the next server, if there is one and time. */
  next(): void {
    if (this.#over) return
    const link = this.#links[this.#at]
    const sentAtMs = this.#asking.clock()
    const leftMs = this.#question.deadlineMs - sentAtMs
    if (!link || leftMs <= 0) {
      if (this.#open === 0) this.#end({ kind: 'nobody', missed: this.#missed })
      return
    }
    this.#at++
    this.#open++
    const waitMs = Math.ceil(leftMs / waitStepMs) * waitStepMs
    // The servers that are left must have their part of the device's time.
    const patienceMs = leftMs / (this.#links.length - this.#at + 1)
    link.ask(new Attempt(link, this, { sentAtMs, patienceMs, waitMs }))
  }

  handedOver(attempt: Attempt, problem: string | undefined): void {
    attempt.isHandedOver = true
    if (problem !== undefined) this.#miss(attempt, problem)
    this.next()
  }

  settled(attempt: Attempt, answer: LinkAnswer): void {
    if (answer.ok) {
      this.#end({ kind: 'answered', link: attempt.link, answer, missed: this.#missed })
      return
    }
    this.#miss(attempt, answer.problem)
    if (!attempt.isHandedOver || this.#open === 0) this.next()
  }

  #miss(attempt: Attempt, problem: string): void {
    if (attempt.isMissed) return
    attempt.isMissed = true
    this.#open--
    this.#missed = [...this.#missed, { server: attempt.link.name, problem }]
  }

  #end(asked: Asked): void {
    if (this.#over) return
    this.#over = true
    try {
      this.#resolve(this.#asking.conclude(asked, this.#question))
    } catch (error) {
      this.#reject(error)
    }
  }
}
