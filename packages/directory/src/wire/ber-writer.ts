/** Writes BER from its last octet to its first: whatever an element holds is written, and its length known, before its header. */
import { integer } from './tags.ts'

/** A message in the making; each call puts something before what is there. */
export class BerWriter {
  #bytes: Buffer
  #start: number

  /** `expectedLength` is a guess: the writer takes more where it has to. */
  constructor(expectedLength = 256) {
    this.#bytes = Buffer.allocUnsafe(expectedLength)
    this.#start = expectedLength
  }

  /** The octets written so far: kept before the content of an element is written, it is where `header` ends the element. */
  get length(): number {
    return this.#bytes.length - this.#start
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#start)
  }

  /** The octets of a text in UTF-8. */
  characters(text: string): void {
    const octets = Buffer.byteLength(text)
    this.#reserve(octets)
    this.#bytes.write(text, this.#start, octets)
  }

  text(tag: number, text: string): void {
    const end = this.length
    this.characters(text)
    this.header(tag, end)
  }

  /** A number from 0 to 2^31 - 1, the range of LDAP's own (RFC 4511 §4.1.1), in as few octets as possible. */
  integer(value: number, tag = integer): void {
    const end = this.length
    let rest = value
    // X.690 §8.3: the first bit is the sign.
    do {
      this.#octet(rest & 0xff)
      rest >>>= 8
    } while (rest > 0 || (this.#bytes[this.#start] ?? 0) > 0x7f)
    this.header(tag, end)
  }

  /** The tag and length of the element whose content is everything that was written since `length` was `end`. */
  header(tag: number, end: number): void {
    const length = this.length - end
    if (length < 0x80) this.#octet(length)
    else {
      let octets = 0
      for (let rest = length; rest > 0; rest >>>= 8, octets++) this.#octet(rest & 0xff)
      this.#octet(0x80 | octets)
    }
    this.#octet(tag)
  }

  /** Everything that was written; nothing may be written any more. */
  finish(): Buffer {
    return this.#bytes.subarray(this.#start)
  }

  #octet(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#start] = value
  }

  /** Moves the start towards the front by so many octets, which are then to be written. */
  #reserve(octets: number): void {
    if (octets > this.#start) {
      const written = this.finish()
      const larger = Buffer.allocUnsafe(2 * (written.length + octets))
      this.#start = larger.length - written.length
      larger.set(written, this.#start)
      this.#bytes = larger
    }
    this.#start -= octets
  }
}
