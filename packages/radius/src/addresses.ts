/** IPv4 and IPv6 addresses and prefixes, between text and the octets of RFC 8044 §3.8 to §3.11. */
import { isIPv4, isIPv6 } from 'node:net'

/** `192.0.2.1` as four octets; undefined when it is not an address. */
export function parseIpv4(text: string): Uint8Array | undefined {
  if (!isIPv4(text)) return undefined
  const octets = new Uint8Array(4)
  text.split('.').forEach((part, index) => (octets[index] = Number(part)))
  return octets
}

export function formatIpv4(octets: Uint8Array): string {
  return octets.join('.')
}

/** `2001:db8::1` as sixteen octets; undefined when it is not an address, or has a zone. */
export function parseIpv6(text: string): Uint8Array | undefined {
  if (!isIPv6(text) || text.includes('%')) return undefined
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const embedded = tail?.[2] === undefined ? undefined : parseIpv4(tail[2])
  const plain = embedded
    ? `${tail?.[1] ?? ''}${hexPair(embedded[0], embedded[1])}:${hexPair(embedded[2], embedded[3])}`
    : text
  const [head = '', rest] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = rest === undefined || rest === '' ? [] : rest.split(':')
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0')
  return Uint8Array.from(
    [...before, ...zeros, ...after].flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff]),
  )
}

/** Sixteen octets in the one form of RFC 5952. */
export function formatIpv6(octets: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((octets[2 * index] ?? 0) << 8) | (octets[2 * index + 1] ?? 0))
  // RFC 5952 §4.2.3: the longest run of zeros, the first of equals, and never a single one.
  let start = -1
  let longest = 1
  for (let from = 0; from < 8; from++) {
    let to = from
    while (to < 8 && groups[to] === 0) to++
    if (to - from > longest) {
      start = from
      longest = to - from
    }
  }
  const hex = groups.map((group) => group.toString(16))
  if (start < 0) return hex.join(':')
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + longest).join(':')}`
}

/** Reads a prefix: reserved octet, length in bits, and as many octets of the address as are needed, or all of them. */
export function readPrefix(value: Uint8Array, addressBytes: 4 | 16): string | undefined {
  const bits = value[1]
  if (bits === undefined || bits > addressBytes * 8 || value.length > 2 + addressBytes) return undefined
  // RFC 8044 §3.11: four octets are always there; RFC 3162 §2.3: an IPv6 prefix has what its length needs.
  if (addressBytes === 4 ? value.length !== 6 : value.length - 2 < Math.ceil(bits / 8)) return undefined
  const octets = new Uint8Array(addressBytes)
  octets.set(value.subarray(2))
  // RFC 8044 §3.10: bits beyond the length must be zero.
  if (!hasOnlyZerosFrom(octets, bits)) return undefined
  return `${addressBytes === 4 ? formatIpv4(octets) : formatIpv6(octets)}/${bits}`
}

/** Writes a prefix; undefined when the text is not one, or has bits beyond its length. */
export function writePrefix(text: string, addressBytes: 4 | 16): Uint8Array | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text)
  const octets = addressBytes === 4 ? parseIpv4(match?.[1] ?? '') : parseIpv6(match?.[1] ?? '')
  const bits = Number(match?.[2])
  if (!octets || bits > addressBytes * 8 || !hasOnlyZerosFrom(octets, bits)) return undefined
  const sent = addressBytes === 4 ? octets : octets.subarray(0, Math.ceil(bits / 8))
  return Uint8Array.of(0, bits, ...sent)
}

function hasOnlyZerosFrom(octets: Uint8Array, bits: number): boolean {
  return octets.every((octet, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8))
    return (octet & (0xff >> kept)) === 0
  })
}

function hexPair(high = 0, low = 0): string {
  return ((high << 8) | low).toString(16)
}
