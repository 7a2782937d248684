/** What a proxy that stores and forwards copies of an Accounting-Request: held for a while, and sent in the proxy's own name. */
import { chapPasswordType } from './chap.ts'
import { definitionOf, nameAt } from './dictionary/index.ts'
import type { AttributePath } from './dictionary/definition.ts'
import { carry, isEndToEnd, type Forwarded } from './forward.ts'
import { messageAuthenticatorBytes, messageAuthenticatorType } from './message-authenticator.ts'
import { headerBytes, maximumPacketBytes, type Attribute } from './packet.ts'
import type { SharedSecret } from './shared-secret.ts'
import { decodeTlvs } from './tlv.ts'
import { readVendorValue, vendorSpecificType } from './vendor.ts'

export interface HeldAccounting {
  /** As they came from the client. */
  readonly attributes: readonly Attribute[]
  /** What hidden ones are hidden with; undefined where none is. */
  readonly clientSecret: SharedSecret | undefined
  /** The server's. */
  readonly secret: SharedSecret
  /** Whole seconds since the request came: Acct-Delay-Time grows by them. */
  readonly heldSeconds: number
  readonly proxyState: Uint8Array
  /** Whether the request will carry Message-Authenticator, which takes room. */
  readonly messageAuthenticator: boolean
}

const userPasswordType = 2
const replyMessageType = 18
const stateType = 24
const proxyStateType = 33
const delayTimeType = 41
const most = 0xffffffff

/** RFC 2866 §4.1: these must not be in an Accounting-Request. Message-Authenticator concerns the hop that it came by. */
const notForwarded = new Set([
  userPasswordType,
  chapPasswordType,
  replyMessageType,
  stateType,
  messageAuthenticatorType,
])

/** Of an Accounting-Request, what is worth keeping until it is forwarded. No password that does not belong there is kept. */
export function keptOfAccounting(attributes: readonly Attribute[]): readonly Attribute[] {
  return attributes.filter((attribute) => !notForwarded.has(attribute.type) && isEndToEnd(attribute))
}

/**
 * The attributes of an Accounting-Request for a server: hidden ones hidden anew, Acct-Delay-Time with the time that it was
 * held, and a Proxy-State of ours behind those that are there. In a packet that is full to its last octet, Proxy-State and
 * then an Acct-Delay-Time that was not there before are left out.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2866#section-5.2 RFC 2866 §5.2}, RFC 2865 §5.33
 */
export function forwardAccounting(held: HeldAccounting): Forwarded {
  const { clientSecret, secret, heldSeconds, proxyState, messageAuthenticator } = held
  // RFC 2866 §3: the authenticator is computed last, over the hidden values; they are hidden while it stands as zeros.
  const authenticator = new Uint8Array(16)
  const from = { secret: clientSecret ?? secret, authenticator }
  const { attributes, unreadable } = carry(keptOfAccounting(held.attributes), from, { secret, authenticator })
  const delayed = attributes.map((each) => (isDelay(each) ? delayTime(secondsOf(each) + heldSeconds) : each))
  const additions = [
    ...(heldSeconds > 0 && !attributes.some(isDelay) ? [delayTime(heldSeconds)] : []),
    { type: proxyStateType, value: proxyState },
  ]
  let room =
    maximumPacketBytes - headerBytes - (messageAuthenticator ? 2 + messageAuthenticatorBytes : 0) - lengthOf(delayed)
  const fitting = additions.filter(({ value }) => (room -= 2 + value.length) >= 0)
  return { attributes: [...delayed, ...fitting], unreadable }
}

/** Whether any of them is hidden with the secret of the hop that they came by. */
export function hasHiddenValues(attributes: readonly Attribute[]): boolean {
  return attributes.some(({ type, value }) => {
    if (type !== vendorSpecificType) return isHidden({ space: 'standard', type })
    const vendor = readVendorValue(value)
    const inner = vendor && decodeTlvs(vendor.data)
    if (!vendor || !inner) return false
    return inner.some((each) => isHidden({ space: 'vendor', vendorId: vendor.vendorId, type: each.type }))
  })
}

function isHidden(path: AttributePath): boolean {
  const name = nameAt(path)
  const concealment = name && definitionOf(name).concealment
  return concealment === 'salted' || concealment === 'user-password'
}

function isDelay({ type, value }: Attribute): boolean {
  return type === delayTimeType && value.length === 4
}

function secondsOf({ value }: Attribute): number {
  return new DataView(value.buffer, value.byteOffset, 4).getUint32(0)
}

function delayTime(seconds: number): Attribute {
  const value = new Uint8Array(4)
  new DataView(value.buffer).setUint32(0, Math.min(seconds, most))
  return { type: delayTimeType, value }
}

function lengthOf(attributes: readonly Attribute[]): number {
  return attributes.reduce((sum, { value }) => sum + 2 + value.length, 0)
}
