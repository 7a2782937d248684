/** IP addresses, prefixes and ranges: their canonical form, and whether one holds an address. */
import ipaddr from 'ipaddr.js'
import { z } from 'zod'

/** `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`: host bits cleared, IPv4-mapped addresses as IPv4; undefined where it is neither. */
export function canonicalAddress(text: string): string | undefined {
  const [address, bits, ...rest] = text.split('/')
  if (address === undefined || rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return undefined
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return undefined
  if (address.includes('%')) return undefined
  const parsed = ipaddr.parse(address)
  const mapped = parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress()
  const plain = mapped ? parsed.toIPv4Address() : parsed
  const width = plain.kind() === 'ipv4' ? 32 : 128
  const length = bits === undefined ? width : mapped ? Number(bits) - 96 : Number(bits)
  if (length < 0 || length > width) return undefined
  const octets = plain
    .toByteArray()
    .map((octet, index) => octet & (0xff00 >> Math.min(8, Math.max(0, length - index * 8))) & 0xff)
  const network = ipaddr.fromByteArray(octets).toString()
  return length === width ? network : `${network}/${length}`
}

/** The octets of one address written as text, IPv4-mapped ones as IPv4; undefined where it is none. */
export function addressOctets(text: string): readonly number[] | undefined {
  const canonical = text.includes('/') ? undefined : canonicalAddress(text)
  return canonical === undefined ? undefined : ipaddr.parse(canonical).toByteArray()
}

/** First and last address, inclusive. */
export interface AddressRange {
  readonly first: readonly number[]
  readonly last: readonly number[]
}

/** Reads an address, a prefix, or two addresses of one family in their order with a hyphen between; undefined where it is none of these. */
export function readAddressRange(text: string): AddressRange | undefined {
  const [from = '', to, ...rest] = text.split('-').map((part) => part.trim())
  if (rest.length > 0) return undefined
  if (to !== undefined) {
    const [first, last] = [addressOctets(from), addressOctets(to)]
    return first && last && first.length === last.length && compare(first, last) <= 0 ? { first, last } : undefined
  }
  const canonical = canonicalAddress(from)
  if (canonical === undefined) return undefined
  const [address = '', bits] = canonical.split('/')
  const first = ipaddr.parse(address).toByteArray()
  if (bits === undefined) return { first, last: first }
  const last = first.map((octet, index) => octet | (0xff >> Math.min(8, Math.max(0, Number(bits) - index * 8))))
  return { first, last }
}

/** Whether an address lies in a range; one of the other family never does. */
export function isWithin(octets: readonly number[], { first, last }: AddressRange): boolean {
  return octets.length === first.length && compare(first, octets) <= 0 && compare(octets, last) <= 0
}

/** Addresses that a person chooses as trusted: canonical, and not half the world. */
export const addressRange = z
  .string()
  .trim()
  .max(100, 'At most 100 characters.')
  .transform((text, context) => {
    const range = readAddressRange(text)
    if (range === undefined) {
      const message = 'Enter an address, a prefix such as 192.0.2.0/24, or a range such as 192.0.2.10-192.0.2.20.'
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }
    if (isVast(range)) {
      context.addIssue({ code: 'custom', message: 'This is too much to trust: at most a /8 of IPv4, a /16 of IPv6.' })
      return z.NEVER
    }
    return canonicalRange(text, range)
  })

function canonicalRange(text: string, { first, last }: AddressRange): string {
  const single = canonicalAddress(text)
  if (single !== undefined) return single
  const written = (octets: readonly number[]) => ipaddr.fromByteArray([...octets]).toString()
  return compare(first, last) === 0 ? written(first) : `${written(first)}-${written(last)}`
}

function isVast({ first, last }: AddressRange): boolean {
  return first[0] !== last[0] || (first.length === 16 && first[1] !== last[1])
}

function compare(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < left.length; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
