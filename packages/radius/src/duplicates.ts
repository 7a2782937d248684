/** Remembers requests in flight and replies given, so that a retransmission never makes the work be done twice. */

/** One request that was taken: in flight until it has a reply, or is forgotten. */
export interface RememberedRequest {
  readonly key: string
  /** 16 octets, one a character: as text they take a quarter of the room. */
  readonly authenticator: string
  /** What was answered; undefined while in flight. */
  reply: Uint8Array | undefined
  /** Set once a newer request took the same place, or the request was forgotten. */
  gone: boolean
  superseded: boolean
  expiresAtMs: number
  older: RememberedRequest | undefined
  newer: RememberedRequest | undefined
}

export type Arrival =
  | { readonly kind: 'new'; readonly entry: RememberedRequest; readonly superseded: boolean }
  | { readonly kind: 'in-flight' }
  | { readonly kind: 'answered'; readonly reply: Uint8Array }
  | { readonly kind: 'full' }

export interface DuplicateOptions {
  /** How long a reply is repeated. */
  readonly replyCacheMs: number
  /** Requests in flight; beyond it new ones are refused. */
  readonly pendingLimit: number
  /** Replies kept; beyond it the oldest is forgotten early. */
  readonly replyLimit: number
}

/**
 * The duplicate rules. A place is what a requester can reuse: source address and port, code, identifier. What
 * occupies it is told apart by its authenticator.
 * @see {@link https://www.rfc-editor.org/rfc/rfc5080#section-2.2.2 RFC 5080 §2.2.2}
 */
export class DuplicateTable {
  readonly #options: DuplicateOptions
  readonly #places = new Map<string, RememberedRequest>()
  /** Answered entries, a doubly linked list in the order of their answers, which is that of their expiry. */
  #oldest: RememberedRequest | undefined
  #newest: RememberedRequest | undefined
  #pending = 0
  #answered = 0

  constructor(options: DuplicateOptions) {
    this.#options = options
  }

  /** Requests in flight. */
  get pending(): number {
    return this.#pending
  }

  /** Replies kept for repetition. */
  get answered(): number {
    return this.#answered
  }

  /** Says what a verified request is, and takes it in when it is new. */
  arrive(key: string, authenticator: Uint8Array, nowMs: number): Arrival {
    this.expire(nowMs)
    const known = this.#places.get(key)
    const text = Buffer.from(authenticator.buffer, authenticator.byteOffset, authenticator.length).toString('latin1')
    // Not a secret's comparison: an authenticator travels in clear.
    if (known?.authenticator === text) {
      return known.reply ? { kind: 'answered', reply: known.reply } : { kind: 'in-flight' }
    }
    if (!known?.reply && known) {
      // RFC 5080 §2.2.2: the requester gave the older one up when it reused its identifier.
      known.superseded = true
    }
    if (known) this.#remove(known)
    if (this.#pending >= this.#options.pendingLimit) return { kind: 'full' }
    const entry: RememberedRequest = {
      key,
      authenticator: text,
      reply: undefined,
      gone: false,
      superseded: false,
      expiresAtMs: 0,
      older: undefined,
      newer: undefined,
    }
    this.#places.set(key, entry)
    this.#pending++
    return { kind: 'new', entry, superseded: known?.superseded ?? false }
  }

  /** Keeps the reply of a request in flight. */
  answer(entry: RememberedRequest, reply: Uint8Array, nowMs: number): void {
    if (entry.gone || entry.reply) return
    this.#pending--
    this.#answered++
    entry.reply = reply
    entry.expiresAtMs = nowMs + this.#options.replyCacheMs
    entry.older = this.#newest
    if (this.#newest) this.#newest.newer = entry
    else this.#oldest = entry
    this.#newest = entry
    if (this.#answered > this.#options.replyLimit && this.#oldest) this.#remove(this.#oldest)
  }

  /** Forgets a request in flight, so that its retransmission is new. */
  forget(entry: RememberedRequest): void {
    if (!entry.reply) this.#remove(entry)
  }

  /** Forgets replies whose time is over. */
  expire(nowMs: number): void {
    while (this.#oldest && this.#oldest.expiresAtMs <= nowMs) this.#remove(this.#oldest)
  }

  #remove(entry: RememberedRequest): void {
    if (entry.gone) return
    entry.gone = true
    this.#places.delete(entry.key)
    if (!entry.reply) {
      this.#pending--
      return
    }
    this.#answered--
    if (entry.older) entry.older.newer = entry.newer
    else this.#oldest = entry.newer
    if (entry.newer) entry.newer.older = entry.older
    else this.#newest = entry.older
    entry.older = undefined
    entry.newer = undefined
  }
}
