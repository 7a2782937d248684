/**
 * The code in the answer to a challenge, however the device sent it: in clear by PAP; as the proof of CHAP or MS-CHAPv2, which is
 * computed for every code that would be right now; or in clear inside MS-CHAP2-Response, as FortiGate does.
 */
import {
  ntPasswordHash,
  mschapV2AcceptAttributes,
  verifyChapPassword,
  verifyMschapV2,
  type Attribute,
} from '@sallyport/radius'
import type { EngineToken, EngineUser } from '@sallyport/store/engine'

import type { Context } from '../context.ts'
import { readMschapQuestion } from '../mschap.ts'
import { codesNow, matchCode, type CodeMatch } from './oath.ts'

export interface AnsweredCode {
  readonly match: CodeMatch
  /** What proves us to whoever answered by MS-CHAPv2, and the keys of that exchange: they take the place of the password's. */
  readonly attributes?: readonly Attribute[]
}

type Asked = Pick<Context, 'method' | 'typed' | 'username' | 'nowMs' | 'request'>
type Unseal = (token: EngineToken) => Uint8Array

/** Consumes nothing. */
export function answeredCode(context: Asked, user: Pick<EngineUser, 'tokens'>, unseal: Unseal): AnsweredCode {
  switch (context.method) {
    case 'pap':
      return { match: matchCode(user, context.typed.replace(/\s/g, ''), context.nowMs, unseal) }
    case 'chap': {
      const { packet } = context.request
      const isRight = (code: string) => (verifyChapPassword(packet, Buffer.from(code)) ? true : undefined)
      return { match: tryEach(user, context.nowMs, unseal, isRight).match }
    }
    case 'ms-chap':
      return mschapAnswer(context, user, unseal)
    default:
      return { match: { kind: 'wrong' } }
  }
}

function mschapAnswer(context: Asked, user: Pick<EngineUser, 'tokens'>, unseal: Unseal): AnsweredCode {
  const { request, username, nowMs } = context
  const question = readMschapQuestion(request.packet)
  if (question.kind !== 'response') return { match: { kind: 'wrong' } }
  const { authenticatorChallenge, response } = question
  for (const digits of new Set(user.tokens.map((token) => token.digits))) {
    const clear = /^[0-9]+/.exec(Buffer.from(response.peerChallenge).toString('latin1'))?.[0]
    if (clear?.length !== digits) continue
    const match = matchCode(user, clear, nowMs, unseal)
    if (match.kind !== 'wrong') return { match }
  }
  const { match, found } = tryEach(user, nowMs, unseal, (code) =>
    verifyMschapV2({ username, authenticatorChallenge, response, ntHash: ntPasswordHash(code) }),
  )
  if (match.kind !== 'right' || !found) return { match }
  return { match, attributes: mschapV2AcceptAttributes(found, request.secret, request.packet.authenticator) }
}

/** The first code of the user's tokens that proves right and is not used; one that was used is told apart for the log. */
function tryEach<T>(
  user: Pick<EngineUser, 'tokens'>,
  nowMs: number,
  unseal: Unseal,
  prove: (code: string) => T | undefined,
): { readonly match: CodeMatch; readonly found?: T } {
  let result: CodeMatch = { kind: 'wrong' }
  for (const { code, match } of codesNow(user, nowMs, unseal)) {
    const found = prove(code)
    if (found === undefined) continue
    if (match.kind === 'right') return { match, found }
    result = match
  }
  return { match: result }
}
