/** The challenges that wait for their answer, in memory; the journal has them too, so that they survive a restart. */
import { factorKind, signInReason } from '@sallyport/contract'
import { z } from 'zod'

import type { ChallengeTable, OpenChallenge } from '../access/open-challenge.ts'

const asks = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('oath') }),
  z.object({ kind: z.literal('sent-code'), requestId: z.string(), factor: factorKind }),
  z.object({ kind: z.enum(['approval', 'number']), requestId: z.string(), factor: z.literal('push') }),
  z.object({ kind: z.literal('new-pin'), first: z.string().nullable(), factor: factorKind, granted: signInReason }),
])

const stored = z.object({
  state: z.string(),
  expiresAtMs: z.number(),
  clientId: z.string(),
  userId: z.string(),
  usernameKey: z.string(),
  signInId: z.string(),
  startedAtMs: z.number(),
  round: z.number(),
  triesLeft: z.number(),
  held: z.object({ attributes: z.base64(), authenticator: z.base64() }).nullable(),
  passwordChange: z
    .union([
      z.object({ userId: z.string(), hash: z.string(), sealedNtHash: z.string() }),
      z.object({ sealed: z.string() }),
    ])
    .nullable()
    .default(null),
  groups: z.array(z.string()).default([]),
  passwordMark: z.string().nullable().default(null),
  relay: z.object({ serverId: z.string(), state: z.base64() }).nullable().default(null),
  asks: asks.default({ kind: 'oath' }),
})

/** More than this many people in the middle of a sign-in are an attack, or a site that needs a second server. */
const atMost = 50_000

export class ChallengesInMemory implements ChallengeTable {
  /** In the order of their expiry, for all live equally long. */
  readonly #open = new Map<string, OpenChallenge>()

  get size(): number {
    return this.#open.size
  }

  /** @param bodies JSON, as the engine wrote it before it was restarted */
  load(bodies: readonly string[]): void {
    const challenges = bodies.map((body) => stored.parse(JSON.parse(body)))
    for (const challenge of challenges.sort((a, b) => a.expiresAtMs - b.expiresAtMs)) this.open(challenge)
  }

  find(state: string): OpenChallenge | undefined {
    return this.#open.get(state)
  }

  take(state: string): boolean {
    return this.#open.delete(state)
  }

  all(): IterableIterator<OpenChallenge> {
    return this.#open.values()
  }

  /** It stays where it is, with no try left: its answer hears that it was cancelled. */
  cancel(state: string): void {
    const challenge = this.#open.get(state)
    if (challenge) this.#open.set(state, { ...challenge, triesLeft: 0 })
  }

  open(challenge: OpenChallenge): boolean {
    if (this.#open.size >= atMost) return false
    this.#open.set(challenge.state, challenge)
    return true
  }

  /** Forgets what expired over a minute ago; until then an answer hears that it came too late. */
  sweep(nowMs: number): void {
    for (const [state, { expiresAtMs }] of this.#open) {
      if (expiresAtMs > nowMs - 60_000) return
      this.#open.delete(state)
    }
  }
}
