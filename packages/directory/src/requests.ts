/** The requests of one connection that wait for their answers: each answer is given to the request that it answers. */
import { LdapFailure } from './failure.ts'
import { serverProblem, type BindAnswer } from './outcomes.ts'
import { MalformedBer } from './wire/ber.ts'
import { type Entry, type Response } from './wire/decode.ts'
import { noCookie } from './wire/paged-results.ts'
import { responseTags } from './wire/tags.ts'

interface Limited {
  readonly timeoutMs: number
  readonly reject: (failure: LdapFailure) => void
}

interface BindRequest extends Limited {
  readonly kind: 'bind'
  readonly resolve: (answer: BindAnswer) => void
}

interface SearchRequest extends Limited {
  readonly kind: 'search'
  /** Most entries that are wanted; a server that sends more is believed about the first. */
  readonly sizeLimit: number
  readonly resolve: (entries: Entry[]) => void
}

/** One page of a search (RFC 2696): whatever is not whole is an error, for nobody may take a part for all. */
interface PageRequest extends Limited {
  readonly kind: 'page'
  readonly resolve: (page: Page) => void
}

/** Entries, and where the next page begins: an empty cookie after the last one. */
export interface Page {
  readonly entries: Entry[]
  readonly cookie: Buffer
}

type Request = BindRequest | SearchRequest | PageRequest

interface Waiting {
  readonly request: Request
  readonly startedAt: number
  deadlineAt: number
  entries: Entry[]
  octets: number
}

/** All entries of one search together. */
const longestAnswer = 64 * 1024 * 1024
/** Searches that were given up while the server answered others: their answers may still come. */
const mostLateSearches = 256
/** RFC 4511 §4.1.9: the server found more than were wanted, and those that were wanted have come. */
const sizeLimitExceeded = 4
/** 1 is left to StartTLS, so that no late answer to it can be one to anything else. */
const firstId = 2
const lastId = 0x7fff_ffff

export class Requests {
  readonly #waiting = new Map<number, Waiting>()
  #previousId = firstId - 1
  #lateSearches = 0
  #lastAnswerAt = performance.now()

  /** `performance.now()` of the last request that was answered. */
  get lastAnswerAt(): number {
    return this.#lastAnswerAt
  }

  get size(): number {
    return this.#waiting.size
  }

  /** A message ID that nothing else has which may still be answered (RFC 4511 §4.1.1.1). */
  nextId(): number {
    do this.#previousId = this.#previousId === lastId ? firstId : this.#previousId + 1
    while (this.#waiting.has(this.#previousId))
    return this.#previousId
  }

  /** Waits for the answer to this message; returns the deadline, of `performance.now()`. */
  add(messageId: number, request: Request): number {
    const startedAt = performance.now()
    const deadlineAt = startedAt + request.timeoutMs
    this.#waiting.set(messageId, { request, startedAt, deadlineAt, entries: noEntries, octets: 0 })
    return deadlineAt
  }

  /** Takes a message of so many octets. @throws MalformedBer for an answer to nothing that was asked */
  answer(response: Response, octets: number): void {
    const waiting = this.#waiting.get(response.messageId)
    if (waiting?.request.kind === 'bind' && response.tag === responseTags.bind) {
      this.#finish(response.messageId)
      waiting.request.resolve(response)
    } else if (waiting !== undefined && waiting.request.kind !== 'bind' && isAnswerToSearch(response)) {
      const { request } = waiting
      waiting.octets += octets
      if (waiting.octets > longestAnswer) throw new MalformedBer('an answer without end')
      if ('entry' in response) keep(waiting, request, response.entry)
      if (!('resultCode' in response)) return
      this.#finish(response.messageId)
      if (isLate(waiting)) this.#lateSearches -= 1
      const { resultCode, message } = response
      if (request.kind === 'page' && resultCode === 0) {
        request.resolve({ entries: waiting.entries, cookie: response.pageCookie ?? noCookie })
      } else if (request.kind === 'search' && (resultCode === 0 || resultCode === sizeLimitExceeded)) {
        request.resolve(waiting.entries)
      } else request.reject(serverProblem(resultCode, message))
    } else throw new MalformedBer('an answer to nothing that was asked')
  }

  /**
   * Rejects what has waited too long.
   * @returns the next deadline; undefined where the connection is not to be trusted any more
   */
  expire(now: number): number | undefined {
    let next = Infinity
    let isTrusted = true
    for (const waiting of this.#waiting.values()) {
      if (waiting.deadlineAt > now) {
        next = Math.min(next, waiting.deadlineAt)
        continue
      }
      // Others were answered meanwhile: it is this one search that is slow, and not the server.
      const isAlive = waiting.request.kind !== 'bind' && this.#lastAnswerAt > waiting.startedAt
      const problem = `The server did not answer within ${waiting.request.timeoutMs} ms.`
      waiting.request.reject(new LdapFailure('timeout', problem, { blamesServer: !isAlive }))
      if (!isAlive || ++this.#lateSearches > mostLateSearches) isTrusted = false
      waiting.deadlineAt = Infinity
      waiting.entries = noEntries
    }
    return isTrusted ? next : undefined
  }

  /** Rejects everything that waits. */
  fail(failure: LdapFailure): void {
    for (const { request } of this.#waiting.values()) request.reject(failure)
    this.#waiting.clear()
  }

  #finish(messageId: number): void {
    this.#waiting.delete(messageId)
    this.#lastAnswerAt = performance.now()
  }
}

/** What most requests have, and nothing is ever put into. */
const noEntries: Entry[] = []

function isLate({ deadlineAt }: Waiting): boolean {
  return deadlineAt === Infinity
}

function keep(waiting: Waiting, request: SearchRequest | PageRequest, entry: Entry): void {
  if (isLate(waiting)) return
  if (waiting.entries === noEntries) waiting.entries = [entry]
  else if (request.kind === 'page' || waiting.entries.length < request.sizeLimit) waiting.entries.push(entry)
}

function isAnswerToSearch({ tag }: Response): boolean {
  return tag === responseTags.entry || tag === responseTags.reference || tag === responseTags.searchDone
}
