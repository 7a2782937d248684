/** Says in words what a token is. */
import type { TestCodeResult, TokenView } from '@sallyport/contract'
import type { StateKind } from '@sallyport/ui'
import { t } from '../words.ts'
import './page-words.ts'

type Kind = Pick<TokenView, 'type' | 'digits' | 'stepSeconds' | 'algorithm'>

/** “6 digits every 30 s, SHA-1”; “6 digits, by counter, SHA-1”. */
export function tokenKind({ type, digits, stepSeconds, algorithm }: Kind): string {
  return t(type === 'hotp' ? 'oath-tokens.kindHotp' : 'oath-tokens.kind', { digits, stepSeconds, algorithm })
}

/** “6 digits, 30 s”; the algorithm only where it is not the one that nearly all tokens use. */
export function shortTokenKind({ type, digits, stepSeconds, algorithm }: Kind): string {
  const short = t(type === 'hotp' ? 'oath-tokens.shortKindHotp' : 'oath-tokens.shortKind', { digits, stepSeconds })
  return algorithm === 'SHA-1' ? short : `${short}, ${algorithm}`
}

/** Manufacturer and model; empty where neither is known. */
export function tokenMake({ manufacturer, model }: Pick<TokenView, 'manufacturer' | 'model'>): string {
  return `${manufacturer} ${model}`.trim()
}

export interface TestVerdict {
  readonly state: StateKind
  readonly title: string
  readonly text: string
}

/** What a tested code tells about the token. */
export function testVerdict(
  { outcome, outOfStepSteps }: TestCodeResult,
  { type, stepSeconds }: Pick<TokenView, 'type' | 'stepSeconds'>,
): TestVerdict {
  const steps = outOfStepSteps ?? 0
  const isHotp = type === 'hotp'
  const values = { count: Math.abs(steps), seconds: Math.abs(steps) * stepSeconds }
  switch (outcome) {
    case 'right':
      return {
        state: 'good',
        title: t('oath-tokens.test.right'),
        text: t(
          `oath-tokens.test.${steps === 0 ? 'rightText' : isHotp ? 'rightSkippedText' : 'rightNeighbourText'}`,
          values,
        ),
      }
    case 'right-but-not-valid':
      return { state: 'warning', title: t('oath-tokens.test.notValid'), text: t('oath-tokens.test.notValidText') }
    case 'right-but-used':
      return { state: 'warning', title: t('oath-tokens.test.used'), text: t('oath-tokens.test.usedText') }
    case 'right-but-out-of-step':
      return {
        state: 'warning',
        title: t(`oath-tokens.test.${isHotp ? 'skipped' : steps > 0 ? 'ahead' : 'behind'}`, values),
        text: t('oath-tokens.test.outOfStepText', values),
      }
    case 'wrong':
      return {
        state: 'bad',
        title: t('oath-tokens.test.wrong'),
        text: t(isHotp ? 'oath-tokens.test.wrongTextHotp' : 'oath-tokens.test.wrongText'),
      }
  }
}

/** A Base32 secret in groups of four, as people read it out. */
export function groupedSecret(secret: string): string {
  return (secret.match(/.{1,4}/g) ?? []).join(' ')
}
