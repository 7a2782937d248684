/** How requests to people ended that are over: remembered for a while, for whoever asks or decides too late. */
import type { Ending } from '../access/pending.ts'

const rememberedForMs = 600_000

export class EndedRequests {
  /** In the order of their time. */
  readonly #byId = new Map<string, { readonly untilMs: number; readonly ending: Ending }>()

  add(id: string, ending: Ending, nowMs: number): void {
    this.#byId.delete(id)
    this.#byId.set(id, { untilMs: nowMs + rememberedForMs, ending })
  }

  /** Undefined where nobody remembers. */
  of(id: string): Ending | undefined {
    return this.#byId.get(id)?.ending
  }

  sweep(nowMs: number): void {
    for (const [id, { untilMs }] of this.#byId) {
      if (untilMs > nowMs) break
      this.#byId.delete(id)
    }
  }
}
