/** Encodes requests and responses: Message-Authenticator first, lengths checked, authenticators signed. */
import { signAuthenticator } from './authenticators.ts'
import { hasSignedAuthenticator, packetCodes, type PacketCode } from './codes.ts'
import {
  messageAuthenticatorBytes,
  messageAuthenticatorType,
  signMessageAuthenticator,
} from './message-authenticator.ts'
import { headerBytes, maximumPacketBytes, maximumValueBytes, type Attribute, type Packet } from './packet.ts'
import { fillRandom } from './random.ts'
import type { SharedSecret } from './shared-secret.ts'

/** Thrown when attributes do not fit a packet: a mistake of the caller, not of a peer. */
export class EncodeError extends RangeError {
  readonly code: 'attribute-type-out-of-range' | 'attribute-too-long' | 'packet-too-long'

  constructor(code: EncodeError['code'], message: string) {
    super(message)
    this.name = 'EncodeError'
    this.code = code
  }
}

export interface RequestToEncode {
  readonly code: PacketCode
  /** 0 to 255. */
  readonly identifier: number
  /** 16 octets for Access-Request and Status-Server, drawn when left out; ignored for codes that sign it. */
  readonly authenticator?: Uint8Array
  /** In the order of the wire; a Message-Authenticator among them is left out, for it is computed here. */
  readonly attributes: readonly Attribute[]
  readonly secret: SharedSecret
  /** Whether to add Message-Authenticator as the first attribute; true for Access-Request and Status-Server. */
  readonly messageAuthenticator?: boolean
}

export interface ResponseToEncode {
  readonly code: PacketCode
  readonly request: Pick<Packet, 'identifier' | 'authenticator'>
  readonly attributes: readonly Attribute[]
  readonly secret: SharedSecret
  readonly messageAuthenticator: boolean
}

/**
 * Encodes a request and signs it. Throws {@link EncodeError} when it does not fit.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2865#section-4.1 RFC 2865 §4.1}
 */
export function encodeRequest(request: RequestToEncode): Uint8Array {
  const { code, secret } = request
  const signed = hasSignedAuthenticator(code)
  const withMessageAuthenticator =
    request.messageAuthenticator ?? (code === packetCodes.accessRequest || code === packetCodes.statusServer)
  const bytes = layOut(code, request.identifier, request.attributes, withMessageAuthenticator)
  if (!signed) {
    const nonce = bytes.subarray(4, headerBytes)
    if (request.authenticator) nonce.set(sixteen(request.authenticator))
    else fillRandom(nonce)
  }
  if (withMessageAuthenticator) signMessageAuthenticator(bytes, headerBytes + 2, secret)
  if (signed) signAuthenticator(bytes, secret)
  return bytes
}

/**
 * Encodes the response to a request and signs it. Throws {@link EncodeError} when it does not fit.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2865#section-3 RFC 2865 §3}
 */
export function encodeResponse(response: ResponseToEncode): Uint8Array {
  const { request, secret, messageAuthenticator } = response
  const bytes = layOut(response.code, request.identifier, response.attributes, messageAuthenticator)
  bytes.set(sixteen(request.authenticator), 4)
  if (messageAuthenticator) signMessageAuthenticator(bytes, headerBytes + 2, secret)
  signAuthenticator(bytes, secret)
  return bytes
}

/** The packet with a zero authenticator and, where asked for, a zero Message-Authenticator as its first attribute. */
function layOut(code: number, identifier: number, attributes: readonly Attribute[], first: boolean): Uint8Array {
  let length = headerBytes + (first ? 2 + messageAuthenticatorBytes : 0)
  for (const { type, value } of attributes) {
    if (type === messageAuthenticatorType) continue
    if (type < 1 || type > 255) throw new EncodeError('attribute-type-out-of-range', `no attribute type ${type}`)
    if (value.length > maximumValueBytes) {
      throw new EncodeError('attribute-too-long', `attribute ${type} has ${value.length} of 253 octets`)
    }
    length += 2 + value.length
  }
  if (length > maximumPacketBytes) throw new EncodeError('packet-too-long', `a packet of ${length} of 4096 octets`)

  const bytes = new Uint8Array(length)
  bytes[0] = code
  bytes[1] = identifier
  bytes[2] = length >>> 8
  bytes[3] = length
  let at = headerBytes
  if (first) {
    bytes[at] = messageAuthenticatorType
    bytes[at + 1] = 2 + messageAuthenticatorBytes
    at += 2 + messageAuthenticatorBytes
  }
  for (const { type, value } of attributes) {
    if (type === messageAuthenticatorType) continue
    bytes[at] = type
    bytes[at + 1] = 2 + value.length
    bytes.set(value, at + 2)
    at += 2 + value.length
  }
  return bytes
}

function sixteen(authenticator: Uint8Array): Uint8Array {
  if (authenticator.length !== 16) throw new TypeError('an authenticator has 16 octets')
  return authenticator
}
