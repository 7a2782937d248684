/**
 * Whoever is asked to type something at the device: their sign-ins wait as challenges, of which the main thread is told only when
 * somebody looks (a message for each would cost every sign-in two).
 */
import type { FactorKind } from '@sallyport/contract'
import type { EngineClient, JournalRecord } from '@sallyport/store/engine'

import type { OpenChallenge } from '../access/open-challenge.ts'
import type { UserTable } from '../access/tools.ts'
import type { OpenQuestion, OpenQuestions } from '../bus/pending.ts'
import type { ChallengesInMemory } from './challenge-table.ts'

export interface QuestionsNeeds {
  readonly challenges: Pick<ChallengesInMemory, 'all' | 'cancel'>
  readonly users: Pick<UserTable, 'byId'>
  readonly clientOf: (id: string) => EngineClient | undefined
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly append: (records: readonly JournalRecord[]) => Promise<void>
}

export class QuestionsAtDevices {
  readonly #needs: QuestionsNeeds

  constructor(needs: QuestionsNeeds) {
    this.#needs = needs
  }

  /** So many of those who were asked first, and how many there are. */
  list(atMost: number): OpenQuestions {
    const first: OpenQuestion[] = []
    let total = 0
    for (const { challenge, method } of this.#waiting()) {
      total++
      if (first.length < atMost) first.push(this.#describe(challenge, method))
    }
    return { total, first }
  }

  /** The answer that comes from the device all the same is refused. Resolves with false where nothing waits under this id. */
  async cancel(signInId: string): Promise<boolean> {
    for (const { challenge } of this.#waiting()) {
      if (challenge.signInId !== signInId) continue
      this.#needs.challenges.cancel(challenge.state)
      await this.#needs.append([{ kind: 'challenge-closed', state: challenge.state }])
      return true
    }
    return false
  }

  *#waiting(): Generator<{ readonly challenge: OpenChallenge; readonly method: FactorKind }> {
    const now = this.#needs.clock()
    for (const challenge of this.#needs.challenges.all()) {
      const method = methodOf(challenge)
      const isOpen = challenge.expiresAtMs > now && challenge.triesLeft > 0
      if (method !== null && isOpen) yield { challenge, method }
    }
  }

  #describe(challenge: OpenChallenge, method: FactorKind): OpenQuestion {
    const { signInId, userId, clientId, startedAtMs, expiresAtMs } = challenge
    const client = this.#needs.clientOf(clientId)
    return {
      ...{ signInId, userId, method, startedAtMs, expiresAtMs },
      username: this.#needs.users.byId(userId)?.username ?? challenge.usernameKey,
      applicationName: client === undefined ? '' : client.applicationName || client.address,
    }
  }
}

/** Null where the table of pending requests has it, or nobody is asked for a factor of ours. */
function methodOf({ asks, relay }: OpenChallenge): FactorKind | null {
  if (relay) return null
  if (asks.kind === 'oath') return 'oath'
  return asks.kind === 'new-pin' ? asks.factor : null
}
