/**
 * What the target wants in the Accept, kept while a person answers a challenge. Hidden values stay as they were hidden for the
 * request that asked the target, and are hidden anew for the request that is accepted: keys never lie about in plain.
 */
import { decodeTlvs, encodeTlvs, forwardReply, type Attribute } from '@sallyport/radius'

import type { AccessRequest } from './access-request.ts'

export interface HeldAttributes {
  /** Base64 of the attributes as they lie on the wire. */
  readonly attributes: string
  /** Base64 of the authenticator of the request that they were hidden for. */
  readonly authenticator: string
}

type Request = Pick<AccessRequest, 'packet' | 'secret'>

/** Null where there is nothing to keep. */
export function hold(attributes: readonly Attribute[], { packet }: Request): HeldAttributes | null {
  if (attributes.length === 0) return null
  return {
    attributes: Buffer.from(encodeTlvs(attributes)).toString('base64'),
    authenticator: Buffer.from(packet.authenticator).toString('base64'),
  }
}

/** The attributes as this request is answered with them; what the client's present secret cannot read is left out. */
export function release(held: HeldAttributes | null, { packet, secret }: Request): readonly Attribute[] {
  if (held === null) return []
  const attributes = decodeTlvs(Buffer.from(held.attributes, 'base64')) ?? []
  const from = { secret, authenticator: Buffer.from(held.authenticator, 'base64') }
  return forwardReply({ attributes }, from, { secret, authenticator: packet.authenticator }).attributes
}
