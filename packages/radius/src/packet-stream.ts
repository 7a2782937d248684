/** Cuts a stream of octets into packets by their Length, which is all that tells them apart on TCP. */
import { octetAt } from './octets.ts'
import { headerBytes, maximumPacketBytes } from './packet.ts'

/** Why a stream can't be followed any further: nobody knows where the next packet begins. */
export type StreamFailure = 'length-below-header' | 'length-beyond-maximum'

const lengthEndsAt = 4

/** Holds the beginning of a packet, at most one, until the rest of it has come. */
export class PacketStream {
  readonly #onPacket: (bytes: Uint8Array) => void
  readonly #begun = new Uint8Array(maximumPacketBytes)
  #held = 0
  #stopped = false

  /** `onPacket` gets octets of their own, as long as their Length says. */
  constructor(onPacket: (bytes: Uint8Array) => void) {
    this.#onPacket = onPacket
  }

  /** Octets of a packet whose rest has not come. */
  get heldBytes(): number {
    return this.#held
  }

  /** Takes no more: what is still in the chunk at hand is dropped. */
  stop(): void {
    this.#stopped = true
    this.#held = 0
  }

  /**
   * Takes a chunk of any length and hands on the packets that it completes; a failure ends the stream.
   * @see {@link https://www.rfc-editor.org/rfc/rfc6613#section-2.6.4 RFC 6613 §2.6.4}
   */
  push(chunk: Uint8Array): StreamFailure | undefined {
    let at = 0
    while (at < chunk.length && !this.#stopped) {
      // What is missing: the header up to Length first, then what Length says.
      const wanted = this.#held < lengthEndsAt ? lengthEndsAt : this.#length()
      const taken = Math.min(wanted - this.#held, chunk.length - at)
      this.#begun.set(chunk.subarray(at, at + taken), this.#held)
      this.#held += taken
      at += taken
      if (this.#held < lengthEndsAt) break
      const length = this.#length()
      if (length < headerBytes) return this.#fail('length-below-header')
      if (length > maximumPacketBytes) return this.#fail('length-beyond-maximum')
      if (this.#held < length) continue
      this.#held = 0
      this.#onPacket(this.#begun.slice(0, length))
    }
    return undefined
  }

  #length(): number {
    return (octetAt(this.#begun, 2) << 8) | octetAt(this.#begun, 3)
  }

  #fail(failure: StreamFailure): StreamFailure {
    this.stop()
    return failure
  }
}
