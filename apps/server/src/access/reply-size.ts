/** Whether a reply fits into a packet, known before anything is written down or consumed for it. */
import { maximumPacketBytes, proxyStates, type Attribute } from '@sallyport/radius'

import type { AccessRequest } from './access-request.ts'
import { fact } from './verdict.ts'

type Request = Pick<AccessRequest, 'packet' | 'client'>

const headerBytes = 20
const messageAuthenticatorBytes = 18
const stateBytes = 24
const messageAuthenticatorType = 80
const eapMessageType = 79

/** Octets of the whole reply: with the request's Proxy-States, and Message-Authenticator where it will be added. */
function replyBytes(attributes: readonly Attribute[], { packet, client }: Request): number {
  const isSigned =
    client.messageAuthenticator !== 'never-send' || attributes.some(({ type }) => type === eapMessageType)
  const own = attributes.filter(({ type }) => type !== messageAuthenticatorType)
  const values = [...own, ...proxyStates(packet)].reduce((sum, { value }) => sum + 2 + value.length, 0)
  return headerBytes + (isSigned ? messageAuthenticatorBytes : 0) + values
}

/**
 * For the trace, where the reply is too long (RFC 2865 §3); undefined where it fits. Nothing of it is left out instead: what is
 * left out could be the very filter that keeps somebody in their place.
 * @param withState whether a State of ours comes to it
 */
export function tooLong(attributes: readonly Attribute[], request: Request, withState = false) {
  const bytes = replyBytes(attributes, request) + (withState ? stateBytes : 0)
  return bytes <= maximumPacketBytes ? undefined : fact('reply-length', `${bytes} of ${maximumPacketBytes} octets`)
}
