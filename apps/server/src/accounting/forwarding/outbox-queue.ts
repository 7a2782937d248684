/**
 * The outbox as the forwarder sees it: whose turn is next. Rows are read a page at a time; those of one session go one after the
 * other, and a session that no server wants waits by itself, its rows left where they are, while the others go on.
 */
import type { OutboxReader, OutboxRow } from '@sallyport/store/engine'

interface Session {
  readonly key: number
  /** Read and not acknowledged, oldest first. */
  rows: readonly OutboxRow[]
  /** Its first row is with a server. */
  busy: boolean
  /** Times in a row that no server acknowledged its first row. */
  failures: number
  /** Rows from this one up to where pages have been read are read by session; undefined: its rows come with the pages. */
  readFrom: number | undefined
  retryAtMs: number
}

const rowsAPage = 500
/** Rows in memory; another page is read below it. */
const rowsAtLeast = 250
const rowsAtMost = 2_000
const pagesAtOnce = 8
/** Those of one session; what follows is read when they are gone. */
const rowsOfASession = 32
/** Beyond, nothing more is read until one of them goes on: what they are costs memory. */
const waitingAtMost = 10_000

export class OutboxQueue {
  readonly #reader: Pick<OutboxReader, 'after' | 'ofSession'>
  #readTo = 0
  #mayHoldMore = true
  #rows = 0
  readonly #sessions = new Map<number, Session>()
  readonly #ready = new Set<Session>()
  readonly #waiting = new Set<Session>()

  constructor(reader: Pick<OutboxReader, 'after' | 'ofSession'>) {
    this.#reader = reader
  }

  /** Rows in memory. */
  get rows(): number {
    return this.#rows
  }
  /** Sessions whose first row was acknowledged by no server, and that are tried again later. */
  get waiting(): number {
    return this.#waiting.size
  }

  /** Something was put into the outbox. */
  more(): void {
    this.#mayHoldMore = true
  }

  /** The next row to send; its session waits for what becomes of it. */
  next(): OutboxRow | undefined {
    for (let pages = 0; pages < pagesAtOnce && this.#ready.size === 0; pages++) if (!this.#readPage()) break
    if (this.#rows < rowsAtLeast) this.#readPage()
    for (const session of this.#ready) {
      this.#ready.delete(session)
      session.busy = true
      return session.rows[0]
    }
    return undefined
  }

  acknowledged({ id, sessionKey }: OutboxRow): void {
    const session = this.#handedOut(id, sessionKey)
    if (!session) return
    session.busy = false
    session.failures = 0
    session.rows = session.rows.slice(1)
    this.#rows--
    if (session.rows.length === 0 && session.readFrom !== undefined) this.#readSession(session, id + 1)
    if (session.rows.length === 0) this.#sessions.delete(sessionKey)
    else this.#ready.add(session)
  }

  /** No server could be asked, which is no fault of this row: it is next as soon as one can. */
  returned({ id, sessionKey }: OutboxRow): void {
    const session = this.#handedOut(id, sessionKey)
    if (!session) return
    session.busy = false
    this.#ready.add(session)
  }

  /**
   * Servers that live did not acknowledge it: the session is tried again later.
   * @param delayMs how much later, by how often that has happened now
   */
  refused({ id, sessionKey }: OutboxRow, nowMs: number, delayMs: (failures: number) => number): void {
    const session = this.#handedOut(id, sessionKey)
    if (!session) return
    session.busy = false
    session.failures++
    session.retryAtMs = nowMs + delayMs(session.failures)
    session.readFrom = id
    this.#rows -= session.rows.length
    session.rows = []
    this.#waiting.add(session)
  }

  /** Lets sessions go on whose time has come. */
  wake(nowMs: number): void {
    for (const session of this.#waiting) {
      if (this.#rows >= rowsAtMost) return
      if (session.retryAtMs > nowMs) continue
      this.#waiting.delete(session)
      this.#readSession(session, session.readFrom ?? 0)
      if (session.rows.length === 0) this.#sessions.delete(session.key)
      else this.#ready.add(session)
    }
  }

  /** Rows up to this one are of no interest any more. */
  forget(upToId: number): void {
    this.#sessions.clear()
    this.#ready.clear()
    this.#waiting.clear()
    this.#rows = 0
    this.#readTo = Math.max(this.#readTo, upToId)
    this.#mayHoldMore = true
  }

  /** The session, if this row of it is still the one that was handed out. */
  #handedOut(id: number, sessionKey: number): Session | undefined {
    const session = this.#sessions.get(sessionKey)
    return session?.busy && session.rows[0]?.id === id ? session : undefined
  }

  /** False where nothing is left to read, or nothing may be read now. */
  #readPage(): boolean {
    if (!this.#mayHoldMore || this.#rows >= rowsAtMost || this.#waiting.size >= waitingAtMost) return false
    const page = this.#reader.after(this.#readTo, rowsAPage)
    this.#mayHoldMore = page.length === rowsAPage
    for (const row of page) {
      this.#readTo = row.id
      this.#take(row)
    }
    return this.#mayHoldMore
  }

  #take(row: OutboxRow): void {
    const known = this.#sessions.get(row.sessionKey)
    // It is found where the session is read.
    if (known?.readFrom !== undefined) return
    if (known && known.rows.length >= rowsOfASession) {
      known.readFrom = row.id
      return
    }
    this.#rows++
    if (known) {
      known.rows = [...known.rows, row]
      return
    }
    const key = row.sessionKey
    const session = { key, rows: [row], busy: false, failures: 0, readFrom: undefined, retryAtMs: 0 }
    this.#sessions.set(key, session)
    this.#ready.add(session)
  }

  #readSession(session: Session, fromId: number): void {
    const rows = this.#reader.ofSession(session.key, fromId, this.#readTo, rowsOfASession)
    session.rows = rows
    session.readFrom = rows.length === 0 ? undefined : fromId
    this.#rows += rows.length
  }
}
