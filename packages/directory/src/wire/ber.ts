/** Walks over BER elements without copying any: lengths are definite, and an element ends exactly where its parent says. */

/** What is not BER, or not what RFC 4511 §5.1 allows of it. The message names the fault and quotes nothing. */
export class MalformedBer extends Error {
  override readonly name = 'MalformedBer'
}

/** Elements of one message: far more than any entry has, and few enough to be read without a noticeable pause. */
const mostElements = 262_144
const deepest = 16
const constructed = 0x20

/**
 * The octets that the element at `offset` takes, with its header; undefined where the header has not come whole by `end`.
 * @throws MalformedBer
 */
export function elementLength(bytes: Uint8Array, offset: number, end = bytes.length): number | undefined {
  const contentOffset = readHeader(bytes, offset, end)
  return contentOffset === undefined ? undefined : contentOffset - offset + contentLength
}

/** What `readHeader` found beside its result: a pair a header would be an object a header. */
let contentLength = 0

/** Where the content of the element at `offset` begins; its length is left in `contentLength`. */
function readHeader(bytes: Uint8Array, offset: number, end: number): number | undefined {
  const tag = bytes[offset]
  const first = bytes[offset + 1]
  if (tag === undefined || first === undefined || offset + 2 > end) return undefined
  // X.690 §8.1.2.4: LDAP has no tag number above 30, and a reader that takes a tag for one octet loses its place.
  if ((tag & 0x1f) === 0x1f) throw new MalformedBer('a tag of several octets')
  if (first < 0x80) {
    contentLength = first
    return offset + 2
  }
  const lengthOctets = first & 0x7f
  // RFC 4511 §5.1 (1): only the definite form of length encoding is used.
  if (lengthOctets === 0) throw new MalformedBer('an indefinite length')
  if (lengthOctets > 4) throw new MalformedBer('a length of more than four octets')
  const contentOffset = offset + 2 + lengthOctets
  if (contentOffset > end) return undefined
  let length = 0
  for (let at = offset + 2; at < contentOffset; at++) length = length * 256 + (bytes[at] ?? 0)
  contentLength = length
  return contentOffset
}

/** A place within elements that are entered, read in order, and left only at their end. Every method throws MalformedBer. */
export class BerCursor {
  readonly #bytes: Buffer
  #offset: number
  #end: number
  #elements = 0

  constructor(bytes: Buffer, start = 0, end = bytes.length) {
    this.#bytes = bytes
    this.#offset = start
    this.#end = end
  }

  isAtEnd(): boolean {
    return this.#offset === this.#end
  }

  /** The next element's tag, or undefined at the end of the one that was entered last. */
  peek(): number | undefined {
    return this.isAtEnd() ? undefined : this.#bytes[this.#offset]
  }

  /** Enters the next element; what is returned is for `leave`. */
  enter(tag: number): number {
    const parentEnd = this.#end
    this.#end = this.#header(tag)
    return parentEnd
  }

  /** Leaves the element that was entered last. */
  leave(parentEnd: number): void {
    if (!this.isAtEnd()) throw new MalformedBer('more in an element than belongs there')
    this.#end = parentEnd
  }

  /** Passes over a primitive element. */
  skip(tag: number): void {
    this.#offset = this.#header(tag)
  }

  /** The content of a primitive element: a view, and no copy. */
  octets(tag: number): Buffer {
    const end = this.#header(tag)
    const content = this.#bytes.subarray(this.#offset, end)
    this.#offset = end
    return content
  }

  /** The content of a primitive element as UTF-8; of a longer one the first `most` octets. */
  text(tag: number, most = Infinity): string {
    const end = this.#header(tag)
    const text = this.#bytes.toString('utf8', this.#offset, Math.min(end, this.#offset + most))
    this.#offset = end
    return text
  }

  /** Reads an INTEGER, ENUMERATED or BOOLEAN of one to `mostOctets` octets, at most four. */
  integer(tag: number, mostOctets = 4): number {
    const end = this.#header(tag)
    const octets = end - this.#offset
    if (octets < 1 || octets > mostOctets) throw new MalformedBer('a number of no octets or too many')
    let value = ((this.#bytes[this.#offset] ?? 0) << 24) >> 24
    for (this.#offset += 1; this.#offset < end; this.#offset++) value = value * 256 + (this.#bytes[this.#offset] ?? 0)
    return value
  }

  /** Passes over an element of whatever kind, and looks that all below it fits. */
  skipTree(depth = 0): void {
    const tag = this.peek()
    if (tag === undefined) throw new MalformedBer('less in an element than belongs there')
    if (depth > deepest) throw new MalformedBer('elements nested too deep')
    if ((tag & constructed) === 0) {
      this.skip(tag)
      return
    }
    const parentEnd = this.enter(tag)
    while (!this.isAtEnd()) this.skipTree(depth + 1)
    this.leave(parentEnd)
  }

  /** Steps onto the content of the next element, and returns where it ends. */
  #header(tag: number): number {
    if (this.isAtEnd()) throw new MalformedBer('less in an element than belongs there')
    if (this.#bytes[this.#offset] !== tag) throw new MalformedBer('an element of another kind than belongs there')
    if (++this.#elements > mostElements) throw new MalformedBer('too many elements')
    const contentOffset = readHeader(this.#bytes, this.#offset, this.#end)
    if (contentOffset === undefined || contentLength > this.#end - contentOffset) {
      throw new MalformedBer('an element that is longer than what holds it')
    }
    this.#offset = contentOffset
    return contentOffset + contentLength
  }
}
