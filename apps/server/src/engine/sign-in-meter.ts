/** Counts how sign-ins end, for whoever reads the metrics: by client and result, and how long they took. */
import type { SignInResult } from '@sallyport/contract'
import type { JournalRecord } from '@sallyport/store/engine'

import type { SignInFigures } from '../bus/notices.ts'

/** Seconds; the long ones are people who are asked. */
export const bucketSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const
/** Of further clients the sum is kept alone: what reads metrics must not be flooded with series. */
const clientsAtMost = 200
export const otherClients = 'other'

export class SignInMeter {
  readonly #counts = new Map<string, Record<SignInResult, number>>()
  readonly #buckets = bucketSeconds.map(() => 0)
  #seconds = 0
  #count = 0

  note(records: readonly JournalRecord[]): void {
    for (const record of records) {
      if (record.kind !== 'sign-in' || record.signIn.test === true) continue
      const { clientName, result, count, durationMs } = record.signIn
      const counts = this.#countsOf(clientName ?? '')
      counts[result] += count
      // Silence is no answer that took time, and a question no end.
      if (result === 'accepted' || result === 'rejected') this.#took(durationMs / 1000)
    }
  }

  figures(): SignInFigures {
    return {
      clients: [...this.#counts].map(([client, counts]) => ({ client, ...counts })),
      buckets: bucketSeconds.map((upTo, index) => ({ upTo, count: this.#buckets[index] ?? 0 })),
      seconds: this.#seconds,
      count: this.#count,
    }
  }

  #countsOf(client: string): Record<SignInResult, number> {
    const isNew = !this.#counts.has(client)
    const name = isNew && this.#counts.size >= clientsAtMost ? otherClients : client
    let counts = this.#counts.get(name)
    if (counts === undefined) {
      counts = { accepted: 0, rejected: 0, challenged: 0, unanswered: 0 }
      this.#counts.set(name, counts)
    }
    return counts
  }

  #took(seconds: number): void {
    this.#seconds += seconds
    this.#count += 1
    const bucket = bucketSeconds.findIndex((upTo) => seconds <= upTo)
    if (bucket !== -1) this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1
  }
}
