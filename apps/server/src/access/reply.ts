/** Stage 9, reply: the verdict becomes a packet, by one table. Message-Authenticator and Proxy-State are added by the server. */
import type { SignInReason } from '@sallyport/contract'
import { attribute, packetCodes, type Attribute, type PacketCode } from '@sallyport/radius'

import type { AccessRequest } from './access-request.ts'
import { withMschapError } from './mschap.ts'
import { tooLong } from './reply-size.ts'
import type { Verdict } from './verdict.ts'

export interface Reply {
  readonly code: PacketCode
  readonly attributes: readonly Attribute[]
}

const eapMessageType = 79

type Request = Pick<AccessRequest, 'packet' | 'client'>
type Table = {
  readonly [Kind in Verdict['kind']]: (verdict: Extract<Verdict, { kind: Kind }>, request: Request) => Reply | null
}

const replies: Table = {
  accept: ({ attributes }) => ({ code: packetCodes.accessAccept, attributes }),
  // No Reply-Message of ours: it would tell a stranger how far they came.
  reject: ({ attributes = [], reason }, request) => {
    const whole = refusal(attributes, reason, request)
    // What the target said besides its refusal can be done without; the refusal cannot.
    return {
      code: packetCodes.accessReject,
      attributes: tooLong(whole, request) ? refusal([], reason, request) : whole,
    }
  },
  challenge: ({ ask, state }) => ({
    code: packetCodes.accessChallenge,
    attributes: [
      ...(typeof ask === 'string' ? [attribute('Reply-Message', ask)] : ask),
      attribute('State', Buffer.from(state, 'latin1')),
    ],
  }),
  silence: () => null,
}

function refusal(attributes: readonly Attribute[], reason: SignInReason, { packet }: Request): readonly Attribute[] {
  return withEapFailure(withMschapError(attributes, reason, packet), packet)
}

/** The reply that a verdict calls for; null is silence. */
export function composeReply(verdict: Verdict, request: Request): Reply | null {
  const compose = replies[verdict.kind] as (verdict: Verdict, request: Request) => Reply | null
  return compose(verdict, request)
}

/**
 * RFC 3579 §2.6.3: whoever asked by EAP is refused by EAP too. Where the target did not say it, we do: an EAP-Failure with the
 * identifier of the response that it refuses (RFC 3748 §4.2).
 */
function withEapFailure(attributes: readonly Attribute[], packet: Request['packet']): readonly Attribute[] {
  const asked = packet.attributes.find(({ type }) => type === eapMessageType)
  if (!asked || attributes.some(({ type }) => type === eapMessageType)) return attributes
  return [...attributes, { type: eapMessageType, value: Uint8Array.of(4, asked.value[1] ?? 0, 0, 4) }]
}
