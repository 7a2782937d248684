/** Whether a packet really answers a request of ours: everything that a client must verify. */
import { verifyResponseAuthenticator } from './authenticators.ts'
import { isAnswerTo, packetCodes, type PacketCode } from './codes.ts'
import { verifyMessageAuthenticator } from './message-authenticator.ts'
import type { DecodeFailure, Packet } from './packet.ts'
import type { SharedSecret } from './shared-secret.ts'

/** Why a datagram was not taken as the answer; the client goes on waiting. */
export type ResponseFailure =
  | DecodeFailure
  | 'unknown-identifier'
  | 'unexpected-code'
  | 'response-authenticator-invalid'
  | 'message-authenticator-missing'
  | 'message-authenticator-invalid'
  | 'message-authenticator-malformed'

export interface ExpectedResponse {
  readonly code: PacketCode
  readonly authenticator: Uint8Array
  readonly secret: SharedSecret
  /** Whether answers to Access-Request and Status-Server must carry Message-Authenticator (CVE-2024-3596). */
  readonly requireMessageAuthenticator: boolean
}

const eapMessageType = 79

/** Checks a response against its request: `valid`, or what is wrong with it. */
export function checkResponse(response: Packet, expected: ExpectedResponse): 'valid' | ResponseFailure {
  if (!isAnswerTo(response.code, expected.code)) return 'unexpected-code'
  if (!verifyResponseAuthenticator(response, expected.secret, expected.authenticator)) {
    return 'response-authenticator-invalid'
  }
  const state = verifyMessageAuthenticator(response, expected.secret, expected.authenticator)
  if (state === 'invalid') return 'message-authenticator-invalid'
  if (state === 'malformed') return 'message-authenticator-malformed'
  if (state === 'valid') return 'valid'
  const isAccess = expected.code === packetCodes.accessRequest || expected.code === packetCodes.statusServer
  if (expected.requireMessageAuthenticator && isAccess) return 'message-authenticator-missing'
  // RFC 3579 §3.3: EAP-Message without it is silently discarded.
  if (response.attributes.some((attribute) => attribute.type === eapMessageType)) return 'message-authenticator-missing'
  return 'valid'
}
