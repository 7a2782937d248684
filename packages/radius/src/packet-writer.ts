/** Writes packets to a TLS socket one record each: FreeRADIUS 3.2 takes two in one record for a malformed packet. */
import type { TLSSocket } from 'node:tls'

export class PacketWriter {
  readonly #socket: TLSSocket
  readonly #queue: Uint8Array[] = []
  #queuedBytes = 0
  #isWriting = false
  #isEnding = false

  constructor(socket: TLSSocket) {
    this.#socket = socket
  }

  /** Octets that the other end has not taken yet. */
  get waitingBytes(): number {
    return this.#queuedBytes + this.#socket.writableLength
  }

  write(bytes: Uint8Array): void {
    if (this.#isEnding) return
    this.#queue.push(bytes)
    this.#queuedBytes += bytes.length
    this.#next()
  }

  /** Closes the socket once everything is out. */
  end(): void {
    this.#isEnding = true
    this.#next()
  }

  /** Node joins what is written while a write is under way into one record; so the next waits for the last. */
  #next(): void {
    if (this.#isWriting) return
    const bytes = this.#queue.shift()
    if (!bytes) {
      if (this.#isEnding) this.#socket.destroySoon()
      return
    }
    this.#queuedBytes -= bytes.length
    this.#isWriting = true
    this.#socket.write(bytes, (error) => {
      this.#isWriting = false
      if (!error) this.#next()
    })
  }
}
