/** Says in words what a token is. */
import type { TestCodeResult, TokenView } from '@sallyport/contract'
import type { StateKind } from '@sallyport/ui'
import { t } from '../words.ts'

/** “6 digits every 30 s, SHA-1”. */
export function tokenKind({
  digits,
  stepSeconds,
  algorithm,
}: Pick<TokenView, 'digits' | 'stepSeconds' | 'algorithm'>): string {
  return t('oath-tokens.kind', { digits, stepSeconds, algorithm })
}

/** “6 digits, 30 s”; the algorithm only where it is not the one that nearly all tokens use. */
export function shortTokenKind({
  digits,
  stepSeconds,
  algorithm,
}: Pick<TokenView, 'digits' | 'stepSeconds' | 'algorithm'>): string {
  const short = t('oath-tokens.shortKind', { digits, stepSeconds })
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
export function testVerdict({ outcome, outOfStepSteps }: TestCodeResult, stepSeconds: number): TestVerdict {
  const steps = outOfStepSteps ?? 0
  const values = { count: Math.abs(steps), seconds: Math.abs(steps) * stepSeconds }
  switch (outcome) {
    case 'right':
      return {
        state: 'good',
        title: t('oath-tokens.test.right'),
        text: t(steps === 0 ? 'oath-tokens.test.rightText' : 'oath-tokens.test.rightNeighbourText'),
      }
    case 'right-but-used':
      return { state: 'warning', title: t('oath-tokens.test.used'), text: t('oath-tokens.test.usedText') }
    case 'right-but-out-of-step':
      return {
        state: 'warning',
        title: t(steps > 0 ? 'oath-tokens.test.ahead' : 'oath-tokens.test.behind', values),
        text: t('oath-tokens.test.outOfStepText', values),
      }
    case 'wrong':
      return { state: 'bad', title: t('oath-tokens.test.wrong'), text: t('oath-tokens.test.wrongText') }
  }
}

/** A Base32 secret in groups of four, as people read it out. */
export function groupedSecret(secret: string): string {
  return (secret.match(/.{1,4}/g) ?? []).join(' ')
}
