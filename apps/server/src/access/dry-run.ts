/** What a dry run says in place of the second factor: what would come next, with nothing of it done. */
import type { Context } from './context.ts'
import type { NextFactor } from './next-factor.ts'
import { fact, reject, type Step } from './verdict.ts'

type Words = { readonly [Kind in NextFactor['kind']]: string }

const would: Words = {
  none: 'let this person in on the password alone: nobody of this name is among the users, and this client lets such people in',
  refused: 'refuse',
  answered: 'look at the answer to the challenge',
  'code-in-password': 'take the code that came with the password, and let this person in',
  challenge: 'ask for the code of an OATH token, by a challenge',
}

/** Always ends in a rejection: with the second factor's own reason where it would refuse. */
export function stopBefore(next: NextFactor, context: Context): Step {
  if (next.kind === 'refused') return reject(next.reason, context)
  return reject('dry-run', context, [fact('would', would[next.kind])])
}
