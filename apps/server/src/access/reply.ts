/** Stage 9, reply: the verdict becomes a packet, by one table. Message-Authenticator and Proxy-State are added by the server. */
import { attribute, packetCodes, type Attribute, type PacketCode } from '@sallyport/radius'

import type { AccessRequest } from './access-request.ts'
import { withMschapError } from './mschap.ts'
import type { Verdict } from './verdict.ts'

export interface Reply {
  readonly code: PacketCode
  readonly attributes: readonly Attribute[]
}

type Request = Pick<AccessRequest, 'packet'>
type Table = {
  readonly [Kind in Verdict['kind']]: (verdict: Extract<Verdict, { kind: Kind }>, request: Request) => Reply | null
}

const replies: Table = {
  accept: ({ attributes }) => ({ code: packetCodes.accessAccept, attributes }),
  // No Reply-Message of ours: it would tell a stranger how far they came.
  reject: ({ attributes = [], reason }, { packet }) => ({
    code: packetCodes.accessReject,
    attributes: withMschapError(attributes, reason, packet),
  }),
  challenge: ({ prompt, state }) => ({
    code: packetCodes.accessChallenge,
    attributes: [attribute('Reply-Message', prompt), attribute('State', Buffer.from(state, 'latin1'))],
  }),
  silence: () => null,
}

/** The reply that a verdict calls for; null is silence. */
export function composeReply(verdict: Verdict, request: Request): Reply | null {
  const compose = replies[verdict.kind] as (verdict: Verdict, request: Request) => Reply | null
  return compose(verdict, request)
}
