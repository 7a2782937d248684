/** Chooses between all, and those that are or are not something. */
import { SegmentedControl } from '@mantine/core'
import { t } from './words.ts'

export interface StateFilterProps<Choice extends string> {
  /** What is chosen between, for screen readers. */
  readonly label: string
  readonly choices: readonly { readonly value: Choice; readonly label: string }[]
  /** Undefined: all. */
  readonly value: Choice | undefined
  readonly onChange: (value: Choice | undefined) => void
}

export function StateFilter<Choice extends string>({ label, choices, value, onChange }: StateFilterProps<Choice>) {
  return (
    <SegmentedControl
      aria-label={label}
      // Where there is no room for all of them beside each other, the rest goes below: nothing is cut off.
      maw="100%"
      style={{ flexWrap: 'wrap' }}
      data={[{ value: 'all', label: t('lists.all') }, ...choices]}
      value={value ?? 'all'}
      onChange={(chosen) => onChange(choices.find((choice) => choice.value === chosen)?.value)}
    />
  )
}
