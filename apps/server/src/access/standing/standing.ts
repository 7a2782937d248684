/**
 * What stands for or against a user before a second factor is thought of. The controls below are asked in their order, and the first
 * that has anything to say decides:
 *
 * | control        | says                                                                     |
 * | -------------- | ------------------------------------------------------------------------ |
 * | blocked        | refused, whatever else stands                                            |
 * | factor off     | refused, or let in on the password alone, as Company Settings say        |
 * | locked         | refused: wrong answers have locked the second factor                     |
 * | bypass         | let in once                                                              |
 * | remembered     | let in: a caching rule remembers a second factor of this person          |
 * | trusted        | let in: the person calls from a trusted network                          |
 *
 * Whoever is let in here has proven the password to the target in this very request: where nobody checked it (a client that asks for
 * the second factor only, the answer to a challenge), these controls let nobody in. And a right code that came with the password is
 * looked at, and used up, rather than passed over: it would stay good for whoever saw it.
 */
import type { SignInReason, TraceFact } from '@sallyport/contract'

import { fact, proceed, reject, type Step } from '../verdict.ts'
import { blocked } from './blocked.ts'
import { bypass } from './bypass.ts'
import type { Control, KnownContext, StandingTools } from './control.ts'
import { factorOff } from './factor-off.ts'
import { locked } from './locked.ts'
import { markFor, remembered } from './remembered.ts'
import { trusted } from './trusted.ts'

/** Keep people out, whoever they are otherwise. */
const refusing: readonly Control[] = [blocked, factorOff, locked]
/** Let people in who have proven their password. */
const admitting: readonly Control[] = [bypass, remembered, trusted]

export function standing(known: KnownContext, tools: StandingTools, before: readonly TraceFact[]): Step {
  const facts = [...before]
  const hasCode = known.codeInPassword?.kind === 'right'
  const mayAdmit = known.passwordProven && !hasCode && tools.standIns !== false
  const controls = mayAdmit ? [...refusing, ...admitting] : refusing
  for (const control of controls) {
    const ruling = control(known, tools)
    if (ruling === null) continue
    facts.push(...ruling.facts)
    if (ruling.kind === 'refuse') return reject(ruling.reason, known, facts)
    if (ruling.kind === 'pass') continue
    if (tools.dryRun) return reject('dry-run', known, [...facts, fact('would', would(ruling.reason))])
    const records = ruling.take ? ruling.take() : []
    if (records === null) continue
    return proceed({ ...known, granted: ruling.reason, records: [...known.records, ...records] }, facts)
  }
  return proceed({ ...known, passwordMark: known.passwordMark ?? markFor(known, tools) }, facts)
}

function would(reason: SignInReason): string {
  switch (reason) {
    case 'password-and-bypass':
      return 'use up the one-time bypass, and let this person in'
    case 'password-and-cache':
      return 'let this person in: a caching rule remembers their second factor'
    case 'password-in-trusted-network':
      return 'let this person in: they call from a trusted network'
    default:
      return 'let this person in on the password alone'
  }
}
