/**
 * The answer to a challenge where we know what it must be, however the device sent it: in clear by PAP; as the proof of CHAP or
 * MS-CHAPv2, which is computed for each candidate; or in clear inside MS-CHAP2-Response, as FortiGate does.
 */
import {
  mschapV2AcceptAttributes,
  ntPasswordHash,
  verifyChapPassword,
  verifyMschapV2,
  type Attribute,
} from '@sallyport/radius'

import { isSameCode } from '../../oath/hotp.ts'
import type { Context } from '../context.ts'
import { readMschapQuestion } from '../mschap.ts'

export interface AnsweredText {
  readonly text: string
  /** What proves us to whoever answered by MS-CHAPv2, and the keys of that exchange. */
  readonly attributes?: readonly Attribute[]
}

type Asked = Pick<Context, 'method' | 'typed' | 'username' | 'request'>

/** The candidate that was answered, of digits alone; undefined where it is none of them. */
export function answeredText(context: Asked, candidates: readonly string[]): AnsweredText | undefined {
  switch (context.method) {
    case 'pap': {
      const typed = context.typed.replace(/\s/g, '')
      const text = candidates.find((candidate) => isSameCode(typed, candidate))
      return text === undefined ? undefined : { text }
    }
    case 'chap': {
      const { packet } = context.request
      const text = candidates.find((candidate) => verifyChapPassword(packet, Buffer.from(candidate)))
      return text === undefined ? undefined : { text }
    }
    case 'ms-chap':
      return mschapAnswer(context, candidates)
    default:
      return undefined
  }
}

function mschapAnswer({ request, username }: Asked, candidates: readonly string[]): AnsweredText | undefined {
  const question = readMschapQuestion(request.packet)
  if (question.kind !== 'response') return undefined
  const { authenticatorChallenge, response } = question
  const clear = /^[0-9]+/.exec(Buffer.from(response.peerChallenge).toString('latin1'))?.[0] ?? ''
  for (const text of candidates) {
    if (isSameCode(clear, text)) return { text }
    const proof = verifyMschapV2({ username, authenticatorChallenge, response, ntHash: ntPasswordHash(text) })
    if (!proof) continue
    return { text, attributes: mschapV2AcceptAttributes(proof, request.secret, request.packet.authenticator) }
  }
  return undefined
}
