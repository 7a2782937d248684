/**
 * The engine's end of the log: gathers records while the writer makes the group before durable, and lets those who wait go
 * on when theirs is on disk. One group in flight, no timer: the next group is whatever has gathered meanwhile.
 */
import type { JournalRecord } from '@sallyport/store/engine'

/** What goes to the writer: a group to append, or the wish that everything be moved into the tables. */
export type WriterRequest =
  | { readonly kind: 'append'; readonly records: readonly JournalRecord[] }
  | { readonly kind: 'drain'; readonly id: number }

export type WriterReply =
  | { readonly kind: 'durable' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'drained'; readonly id: number }

interface Waiter {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** More waiting records than this, and the disk has lost the race: new sign-ins are refused at once. */
const waitingAtMost = 100_000

export class DurableLog {
  readonly #send: (request: WriterRequest) => void
  #records: JournalRecord[] = []
  #waiters: Waiter[] = []
  #inFlight: Waiter[] | null = null
  readonly #drains = new Map<number, () => void>()
  #drainId = 0
  #writable = true

  constructor(send: (request: WriterRequest) => void) {
    this.#send = send
  }

  /** False after a group could not be written, until one can. */
  get writable(): boolean {
    return this.#writable
  }

  append(records: readonly JournalRecord[]): Promise<void> {
    if (this.#records.length >= waitingAtMost) return Promise.reject(new Error('the log is too far behind'))
    for (const record of records) this.#records.push(record)
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject })
      if (this.#inFlight === null) this.#flush()
    })
  }

  /** Resolves when everything that was durable when it was asked is in the tables. */
  drain(): Promise<void> {
    const id = ++this.#drainId
    return new Promise((resolve) => {
      this.#drains.set(id, resolve)
      this.#send({ kind: 'drain', id })
    })
  }

  receive(reply: WriterReply): void {
    if (reply.kind === 'drained') {
      this.#drains.get(reply.id)?.()
      this.#drains.delete(reply.id)
      return
    }
    const waiters = this.#inFlight ?? []
    this.#inFlight = null
    this.#writable = reply.kind === 'durable'
    if (this.#waiters.length > 0) this.#flush()
    if (reply.kind === 'durable') for (const waiter of waiters) waiter.resolve()
    else for (const waiter of waiters) waiter.reject(new Error(reply.message))
  }

  #flush(): void {
    const records = this.#records
    this.#inFlight = this.#waiters
    this.#records = []
    this.#waiters = []
    this.#send({ kind: 'append', records })
  }
}
