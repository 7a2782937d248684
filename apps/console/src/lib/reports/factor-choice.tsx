/** Chooses a second factor, none of them, or any. */
import { Select } from '@mantine/core'
import { factorOrNone, type FactorOrNone } from '@sallyport/contract'
import { factorText } from '../sign-ins/sign-in-words.ts'
import { t } from '../words.ts'
import '../sign-ins/page-words.ts'

export interface FactorChoiceProps {
  readonly factor: FactorOrNone | undefined
  readonly onChange: (factor: FactorOrNone | undefined) => void
}

export function FactorChoice({ factor, onChange }: FactorChoiceProps) {
  return (
    <Select
      aria-label={t('sign-ins.filter.factor')}
      placeholder={t('sign-ins.filter.anyFactor')}
      w="11rem"
      clearable
      data={factorOrNone.options.map((value) => ({ value, label: factorText(value) }))}
      value={factor ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  )
}
