/** The users in the engine's memory: found by name, ahead of the database by what the engine itself has just decided. */
import { accountPart, usernameKey, type EngineBlock, type EnginePin, type EngineUser } from '@sallyport/store/engine'

import type { UserTable } from '../access/tools.ts'

/** Longer than any bypass lasts, twice over. */
const spentKeptMs = 2 * 86_400_000

export class UsersInMemory implements UserTable {
  readonly #byId = new Map<string, EngineUser>()
  readonly #byKey = new Map<string, EngineUser>()
  /** By id, until when they would have counted, ms. */
  readonly #spentBypasses = new Map<string, number>()

  load(users: Iterable<EngineUser>): void {
    for (const user of users) this.put(user)
  }

  /** Takes what is in the database now; time steps that were spent meanwhile stay spent. */
  put(user: EngineUser): void {
    const before = this.#byId.get(user.id)
    // Another may have the name by now: two who swap theirs are told of one after the other.
    if (before && this.#byKey.get(before.usernameKey)?.id === user.id) this.#byKey.delete(before.usernameKey)
    const known = new Map(before?.tokens.map((token) => [token.id, token]))
    const tokens = user.tokens.map((token) => {
      const spent = known.get(token.id)
      if (!spent || (spent.lastUsedStep ?? -1) <= (token.lastUsedStep ?? -1)) return token
      return { ...token, lastUsedStep: spent.lastUsedStep, driftSteps: spent.driftSteps }
    })
    const bypasses = user.bypasses.filter(({ id }) => !this.#spentBypasses.has(id))
    this.#set({ ...user, tokens, bypasses })
  }

  remove(id: string): void {
    const user = this.#byId.get(id)
    if (!user) return
    this.#byId.delete(id)
    if (this.#byKey.get(user.usernameKey)?.id === id) this.#byKey.delete(user.usernameKey)
  }

  byId(id: string): EngineUser | undefined {
    return this.#byId.get(id)
  }

  find(names: readonly string[]): EngineUser | undefined {
    for (const name of names) {
      const found = this.#byKey.get(usernameKey(name)) ?? this.#byKey.get(usernameKey(accountPart(name)))
      if (found) return found
    }
    return undefined
  }

  spendStep(user: EngineUser, tokenId: string, step: number, drift: number): boolean {
    const now = this.#byId.get(user.id)
    const token = now?.tokens.find(({ id }) => id === tokenId)
    if (!now || !token || (token.lastUsedStep !== null && token.lastUsedStep >= step)) return false
    this.#set({
      ...now,
      tokens: now.tokens.map((other) =>
        other === token ? { ...token, lastUsedStep: step, driftSteps: drift } : other,
      ),
    })
    return true
  }

  spendBypass(userId: string, bypassId: string): boolean {
    const now = this.#byId.get(userId)
    const bypass = now?.bypasses.find(({ id }) => id === bypassId)
    if (!now || !bypass) return false
    // Until it has expired by itself: what is read anew may be behind what was just used up.
    for (const [id, expiresAtMs] of this.#spentBypasses)
      if (expiresAtMs < bypass.expiresAtMs - spentKeptMs) this.#spentBypasses.delete(id)
    this.#spentBypasses.set(bypassId, bypass.expiresAtMs)
    this.#set({ ...now, bypasses: now.bypasses.filter((other) => other !== bypass) })
    return true
  }

  block(userId: string, block: EngineBlock): void {
    const now = this.#byId.get(userId)
    if (now) this.#set({ ...now, block })
  }

  setFailures(user: EngineUser, failures: readonly number[], lockedUntilMs: number | null): void {
    const now = this.#byId.get(user.id)
    if (now) this.#set({ ...now, factorFailures: failures, factorLockedUntil: lockedUntilMs })
  }

  setPin(userId: string, pin: EnginePin): void {
    const now = this.#byId.get(userId)
    if (now) this.#set({ ...now, pin })
  }

  #set(user: EngineUser): void {
    this.#byId.set(user.id, user)
    this.#byKey.set(user.usernameKey, user)
  }
}
