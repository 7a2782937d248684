/** Stands between a server and the client library: nothing reaches the library but well-formed answers to its requests. */
import { type Socket } from 'node:net'
import { Writable } from 'node:stream'

import { BerCursor, elementLength, MalformedBer } from './ber.ts'
import { LdapFailure } from './failure.ts'
import { checkResponse, responseTags } from './response.ts'

/** An entry with a photograph or a large group fits; no message may take more memory before it is whole. */
const longestMessage = 16 * 1024 * 1024
/** All entries of one search together. */
const longestAnswer = 64 * 1024 * 1024

const requestTags = { bind: 0x60, search: 0x63, unbind: 0x42 } as const

/** Which responses answer a request: the client library takes a SearchResultDone for a successful bind. */
const answers: Readonly<Record<number, readonly number[]>> = {
  [requestTags.bind]: [responseTags.bind],
  [requestTags.search]: [responseTags.entry, responseTags.reference, responseTags.searchDone],
}

/** A request that is not answered yet. */
interface Awaited {
  readonly answers: readonly number[]
  octets: number
}

/**
 * What the client library gets in place of its socket: it writes requests, and is handed one whole message with every
 * 'data' event. ldapts 8.2.0 loops without end on some malformed messages, which no time limit can interrupt; reads a
 * missing result code as success; and forgets what else came in the same packet as a message that it cannot read.
 */
export class GuardedSocket extends Writable {
  /** What the client library asks a socket before it uses it: this one is handed over when it stands already. */
  readonly connecting = false
  readonly readyState = 'open'
  readonly #socket: Socket
  readonly #onMalformed: (failure: LdapFailure) => void
  readonly #awaited = new Map<number, Awaited>()
  /** The beginning of a message, in the pieces that it came in. */
  #pieces: Buffer[] = []
  #received = 0
  #wanted = 0

  constructor(socket: Socket, onMalformed: (failure: LdapFailure) => void) {
    super({ decodeStrings: false })
    this.#socket = socket
    this.#onMalformed = onMalformed
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.once('close', () => this.destroy())
  }

  override _write(request: Buffer, _encoding: string, done: () => void): void {
    this.#expect(request)
    if (this.#socket.write(request)) done()
    else this.#socket.once('drain', done)
  }

  override _destroy(_error: Error | null, done: () => void): void {
    this.#pieces = []
    this.#awaited.clear()
    this.#socket.destroy()
    // No error of this stream: the failure is told already, and the library learns from 'close' that its requests are lost.
    done()
  }

  /** Remembers what a request may be answered with. */
  #expect(request: Buffer): void {
    const cursor = new BerCursor(request)
    cursor.enter(0x30)
    const messageId = cursor.integer(0x02)
    const tag = cursor.peek() ?? 0
    const expected = answers[tag]
    if (expected) this.#awaited.set(messageId, { answers: expected, octets: 0 })
    else if (tag !== requestTags.unbind) throw new Error('the guard knows no answers to this request')
  }

  #receive(chunk: Buffer): void {
    try {
      this.#pieces.push(chunk)
      this.#received += chunk.length
      if (this.#received < this.#wanted) return
      const bytes = this.#pieces.length === 1 ? chunk : Buffer.concat(this.#pieces, this.#received)
      const taken = this.#deliver(bytes)
      const rest = bytes.subarray(taken)
      this.#pieces = rest.length === 0 ? [] : [rest]
      this.#received = rest.length
      this.#wanted = messageLength(rest)
    } catch (error) {
      this.#refuse(error)
    }
  }

  /** Hands over the whole messages at the beginning, and returns how many octets they took. */
  #deliver(bytes: Buffer): number {
    let offset = 0
    while (offset < bytes.length && !this.destroyed) {
      const length = messageLength(bytes, offset)
      if (length === 0 || length > bytes.length - offset) break
      const message = bytes.subarray(offset, offset + length)
      offset += length
      if (this.#isAwaited(message)) this.emit('data', message)
    }
    return offset
  }

  #isAwaited(message: Buffer): boolean {
    const { messageId, tag, resultCode } = checkResponse(message)
    // RFC 4511 §4.4: an unsolicited notification. The one that there is announces that the server closes the connection.
    if (messageId === 0 && tag === responseTags.extended) return false
    const awaited = this.#awaited.get(messageId)
    if (!awaited?.answers.includes(tag)) throw new MalformedBer('an answer to nothing that was asked')
    awaited.octets += message.length
    if (awaited.octets > longestAnswer) throw new MalformedBer('an answer without end')
    if (resultCode !== undefined) this.#awaited.delete(messageId)
    return true
  }

  #refuse(cause: unknown): void {
    this.#onMalformed(malformedAnswer(cause))
    this.destroy()
  }
}

/** The failure that a message means which is no LDAP. */
export function malformedAnswer(cause: unknown): LdapFailure {
  const reason = cause instanceof MalformedBer ? ` (${cause.message})` : ''
  const message = `The server’s answer is not valid LDAP${reason}: is this the LDAP port?`
  return new LdapFailure('server-down', message, { cause, wasAnswered: true })
}

/** The octets of the message that begins there, or 0 where that cannot be told yet. */
function messageLength(bytes: Buffer, offset = 0): number {
  if (offset < bytes.length && bytes[offset] !== 0x30) throw new MalformedBer('no message where one should begin')
  const length = elementLength(bytes, offset) ?? 0
  if (length > longestMessage) throw new MalformedBer('a message that is too long')
  return length
}
