/** Writes DER (ITU-T X.690 §8, §10), as far as a certificate needs it. */

/** Tag, length and content. @see X.690 §8.1 */
export function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Buffer.concat([Buffer.from([tag, 0x80 + octets.length, ...octets]), content])
}

export const sequence = (...contents: readonly Uint8Array[]) => element(0x30, ...contents)
export const setOf = (content: Uint8Array) => element(0x31, content)
export const utf8 = (text: string) => element(0x0c, Buffer.from(text))
export const octetString = (content: Uint8Array) => element(0x04, content)
export const bitString = (content: Uint8Array, unusedBits = 0) => element(0x03, Buffer.from([unusedBits]), content)
export const yes = element(0x01, Buffer.from([0xff]))

/** A positive one, its octets as they are: a first bit that is set is kept from meaning a sign. */
export function integer(octets: Uint8Array): Buffer {
  const [first = 0] = octets
  return element(0x02, ...(first >= 0x80 ? [Buffer.from([0])] : []), octets)
}

/** `1.2.840.10045.4.3.2`. @see X.690 §8.19 */
export function oid(dotted: string): Buffer {
  const [one = 0, two = 0, ...others] = dotted.split('.').map(Number)
  const octets = [one * 40 + two, ...others].flatMap((arc) => {
    const groups = [arc % 128]
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) groups.unshift(128 + (rest % 128))
    return groups
  })
  return element(0x06, Buffer.from(octets))
}

/** RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime from then on; whole seconds. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/\.\d+|[-:T]/gu, '')
  return date.getUTCFullYear() < 2050 ? element(0x17, Buffer.from(digits.slice(2))) : element(0x18, Buffer.from(digits))
}
