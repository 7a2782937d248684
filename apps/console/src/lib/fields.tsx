/** Form fields that know their form: value, error in words, focus after a failed save. */
import {
  Checkbox,
  MultiSelect,
  NumberInput,
  Select,
  Textarea,
  type CheckboxProps,
  type MultiSelectProps,
  type NumberInputProps,
  type SelectProps,
  type TextareaProps,
} from '@mantine/core'
import type { FieldValues } from 'react-hook-form'
import { asText, useField, type FieldProps } from './text-fields.tsx'

export function TextAreaField<V extends FieldValues, P>({ control, name, ...rest }: FieldProps<V, P, TextareaProps>) {
  const { value, set, input } = useField({ control, name, label: rest.label })
  return <Textarea {...rest} {...input} value={asText(value)} onChange={(event) => set(event.currentTarget.value)} />
}

/** A number; `scale` shows one unit and keeps another, such as seconds over milliseconds with 1000. */
export function NumberField<V extends FieldValues, P>({
  control,
  name,
  scale = 1,
  ...rest
}: FieldProps<V, P, NumberInputProps> & { readonly scale?: number }) {
  const { value, set, input } = useField({ control, name, label: rest.label })
  return (
    <NumberInput
      allowNegative={false}
      clampBehavior="none"
      {...rest}
      {...input}
      value={typeof value === 'number' ? value / scale : ''}
      onChange={(typed) => set(typeof typed === 'number' ? Math.round(typed * scale) : undefined)}
    />
  )
}

export function CheckField<V extends FieldValues, P>({ control, name, ...rest }: FieldProps<V, P, CheckboxProps>) {
  const { value, set, input } = useField({ control, name, label: rest.label })
  return (
    <Checkbox {...rest} {...input} checked={value === true} onChange={(event) => set(event.currentTarget.checked)} />
  )
}

export function SelectField<V extends FieldValues, P>({ control, name, ...rest }: FieldProps<V, P, SelectProps>) {
  const { value, set, input } = useField({ control, name, label: rest.label, textOf: wordsOf(rest.data) })
  return (
    <Select
      allowDeselect={false}
      {...rest}
      {...input}
      value={typeof value === 'string' ? value : null}
      onChange={(chosen) => set(chosen)}
    />
  )
}

/** Several of a list, in the order in which they were chosen. */
export function MultiSelectField<V extends FieldValues, P>({
  control,
  name,
  ...rest
}: FieldProps<V, P, MultiSelectProps>) {
  const { value, set, input } = useField({ control, name, label: rest.label, textOf: wordsOf(rest.data) })
  return (
    <MultiSelect
      {...rest}
      {...input}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={(chosen) => set(chosen)}
    />
  )
}

/** The words of a choice. */
function wordsOf(data: SelectProps['data']): (value: string) => string | undefined {
  const choices = (data ?? []).flatMap((choice) => (typeof choice === 'object' && 'value' in choice ? [choice] : []))
  return (value) => choices.find((choice) => choice.value === value)?.label
}
