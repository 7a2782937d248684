/** What a server’s answer means for the sign-in, and what of it goes to the device. */
import {
  codeName,
  forwardReply,
  mschapErrors,
  packetCodes,
  readAttribute,
  readMschapError,
  type Attribute,
} from '@sallyport/radius'

import type { PrimaryOutcome, PrimaryQuestion } from '../../primary-target.ts'
import { fact } from '../../verdict.ts'
import type { Asked } from './ask.ts'

const stateType = 24

/** @param answered a verified answer to an Access-Request */
export function outcomeOf(
  answered: Extract<Asked, { kind: 'answered' }>,
  { request, username }: PrimaryQuestion,
): PrimaryOutcome {
  const { link, answer, missed } = answered
  const { packet, requestAuthenticator, roundTripMs, tries } = answer.result
  const { attributes, unreadable } = forwardReply(
    packet,
    { secret: answer.secret, authenticator: requestAuthenticator },
    { secret: request.secret, authenticator: request.packet.authenticator },
  )
  const server = link.name
  const facts = [
    ...missed.map((each) => fact('no-answer', `${each.server}: ${each.problem}`)),
    fact('answer', codeName(packet.code)),
    fact('round-trip', `${roundTripMs.toFixed(1)} ms${tries > 1 ? `, ${tries} transmissions` : ''}`),
    ...(unreadable.length > 0 ? [fact('unreadable', unreadable.join(', '))] : []),
  ]
  switch (packet.code) {
    case packetCodes.accessAccept: {
      // RFC 2865 §5.1: the name in an Access-Accept is the one that counts.
      const named = readAttribute(packet, 'User-Name')
      const names = named === undefined || named === '' ? [username] : [named]
      return { kind: 'ok', server, names, detail: names[0] ?? '', facts, attributes: withoutState(attributes) }
    }
    case packetCodes.accessReject:
      return { ...refusal(attributes), server, facts, attributes: withoutState(attributes) }
    case packetCodes.accessChallenge: {
      const state = packet.attributes.find(({ type }) => type === stateType)?.value ?? new Uint8Array(0)
      const relay = { serverId: link.server.id, state: Buffer.from(state).toString('base64') }
      return { kind: 'challenge', server, facts, attributes: withoutState(attributes), relay }
    }
    default:
      return { kind: 'down', detail: `${server} answered with ${codeName(packet.code)}.`, facts }
  }
}

/**
 * RFC 2865 §5.24: a State of the server's would come back to us, where only our own are known. In an Access-Challenge ours stands
 * for it; in an Access-Accept it would serve a re-authentication (Termination-Action), which then begins anew.
 */
function withoutState(attributes: readonly Attribute[]): readonly Attribute[] {
  return attributes.some(({ type }) => type === stateType)
    ? attributes.filter(({ type }) => type !== stateType)
    : attributes
}

/** Most servers do not say why; MS-CHAP has numbers for some reasons (RFC 2759 §6). */
function refusal(attributes: readonly Attribute[]) {
  const error = readMschapError({ attributes })
  if (!error) {
    const detail = readAttribute({ attributes }, 'Reply-Message')?.replace(/\p{Cc}/gu, ' ') ?? ''
    return { kind: 'rejected', detail } as const
  }
  const detail = `MS-CHAP-Error E=${error.code}`
  if (error.code === mschapErrors.passwordExpired) return { kind: 'password-expired', detail } as const
  if (error.code === mschapErrors.accountDisabled) return { kind: 'account-disabled', detail } as const
  return { kind: 'rejected', detail } as const
}
