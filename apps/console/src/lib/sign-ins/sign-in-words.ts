/** Says in words what a sign-in's result, reason, stages and facts mean. */
import type { FactorOrNone, SignInReason, SignInResult, SignInRow, StageName } from '@sallyport/contract'
import type { StateKind } from '@sallyport/ui'
import { t } from '../words.ts'
import './page-words.ts'

/** What each result means for somebody who looks. */
export const resultStates: Record<SignInResult, StateKind> = {
  accepted: 'good',
  rejected: 'bad',
  challenged: 'neutral',
  unanswered: 'warning',
}

export function resultText(result: SignInResult): string {
  return t(`sign-ins.result.${result}`)
}

export function reasonTitle(reason: SignInReason): string {
  return t(`sign-ins.reason.${reason}.title`)
}

type Named = Pick<SignInRow, 'reason' | 'username' | 'client' | 'clientAddress' | 'user'>

/** Why it ended so, in a sentence. */
export function reasonText(signIn: Named): string {
  return t(`sign-ins.reason.${signIn.reason}.text`, names(signIn))
}

/** What to do about it; empty where nothing is to be done. */
export function reasonFix(signIn: Named): string {
  return t(`sign-ins.reason.${signIn.reason}.fix`, names(signIn))
}

/** What a reason means and what to do about it, of no sign-in in particular. */
export function reasonInGeneral(reason: SignInReason): { readonly text: string; readonly fix: string } {
  const names = {
    client: t('sign-ins.anyone.client'),
    user: t('sign-ins.anyone.user'),
    address: t('sign-ins.anyone.address'),
  }
  const said = (part: string) => capitalised(t(`sign-ins.reason.${reason}.${part}`, names))
  return { text: said('text'), fix: said('fix') }
}

/** Who asked, by the name that we know or the one that was sent. */
export function whoText({ user, username }: Pick<SignInRow, 'user' | 'username'>): string {
  if (user !== null) return user.username
  return username === '' ? t('sign-ins.nobody') : username
}

export function clientText({ client, clientAddress }: Pick<SignInRow, 'client' | 'clientAddress'>): string {
  return client?.name ?? clientAddress
}

export function factorText(factor: FactorOrNone): string {
  return factor === 'none' ? t('sign-ins.filter.noFactor') : t(`sign-ins.factor.${factor}`)
}

export function stageText(stage: StageName): string {
  return t(`sign-ins.stage.${stage}`)
}

/** A fact's name in words; one that the catalogue does not know stands for itself, as RADIUS attributes do. */
export function factName(name: string): string {
  const key = `sign-ins.fact.${name}`
  const words = t(key)
  return words === key ? name : words
}

/** Where a name stood at the beginning of a sentence, another word does now. */
function capitalised(sentences: string): string {
  return sentences.replaceAll(/(?:^|[.!?] )\p{Ll}/gu, (begin) => begin.toLocaleUpperCase())
}

function names(signIn: Named): Record<string, string> {
  return { client: clientText(signIn), address: signIn.clientAddress, user: whoText(signIn) }
}
