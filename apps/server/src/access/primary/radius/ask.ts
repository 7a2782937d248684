/**
 * One request on its way through the servers: asks them in their order until one answers or the device’s time is over. The next one
 * is asked when the one before failed, or is in doubt; whoever answers first decides.
 */
import type { Attribute, SharedSecret } from '@sallyport/radius'

import type { LinkAnswer, ServerLink, Waiting } from './server-link.ts'

export interface Asking {
  /** In the order in which they are asked; at least one. */
  readonly links: readonly ServerLink[]
  /** Hidden for this server and this request authenticator. */
  readonly attributes: (authenticator: Uint8Array, secret: SharedSecret) => readonly Attribute[]
  readonly isEap: boolean
  /** Milliseconds since 1970. */
  readonly deadlineMs: number
  readonly clock: () => number
}

export interface Missed {
  readonly server: string
  readonly problem: string
}

export type Asked =
  | {
      readonly kind: 'answered'
      readonly link: ServerLink
      readonly answer: Answer
      readonly missed: readonly Missed[]
    }
  | { readonly kind: 'nobody'; readonly missed: readonly Missed[] }

type Answer = Extract<LinkAnswer, { ok: true }>

/** Whole seconds, so that the timers of thousands of requests share a few lists. */
const waitStepMs = 1_000

export function askServers(asking: Asking): Promise<Asked> {
  return new Promise((resolve) => new Ask(asking, resolve).next())
}

class Ask {
  readonly #asking: Asking
  readonly #resolve: (asked: Asked) => void
  readonly #missed: Missed[] = []
  #at = 0
  #open = 0
  #over = false

  constructor(asking: Asking, resolve: (asked: Asked) => void) {
    this.#asking = asking
    this.#resolve = resolve
  }

  /** Asks the next server, if there is one and time. */
  next(): void {
    if (this.#over) return
    const { links, clock, deadlineMs, attributes, isEap } = this.#asking
    const link = links[this.#at]
    const sentAtMs = clock()
    const leftMs = deadlineMs - sentAtMs
    if (!link || leftMs <= 0) {
      if (this.#open === 0) this.#end({ kind: 'nobody', missed: this.#missed })
      return
    }
    this.#at++
    this.#open++
    let handedOver = false
    let failed = false
    const fail = (problem: string) => {
      if (failed) return
      failed = true
      this.#open--
      this.#missed.push({ server: link.name, problem })
    }
    const waiting: Waiting = {
      sentAtMs,
      // The servers that are left must have their part of the device's time.
      patienceMs: leftMs / (links.length - this.#at + 1),
      handOver: (problem) => {
        handedOver = true
        if (problem !== undefined) fail(problem)
        this.next()
      },
    }
    const waitMs = Math.ceil(leftMs / waitStepMs) * waitStepMs
    void link.ask(attributes, isEap, waitMs, waiting).then((answer) => {
      if (answer.ok) {
        this.#end({ kind: 'answered', link, answer, missed: this.#missed })
        return
      }
      fail(answer.problem)
      if (!handedOver || this.#open === 0) this.next()
    })
  }

  #end(asked: Asked): void {
    if (this.#over) return
    this.#over = true
    this.#resolve(asked)
  }
}
