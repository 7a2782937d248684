/** The OATH token as a second factor: whether a code is right for one of a user's tokens, and which codes would be (RFC 4226, 6238). */
import type { EngineToken, EngineUser } from '@sallyport/store/engine'

import { hotpCode, matchSteps } from '../../oath/hotp.ts'
import { learntDrift, stepsLookedAt } from '../../oath/looked-at.ts'

/** A right code that nobody has used: which token showed it, for which time step or counter, and what that says of its clock. */
export interface MatchedCode {
  readonly kind: 'right'
  readonly tokenId: string
  readonly serialNumber: string
  readonly step: number
  readonly drift: number
}

export type CodeMatch = MatchedCode | { readonly kind: 'used' } | { readonly kind: 'wrong' }

type Tokens = Pick<EngineUser, 'tokens'>
type Unseal = (token: EngineToken) => Uint8Array

/** Tries a code against each of the user's tokens; consumes nothing. A code that was used before is told apart for the log. */
export function matchCode(user: Tokens, code: string, nowMs: number, unseal: Unseal): CodeMatch {
  let result: CodeMatch = { kind: 'wrong' }
  for (const token of validTokens(user, nowMs)) {
    if (code.length !== token.digits) continue
    const key = { secret: unseal(token), algorithm: token.algorithm, digits: token.digits }
    const match = matchSteps(key, code, stepsLookedAt(token, nowMs), token.lastUsedStep)
    if (match.kind === 'right') return matched(token, match.step, nowMs)
    if (match.kind === 'used') result = { kind: 'used' }
  }
  return result
}

/** The codes that {@link matchCode} would take now, or tell apart as used, for whoever is proven one without seeing it. */
export function* codesNow(
  user: Tokens,
  nowMs: number,
  unseal: Unseal,
): Generator<{ readonly code: string; readonly match: Exclude<CodeMatch, { readonly kind: 'wrong' }> }> {
  for (const token of validTokens(user, nowMs)) {
    const key = { secret: unseal(token), algorithm: token.algorithm, digits: token.digits }
    for (const step of stepsLookedAt(token, nowMs)) {
      const isFree = token.lastUsedStep === null || step > token.lastUsedStep
      yield { code: hotpCode(key, step), match: isFree ? matched(token, step, nowMs) : { kind: 'used' } }
    }
  }
}

/** The tokens whose time it is: their start date has come, and they have not expired. */
export function validTokens({ tokens }: Tokens, nowMs: number): readonly EngineToken[] {
  return tokens.filter(
    ({ notBeforeMs, notAfterMs }) => (notBeforeMs ?? nowMs) <= nowMs && nowMs <= (notAfterMs ?? nowMs),
  )
}

function matched(token: EngineToken, step: number, nowMs: number): MatchedCode {
  const { id: tokenId, serialNumber } = token
  return { kind: 'right', tokenId, serialNumber, step, drift: learntDrift(token, step, nowMs) }
}
