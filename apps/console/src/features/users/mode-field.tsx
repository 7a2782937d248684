/** A choice that a user has for themselves, or leaves to Company Settings: null. */
import { Select } from '@mantine/core'
import type { FieldValues } from 'react-hook-form'
import { useField, type FieldOf } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export interface ModeFieldProps<V extends FieldValues, P> extends FieldOf<V, P> {
  readonly label: string
  readonly choices: readonly { readonly value: string | boolean; readonly label: string }[]
  readonly disabled: boolean
}

const ofCompany = ''

export function ModeField<V extends FieldValues, P>({ control, name, label, choices, disabled }: ModeFieldProps<V, P>) {
  const { value, set, input } = useField({ control, name })
  return (
    <Select
      {...input}
      label={label}
      disabled={disabled}
      allowDeselect={false}
      data={[
        { value: ofCompany, label: t('user-factors.company') },
        ...choices.map((choice) => ({ value: String(choice.value), label: choice.label })),
      ]}
      value={typeof value === 'string' || typeof value === 'boolean' ? String(value) : ofCompany}
      onChange={(chosen) => set(choices.find((choice) => String(choice.value) === chosen)?.value ?? null)}
    />
  )
}
