/** The OATH token as a second factor: whether a code is right for one of a user's tokens (RFC 6238, one step either way). */
import type { EngineToken, EngineUser } from '@sallyport/store/engine'

import { matchTotp } from '../../oath/totp.ts'

/** A right code that nobody has used: which token showed it, for which time step. */
export interface MatchedCode {
  readonly kind: 'right'
  readonly tokenId: string
  readonly serialNumber: string
  readonly step: number
}

export type CodeMatch = MatchedCode | { readonly kind: 'used' } | { readonly kind: 'wrong' }

/** Tries a code against each of the user's tokens; consumes nothing. A code that was used before is told apart for the log. */
export function matchCode(
  user: Pick<EngineUser, 'tokens'>,
  code: string,
  nowMs: number,
  unseal: (token: EngineToken) => Uint8Array,
): CodeMatch {
  let result: CodeMatch = { kind: 'wrong' }
  for (const token of user.tokens) {
    if (code.length !== token.digits) continue
    const { algorithm, digits, stepSeconds } = token
    const secret = unseal(token)
    const match = matchTotp({
      secret,
      algorithm,
      digits,
      stepSeconds,
      code,
      nowMs,
      window: 1,
      afterStep: token.lastUsedStep,
    })
    if (match.kind === 'right') {
      return { kind: 'right', tokenId: token.id, serialNumber: token.serialNumber, step: match.step }
    }
    if (match.kind === 'used') result = { kind: 'used' }
  }
  return result
}
