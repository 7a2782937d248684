/** A choice that a user has for themselves, or leaves to Company Settings: null. */
import { Select } from '@mantine/core'
import type { FieldValues } from 'react-hook-form'
import { useField, type FieldOf } from '../text-fields.tsx'
import { t } from '../words.ts'
import '../user-factors/page-words.ts'

export interface ModeFieldProps<V extends FieldValues, P> extends FieldOf<V, P> {
  readonly label: string
  readonly choices: readonly { readonly value: string | boolean; readonly label: string }[]
  readonly disabled?: boolean
}

const ofCompany = ''

export function ModeField<V extends FieldValues, P>({
  control,
  name,
  label,
  choices,
  disabled = false,
}: ModeFieldProps<V, P>) {
  const textOf = (value: string) => choices.find((choice) => String(choice.value) === value)?.label
  const { value, set, input } = useField({ control, name, label, textOf })
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

/** How calls, the app and texts go: a field each. */
export function modeChoices() {
  const choices = <const V extends string>(group: string, values: readonly V[]) =>
    values.map((value) => ({ value, label: t(`user-factors.methods.${group}.${value}`) }))
  return [
    { name: 'callMode', label: t('user-factors.methods.callMode'), choices: choices('callModes', ['standard', 'pin']) },
    { name: 'appMode', label: t('user-factors.methods.appMode'), choices: choices('appModes', ['standard', 'pin']) },
    {
      name: 'textMode',
      label: t('user-factors.methods.textMode'),
      choices: choices('textModes', ['one-way', 'two-way']),
    },
    {
      name: 'textWithPin',
      label: t('user-factors.methods.textWithPin'),
      choices: [false, true].map((value) => ({
        value,
        label: t(`user-factors.methods.textPin.${value ? 'with' : 'without'}`),
      })),
    },
  ] as const
}
