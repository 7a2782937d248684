/** What a dry run says in place of the second factor: what would come next, with nothing of it done. */
import type { Context } from './context.ts'
import type { Way } from './factor/choose.ts'
import type { NextFactor } from './next-factor.ts'
import { fact, reject, type Step } from './verdict.ts'

type Words = { readonly [Kind in Exclude<NextFactor['kind'], 'ask'>]: string }

const would: Words = {
  none: 'let this person in on the password alone: nobody of this name is among the users, and this client lets such people in',
  refused: 'refuse',
  fallback: 'ask for what takes the place of the second factor',
  answered: 'look at the answer to the challenge',
  'code-in-password': 'take the code that came with the password, and let this person in',
  'wrong-code': 'refuse the code',
  join: 'wait for the person who is being asked for this sign-in already',
}

const asks: Readonly<Record<Way['kind'], string>> = {
  oath: 'ask for the code of an OATH token, by a challenge',
  push: 'ask for an approval in the mobile app',
  text: 'send a text message',
  call: 'call the user’s phone',
  email: 'send a code by mail, and ask for it by a challenge',
}

/** Always ends in a rejection: with the second factor's own reason where it would refuse. */
export function stopBefore(next: NextFactor, context: Context): Step {
  const passedOver =
    'skipped' in next ? next.skipped.map(({ method, why }) => fact('passed-over', `${method}: ${why}`)) : []
  if (next.kind === 'refused') return reject(next.reason, context, passedOver)
  const words = next.kind === 'ask' ? asks[next.way.kind] : would[next.kind]
  return reject('dry-run', context, [...passedOver, fact('would', words)])
}
