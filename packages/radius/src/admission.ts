/** What a server checks of a packet before anybody works on it: its code, and everything that the secret proves. */
import { verifyRequestAuthenticator } from './authenticators.ts'
import { packetCodes } from './codes.ts'
import { verifyMessageAuthenticator } from './message-authenticator.ts'
import type { DecodeFailure, Packet } from './packet.ts'
import { isProxyState } from './proxy-state.ts'
import type { SharedSecret } from './shared-secret.ts'

/** What a server knows of the client that a packet came from. */
export interface ClientPolicy {
  readonly secret: SharedSecret
  /** `require` drops every Access-Request without Message-Authenticator. */
  readonly messageAuthenticator: 'require' | 'optional'
  /** Drops an Access-Request that has Proxy-State and no Message-Authenticator (CVE-2024-3596). */
  readonly dropProxyStateWithout: boolean
}

export type PortKind = 'authentication' | 'accounting'

/** Why a packet was refused once its client was known. */
export type Refusal =
  | 'unexpected-code'
  | 'message-authenticator-missing'
  | 'message-authenticator-invalid'
  | 'message-authenticator-malformed'
  | 'proxy-state-without-message-authenticator'
  | 'request-authenticator-invalid'

/** Each reason for which a server drops a datagram. */
export type DropReason =
  DecodeFailure | Refusal | 'unknown-client' | 'duplicate-in-flight' | 'pending-limit' | 'handler-failed'

const eapMessageType = 79

const acceptedCodes: Record<PortKind, readonly number[]> = {
  authentication: [packetCodes.accessRequest, packetCodes.statusServer],
  accounting: [packetCodes.accountingRequest, packetCodes.statusServer],
}

/** Whether a packet may pass, and whether it proved knowledge of the secret by a Message-Authenticator. */
export function admit(packet: Packet, kind: PortKind, policy: ClientPolicy): 'valid' | 'absent' | Refusal {
  if (!acceptedCodes[kind].includes(packet.code)) return 'unexpected-code'
  const state = verifyMessageAuthenticator(packet, policy.secret)
  if (state === 'invalid') return 'message-authenticator-invalid'
  if (state === 'malformed') return 'message-authenticator-malformed'
  if (!verifyRequestAuthenticator(packet, policy.secret)) return 'request-authenticator-invalid'
  if (state === 'valid') return 'valid'

  // RFC 5997 §3: Status-Server must carry it.
  if (packet.code === packetCodes.statusServer) return 'message-authenticator-missing'
  if (packet.code === packetCodes.accessRequest) {
    if (policy.messageAuthenticator === 'require') return 'message-authenticator-missing'
    // RFC 3579 §3.3: EAP-Message without it is silently discarded.
    if (packet.attributes.some(({ type }) => type === eapMessageType)) return 'message-authenticator-missing'
    if (policy.dropProxyStateWithout && packet.attributes.some(isProxyState))
      return 'proxy-state-without-message-authenticator'
  }
  return 'absent'
}
