/** What the device’s request becomes for a server: its attributes, hidden anew, under the server’s own State. */
import { forwardRequest, hideUserPassword, type Attribute, type SharedSecret } from '@sallyport/radius'

import type { PrimaryQuestion } from '../../primary-target.ts'

const userPasswordType = 2
const stateType = 24

/**
 * PAP's password is the one of the question, which a code at its end may have been taken from; all else goes as it came
 * (RFC 2865 §2.3), Proxy-State too. A State is the device's hold on us, and never the server's.
 */
export function attributesFor(
  { request, method, password, relay }: PrimaryQuestion,
  authenticator: Uint8Array,
  secret: SharedSecret,
): readonly Attribute[] {
  const isPap = method === 'pap'
  const passed = request.packet.attributes.filter(
    ({ type }) => type !== stateType && !(isPap && type === userPasswordType),
  )
  const from = { attributes: passed, authenticator: request.packet.authenticator }
  const attributes = [...forwardRequest(from, request.secret, { secret, authenticator }).attributes]
  if (isPap) attributes.push({ type: userPasswordType, value: hideUserPassword(password, secret, authenticator) })
  if (relay) attributes.push({ type: stateType, value: Buffer.from(relay.state, 'base64') })
  return attributes
}
