/**
 * Where a push may be sent: the address comes from a device, so it is nobody's inside. Names are looked up once, at the connection,
 * and what they mean there is what is connected to; so a name that means something else a moment later changes nothing.
 */
import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Why an endpoint cannot be sent to; undefined: it can, as far as its text tells. */
export function endpointProblem(endpoint: string, allowLoopback: boolean): string | undefined {
  if (!URL.canParse(endpoint)) return 'not-a-url'
  const { protocol, hostname, username, password } = new URL(endpoint)
  if (protocol !== 'https:') return 'not-https'
  if (username !== '' || password !== '') return 'credentials'
  const address = hostname.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0 && !isPublic(address, allowLoopback)) return 'not-public'
  return undefined
}

/** Whether an address is one of the internet's, rather than of this machine, its networks or a protocol. */
export function isPublic(address: string, allowLoopback: boolean): boolean {
  if (!ipaddr.isValid(address)) return false
  const range = ipaddr.process(address).range()
  return range === 'unicast' || (allowLoopback && range === 'loopback')
}

/** Looks a name up and refuses it where any of its addresses is not public. */
export function createPublicLookup(allowLoopback: boolean, lookup: typeof systemLookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = found as LookupAddress[] | undefined
      const first = addresses?.[0]
      if (error !== null) {
        callback(error, '', 0)
        return
      }
      if (first === undefined || addresses?.some(({ address }) => !isPublic(address, allowLoopback)) !== false) {
        callback(Object.assign(new Error(`${hostname} is not a public address`), { code: 'ENOTPUBLIC' }), '', 0)
        return
      }
      if (options.all === true) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}
