/** What a proxy copies: a request's attributes for another server, and a reply's for the client that asked. */
import { chapPasswordType } from './chap.ts'
import { isHidingType, isHidingVendor } from './dictionary/hiding.ts'
import { definitionOf, nameAt, type AttributeName } from './dictionary/index.ts'
import type { AttributePath } from './dictionary/definition.ts'
import { messageAuthenticatorType } from './message-authenticator.ts'
import type { Attribute, Packet } from './packet.ts'
import { isProxyState } from './proxy-state.ts'
import { fillRandom } from './random.ts'
import { createSalts, hideSalted, revealSalted } from './salted.ts'
import type { SharedSecret } from './shared-secret.ts'
import { decodeTlvs, encodeTlvs } from './tlv.ts'
import { hideUserPassword, revealPadded } from './user-password.ts'
import { readVendorValue, vendorSpecificType, writeVendorValue } from './vendor.ts'

/** What hides values between two neighbours: their secret, and the authenticator of the request between them. */
export interface Hop {
  readonly secret: SharedSecret
  /** 16 octets. */
  readonly authenticator: Uint8Array
}

export interface Forwarded {
  readonly attributes: readonly Attribute[]
  /** Hidden attributes that could not be read, and so were left out: the secret of the hop may be wrong. */
  readonly unreadable: readonly AttributeName[]
}

const chapChallengeType = 60

/**
 * The attributes of a client's request for another server: User-Password hidden anew, the challenge of CHAP made an
 * attribute where the client's authenticator was it, and a Proxy-State of ours behind those that are there.
 * Message-Authenticator is left out, for it is computed when the request is encoded; all else is as it was.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2865#section-2.3 RFC 2865 §2.3}, §5.33, §5.40
 */
export function forwardRequest(
  packet: Pick<Packet, 'attributes' | 'authenticator'>,
  clientSecret: SharedSecret,
  to: Hop & { readonly proxyState?: Uint8Array },
): Forwarded {
  const from = { secret: clientSecret, authenticator: packet.authenticator }
  const { attributes, unreadable } = carry(packet.attributes.filter(isEndToEnd), from, to)
  const has = (type: number) => attributes.some((attribute) => attribute.type === type)
  const added: Attribute[] = []
  if (has(chapPasswordType) && !has(chapChallengeType)) {
    added.push({ type: chapChallengeType, value: packet.authenticator })
  }
  if (to.proxyState) added.push({ type: 33, value: to.proxyState })
  return { attributes: [...attributes, ...added], unreadable }
}

/**
 * The attributes of a server's reply for the client: Tunnel-Password and the MPPE keys hidden anew under fresh salts,
 * and Message-Authenticator and Proxy-State left out, for both are added when the client is answered. `from` is the
 * hop to the server, with the authenticator that it was asked with; `to` the hop to the client, with its own.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2865#section-2.3 RFC 2865 §2.3}, RFC 2868 §3.5, RFC 2548 §2.4
 */
export function forwardReply(
  packet: Pick<Packet, 'attributes'>,
  from: Hop,
  to: Hop,
  random: (octets: Uint8Array) => void = fillRandom,
): Forwarded {
  const passed = packet.attributes.filter((attribute) => isEndToEnd(attribute) && !isProxyState(attribute))
  return carry(passed, from, to, random)
}

/** The attributes as they lie on the next hop, hidden ones hidden anew; those that cannot be read are left out, by name. */
export function carry(
  all: readonly Attribute[],
  from: Hop,
  to: Hop,
  random: (octets: Uint8Array) => void = fillRandom,
): Forwarded {
  const nextSalt = createSalts(random)
  const unreadable: AttributeName[] = []

  /** The value as it must lie on the next hop; undefined when it can't be read. */
  function translate(path: AttributePath, value: Uint8Array): Uint8Array | undefined {
    const name = nameAt(path)
    const definition = name && definitionOf(name)
    const hidden = definition?.concealment
    if (hidden !== 'user-password' && hidden !== 'salted') return value
    const tagBytes = definition?.tagged === true ? 1 : 0
    const anew =
      hidden === 'user-password'
        ? paddedAnew(value, from, to)
        : saltedAnew(value.subarray(tagBytes), from, to, nextSalt)
    if (anew) return tagBytes === 0 ? anew : Uint8Array.of(...value.subarray(0, tagBytes), ...anew)
    if (name) unreadable.push(name)
    return undefined
  }

  function translateVendor(attribute: Attribute): Attribute | undefined {
    const vendor = readVendorValue(attribute.value)
    if (vendor && !isHidingVendor(vendor.vendorId)) return attribute
    const inner = vendor && decodeTlvs(vendor.data)
    // Vendors may have a format of their own (RFC 2865 §5.26): that is carried as it is.
    if (!vendor || !inner) return attribute
    const { vendorId } = vendor
    const translated = inner.flatMap(({ type, value }) => {
      const anew = translate({ space: 'vendor', vendorId, type }, value)
      return anew ? [{ type, value: anew }] : []
    })
    if (translated.length === 0) return undefined
    const isAsItWas =
      translated.length === inner.length && translated.every((each, at) => each.value === inner[at]?.value)
    if (isAsItWas) return attribute
    return { type: vendorSpecificType, value: writeVendorValue({ vendorId, data: encodeTlvs(translated) }) }
  }

  const attributes: Attribute[] = []
  for (const attribute of all) {
    const { type, value } = attribute
    if (type === vendorSpecificType) {
      const vendors = translateVendor(attribute)
      if (vendors) attributes.push(vendors)
    } else if (isHidingType(type)) {
      const anew = translate({ space: 'standard', type }, value)
      if (anew) attributes.push(anew === value ? attribute : { type, value: anew })
    } else attributes.push(attribute)
  }
  return { attributes, unreadable }
}

function paddedAnew(hidden: Uint8Array, from: Hop, to: Hop): Uint8Array | undefined {
  const plain = revealPadded(hidden, from.secret, from.authenticator)
  return plain && hideUserPassword(plain, to.secret, to.authenticator)
}

function saltedAnew(hidden: Uint8Array, from: Hop, to: Hop, nextSalt: () => Uint8Array): Uint8Array | undefined {
  const plain = revealSalted(hidden, from.secret, from.authenticator)
  // A salt of our own: the one that came may have been used for another value of the same packet.
  return plain && hideSalted(plain, to.secret, to.authenticator, nextSalt())
}

/** RFC 3579 §3.2, and RFC 7930: Response-Length (241.3) and Original-Packet-Code (241.4) concern one hop. */
export function isEndToEnd({ type, value }: Attribute): boolean {
  if (type === messageAuthenticatorType) return false
  return type !== 241 || (value[0] !== 3 && value[0] !== 4)
}
