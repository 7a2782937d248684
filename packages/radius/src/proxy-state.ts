/** Proxy-State: what a proxy adds to a request and must find again, unchanged and in order, in the response. */
import type { Attribute, Packet } from './packet.ts'

const proxyStateType = 33

export function isProxyState(attribute: Attribute): boolean {
  return attribute.type === proxyStateType
}

/**
 * The Proxy-State attributes of a packet, in order.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2865#section-5.33 RFC 2865 §5.33}
 */
export function proxyStates(packet: Pick<Packet, 'attributes'>): readonly Attribute[] {
  return packet.attributes.filter(isProxyState)
}
