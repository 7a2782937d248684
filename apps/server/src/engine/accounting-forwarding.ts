/** What the engine has to know of forwarding accounting: whether anybody takes it, and whether there is room to keep more. */
import type { EngineReader } from '@sallyport/store/engine'

import type { ForwardingTools } from '../accounting/to-forward.ts'

/** Accounting-Requests that may wait to be forwarded; each takes half a kilobyte on disk, and 5 kB at most. */
export const outboxLimit = 1_000_000

export class AccountingForwarding implements ForwardingTools {
  readonly #reader: Pick<EngineReader, 'target' | 'radiusTarget' | 'sealOutboxSecret'>
  #isTaken = false
  #rows = 0

  constructor(reader: Pick<EngineReader, 'target' | 'radiusTarget' | 'sealOutboxSecret'>) {
    this.#reader = reader
  }

  /** Takes what is saved now. */
  load(): void {
    this.#isTaken =
      this.#reader.target().kind === 'radius' &&
      this.#reader.radiusTarget().servers.some(({ accountingPort }) => accountingPort !== null)
  }

  /** As of a moment ago: what is on its way there comes on top. */
  holds(rows: number): void {
    this.#rows = rows
  }

  readonly wanted = () => (this.#isTaken ? (this.#rows >= outboxLimit ? 'full' : 'yes') : 'no')

  readonly seal = (clientId: string, sharedSecret: string) => this.#reader.sealOutboxSecret(clientId, sharedSecret)
}
