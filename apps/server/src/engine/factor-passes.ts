/** The second factors that caching rules remember, in bounded memory. */
import type { FactorPassRow } from '@sallyport/store/engine'

import type { FactorPasses } from '../access/tools.ts'

const passesAtMost = 500_000

export class FactorPassesInMemory implements FactorPasses {
  /** The oldest first. */
  readonly #byKey = new Map<string, FactorPassRow>()
  readonly #keysOf = new Map<string, Set<string>>()

  constructor(passes: Iterable<FactorPassRow>) {
    for (const pass of passes) this.remember(pass)
  }

  expiryOf(key: string, nowMs: number): number | null {
    const pass = this.#byKey.get(key)
    return pass !== undefined && pass.expiresAtMs > nowMs ? pass.expiresAtMs : null
  }

  remember(pass: FactorPassRow): void {
    this.#drop(pass.key)
    if (this.#byKey.size >= passesAtMost) {
      const oldest = this.#byKey.keys().next()
      if (!oldest.done) this.#drop(oldest.value)
    }
    this.#byKey.set(pass.key, pass)
    const keys = this.#keysOf.get(pass.userId)
    if (keys) keys.add(pass.key)
    else this.#keysOf.set(pass.userId, new Set([pass.key]))
  }

  forget(userId: string): void {
    for (const key of this.#keysOf.get(userId) ?? []) this.#byKey.delete(key)
    this.#keysOf.delete(userId)
  }

  /** Looks at a part of them each time: those that were remembered first. */
  sweep(nowMs: number): void {
    let looked = 0
    for (const [key, { expiresAtMs }] of this.#byKey) {
      if (expiresAtMs <= nowMs) this.#drop(key)
      if (++looked >= 10_000) return
    }
  }

  #drop(key: string): void {
    const pass = this.#byKey.get(key)
    if (!pass) return
    this.#byKey.delete(key)
    const keys = this.#keysOf.get(pass.userId)
    keys?.delete(key)
    if (keys?.size === 0) this.#keysOf.delete(pass.userId)
  }
}
