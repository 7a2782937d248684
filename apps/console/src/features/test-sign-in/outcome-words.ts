/** Says in words what a test came to, as the device and the person at it would see it. */
import type { TestSignInView } from '@sallyport/contract'
import type { StateKind } from '@sallyport/ui'
import { reasonTitle } from '../../lib/sign-ins/sign-in-words.ts'
import { t } from '../../lib/words.ts'
import './page-words.ts'

type Told = Pick<TestSignInView, 'state' | 'signIn' | 'username' | 'dropReason' | 'deviceTimeoutSeconds' | 'dryRun'>

/** A dry run that came to its end is what was wanted, though the wire carries a refusal. */
function isDryEnd({ signIn }: Pick<Told, 'signIn'>): boolean {
  return signIn?.reason === 'dry-run'
}

export function outcomeState(view: Told): StateKind {
  switch (view.state) {
    case 'accepted':
      return 'good'
    case 'rejected':
      return isDryEnd(view) ? 'good' : 'bad'
    case 'unanswered':
    case 'dropped':
      return 'warning'
    case 'waiting':
    case 'challenged':
    case 'stopped':
      return 'neutral'
  }
}

export function outcomeTitle(view: Told): string {
  const values = { who: view.username, reason: view.signIn === null ? '' : reasonTitle(view.signIn.reason) }
  if (isDryEnd(view)) return t('test-sign-in.outcome.dry', values)
  const told = view.signIn !== null && (view.state === 'rejected' || view.state === 'unanswered')
  return t(`test-sign-in.outcome.${view.state}.${told ? 'why' : 'title'}`, values)
}

/** What it means; for what has a sign-in in the log, the log's own reason follows. */
export function outcomeText(view: Told): string {
  if (isDryEnd(view)) {
    const facts = view.signIn?.rounds.flatMap(({ stages }) => stages.flatMap((stage) => stage.facts)) ?? []
    return t('test-sign-in.outcome.would', { would: facts.findLast(({ name }) => name === 'would')?.value ?? '' })
  }
  const values = { seconds: view.deviceTimeoutSeconds, reason: view.dropReason ?? '' }
  return t(`test-sign-in.outcome.${view.state}.text`, values)
}
