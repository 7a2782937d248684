/** Reads DER (ITU-T X.690 §8) as far as what node:crypto does not say of certificates and locked keys. */

interface Element {
  readonly tag: number
  readonly content: Buffer
}

const deepest = 12

/** The elements that follow each other in these octets; none from where they are no DER. */
function* elements(octets: Buffer): Generator<Element> {
  let at = 0
  while (at + 2 <= octets.length) {
    const tag = octets[at] ?? 0
    let length = octets[at + 1] ?? 0
    at += 2
    if (length > 0x80) {
      const count = length - 0x80
      if (count > 4 || at + count > octets.length) return
      length = octets.readUIntBE(at, count)
      at += count
    }
    if (at + length > octets.length) return
    yield { tag, content: octets.subarray(at, at + length) }
    at += length
  }
}

/** The octets of the object identifier that a certificate was signed by, in hex. @see RFC 5280 §4.1.1.2 */
export function signatureAlgorithm(certificate: Buffer): string {
  const [whole] = elements(certificate)
  const [, algorithm] = elements(whole?.content ?? Buffer.alloc(0))
  const [id] = elements(algorithm?.content ?? Buffer.alloc(0))
  return id?.content.toString('hex') ?? ''
}

/** The greatest whole number before the locked octets: how often, or how large, unlocking goes round. @see RFC 5958 §3 */
export function costOfUnlocking(lockedKey: Buffer): number {
  const [whole] = elements(lockedKey)
  const [algorithm] = elements(whole?.content ?? Buffer.alloc(0))
  return algorithm === undefined ? 0 : greatest(algorithm, 0)
}

function greatest({ tag, content }: Element, depth: number): number {
  if (tag === 0x02)
    return content.length > 6 ? Infinity : content.length === 0 ? 0 : content.readUIntBE(0, content.length)
  if ((tag & 0x20) === 0 || depth >= deepest) return 0
  return Math.max(0, ...[...elements(content)].map((each) => greatest(each, depth + 1)))
}
