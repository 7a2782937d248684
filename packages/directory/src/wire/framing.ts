/** Puts what comes from a socket together into whole messages. */
import { elementLength, MalformedBer } from './ber.ts'
import { sequence } from './tags.ts'

/** An entry with a photograph or a large group fits; no message may take more memory before it is whole. */
const longestMessage = 16 * 1024 * 1024

/** Is handed a whole message, the octets from `start` to `end`, which are valid only during the call. */
export type OnMessage = (bytes: Buffer, start: number, end: number) => void

/** The beginning of a message that has not come whole; copied only where a message comes in several pieces. */
export class Framer {
  readonly #onMessage: OnMessage
  #kept: Buffer = Buffer.alloc(0)
  #keptLength = 0
  /** The length of the message whose beginning is kept, as far as it is known. */
  #wanted = 0
  #isStopped = false

  constructor(onMessage: OnMessage) {
    this.#onMessage = onMessage
  }

  /** Takes the next octets. @throws MalformedBer, and whatever the receiver throws */
  push(chunk: Buffer): void {
    if (this.#isStopped) return
    if (this.#keptLength === 0) {
      this.#keep(chunk, this.#deliver(chunk, chunk.length))
      return
    }
    this.#append(chunk, 0)
    if (this.#keptLength < this.#wanted) return
    const bytes = this.#kept
    const length = this.#keptLength
    this.#kept = Buffer.alloc(0)
    this.#keptLength = 0
    this.#keep(bytes.subarray(0, length), this.#deliver(bytes, length))
  }

  /** Hands nothing over any more, and forgets what it has. */
  stop(): void {
    this.#isStopped = true
    this.#kept = Buffer.alloc(0)
    this.#keptLength = 0
  }

  /** Hands over the whole messages at the beginning, and returns where they end. */
  #deliver(bytes: Buffer, length: number): number {
    let offset = 0
    while (offset < length && !this.#isStopped) {
      this.#wanted = messageLength(bytes, offset, length)
      if (this.#wanted === 0 || this.#wanted > length - offset) break
      const start = offset
      offset += this.#wanted
      this.#onMessage(bytes, start, offset)
    }
    return offset
  }

  #keep(bytes: Buffer, from: number): void {
    if (from < bytes.length && !this.#isStopped) this.#append(bytes, from)
  }

  /** Twice the room whenever it is too little: a message that comes octet by octet is not copied with every one of them. */
  #append(bytes: Buffer, from: number): void {
    const length = this.#keptLength + bytes.length - from
    if (length > this.#kept.length) {
      const larger = Buffer.allocUnsafe(2 * length)
      this.#kept.copy(larger, 0, 0, this.#keptLength)
      this.#kept = larger
    }
    bytes.copy(this.#kept, this.#keptLength, from)
    this.#keptLength = length
  }
}

/** The octets of the message that begins there, or 0 where that cannot be told yet. */
function messageLength(bytes: Buffer, offset: number, end: number): number {
  if (bytes[offset] !== sequence) throw new MalformedBer('no message where one should begin')
  const length = elementLength(bytes, offset, end) ?? 0
  if (length > longestMessage) throw new MalformedBer('a message that is too long')
  return length
}
