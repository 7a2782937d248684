/**
 * The engine's end of the log: gathers records while the writer makes the group before durable, and lets those who wait go
 * on when theirs is on disk. One group in flight, no timer: the next group is whatever has gathered meanwhile.
 */
import { encodeRecords, type JournalRecord } from '@sallyport/store/engine'

/** A group to append, for the writer: records as text, which crosses threads more cheaply than objects. */
export interface AppendRequest {
  readonly body: string
}

export type AppendReply = { readonly kind: 'durable' } | { readonly kind: 'failed'; readonly message: string }

interface Waiter {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** More sign-ins waiting than this, and the disk has lost the race: new sign-ins are refused at once. */
const waitingAtMost = 100_000

export class DurableLog {
  readonly #send: (request: AppendRequest) => void
  #pieces: string[] = []
  #waiters: Waiter[] = []
  #inFlight: Waiter[] | null = null
  #writable = true

  constructor(send: (request: AppendRequest) => void) {
    this.#send = send
  }

  /** False after a group could not be written, until one can. */
  get writable(): boolean {
    return this.#writable
  }

  append(records: readonly JournalRecord[]): Promise<void> {
    if (this.#pieces.length >= waitingAtMost) return Promise.reject(new Error('the log is too far behind'))
    this.#pieces.push(encodeRecords(records))
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject })
      if (this.#inFlight === null) this.#flush()
    })
  }

  receive(reply: AppendReply): void {
    const waiters = this.#inFlight ?? []
    this.#inFlight = null
    this.#writable = reply.kind === 'durable'
    if (this.#waiters.length > 0) this.#flush()
    if (reply.kind === 'durable') for (const waiter of waiters) waiter.resolve()
    else for (const waiter of waiters) waiter.reject(new Error(reply.message))
  }

  #flush(): void {
    const body = this.#pieces.join('\n')
    this.#inFlight = this.#waiters
    this.#pieces = []
    this.#waiters = []
    this.#send({ body })
  }
}
