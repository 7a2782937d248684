/**
 * Stage 1, receive: reads from the packet who wants in and by which method. Duplicates never come here: the UDP server
 * drops or answers them. Ends with a rejection where the packet names nobody or holds no credentials.
 */
import type { SignInMethod } from '@sallyport/contract'
import { looksGarbled, readAttribute, readOctets, readUserPassword, type Packet } from '@sallyport/radius'

import type { Context } from './context.ts'
import { fact, proceed, reject, type Step } from './verdict.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const userNameType = 1
const userPasswordType = 2
const chapPasswordType = 3
const stateType = 24
const vendorSpecificType = 26
const eapMessageType = 79
const msChapResponses = ['MS-CHAP2-Response', 'MS-CHAP-Response', 'MS-CHAP2-CPW'] as const

export function receive(context: Context): Step {
  const { packet, secret } = context.request
  const carried = methodOf(packet)
  // An empty answer to a challenge says enough where any answer does; some devices leave the attribute out then.
  const isBareAnswer = carried === 'none' && packet.attributes.some(({ type }) => type === stateType)
  const method = isBareAnswer ? 'pap' : carried
  const callingStation = readAttribute(packet, 'Calling-Station-Id') ?? null
  const known = { ...context, method, callingStation }

  // RFC 2865 §4.1: User-Name should be there; without it there is nobody to look up.
  const name = packet.attributes.find((attribute) => attribute.type === userNameType)
  if (!name || name.value.length === 0) return reject('no-user-name', known)
  const username = text(name.value)
  if (username === undefined || /\p{Cc}/u.test(username)) return reject('malformed-user-name', known)
  const named = { ...known, username }
  const facts = [fact('user-name', username), fact('method', method)]

  if (method === 'none') return reject('no-credentials', named, facts)
  if (method !== 'pap' || isBareAnswer) return proceed(named, facts)
  const octets = readUserPassword(packet, secret)
  if (!octets) return reject('no-credentials', named, facts)
  const typed = text(octets)
  // Hidden under another secret, a password decrypts to noise. It goes nowhere near the directory.
  if (typed === undefined || looksGarbled(octets)) return reject('wrong-shared-secret', named, facts)
  return proceed({ ...named, typed, password: typed }, facts)
}

function methodOf(packet: Packet): SignInMethod {
  const has = (type: number) => packet.attributes.some((attribute) => attribute.type === type)
  if (has(eapMessageType)) return 'eap'
  if (has(vendorSpecificType) && msChapResponses.some((name) => readOctets(packet, name))) return 'ms-chap'
  if (has(chapPasswordType)) return 'chap'
  return has(userPasswordType) ? 'pap' : 'none'
}

function text(octets: Uint8Array): string | undefined {
  try {
    return utf8.decode(octets)
  } catch {
    return undefined
  }
}
