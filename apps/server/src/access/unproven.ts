/** How a request ends whose password the target did not find right: refused by name, or in silence where nobody could say. */
import type { SignInReason } from '@sallyport/contract'

import type { Context } from './context.ts'
import type { PrimaryOutcome } from './primary-target.ts'
import { end, fact, type Step } from './verdict.ts'

type Unproven = Exclude<PrimaryOutcome, { readonly kind: 'ok' | 'challenge' }>
type Refusal = Exclude<Unproven['kind'], 'down' | 'misconfigured' | 'overloaded'>

const reasons: Record<Refusal, SignInReason> = {
  'wrong-password': 'wrong-password',
  'unknown-user': 'unknown-to-directory',
  'ambiguous-user': 'ambiguous-in-directory',
  'password-expired': 'password-expired',
  'must-change': 'password-must-change',
  'account-locked': 'account-locked',
  'account-disabled': 'account-disabled',
  'no-password-kept': 'no-password-kept',
  'too-many-wrong-passwords': 'too-many-wrong-passwords',
  'password-change-refused': 'password-change-refused',
  'mschap-v1': 'mschap-v1-not-possible',
  'mschap-malformed': 'mschap-malformed',
  'no-nt-hash': 'no-nt-hash',
  rejected: 'rejected-by-target',
}

/** @param instead what it is called in place of the target's own reason, where more is known */
export function endUnproven(outcome: Unproven, context: Context, instead?: SignInReason): Step {
  const detail = fact('detail', outcome.detail)
  switch (outcome.kind) {
    case 'down': {
      const kind = outcome.reject === true ? 'reject' : 'silence'
      return end({ kind, reason: 'target-down' }, context, [...(outcome.facts ?? []), detail])
    }
    case 'misconfigured':
      return end({ kind: 'silence', reason: 'target-misconfigured' }, context, [detail])
    case 'overloaded':
      return end({ kind: 'silence', reason: 'overloaded' }, context, [detail])
    default: {
      const facts = [fact('server', outcome.server), ...(outcome.facts ?? []), detail]
      const { attributes } = outcome
      const reason = instead ?? reasons[outcome.kind]
      return end({ kind: 'reject', reason, ...(attributes && { attributes }) }, context, facts)
    }
  }
}
