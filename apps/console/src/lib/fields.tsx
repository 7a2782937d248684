/** Form fields that know their form: value, error in words, focus after a failed save. */
import {
  Checkbox,
  NumberInput,
  Select,
  Textarea,
  TextInput,
  type CheckboxProps,
  type NumberInputProps,
  type SelectProps,
  type TextareaProps,
  type TextInputProps,
} from '@mantine/core'
import { SecretInput, type SecretInputProps } from '@sallyport/ui'
import { useController, type Control, type FieldPath, type FieldValues } from 'react-hook-form'
import { sentence } from './words.ts'

/** Which field of which form. */
export interface FieldOf<V extends FieldValues, P> {
  readonly control: Control<V, unknown, P>
  readonly name: FieldPath<V>
}

type Own = 'value' | 'defaultValue' | 'onChange' | 'onBlur' | 'error' | 'ref' | 'name' | 'checked'
type Props<V extends FieldValues, P, Input> = FieldOf<V, P> & Omit<Input, Own>

/** What every field hands to its input; `set` takes what the schema takes. */
export function useField<V extends FieldValues, P>({ control, name }: FieldOf<V, P>) {
  const { field, fieldState } = useController({ control, name })
  const message = fieldState.error?.message ?? fieldState.error?.root?.message
  return {
    value: field.value as unknown,
    set: (value: unknown) => field.onChange(value),
    input: {
      name: field.name,
      onBlur: field.onBlur,
      ref: field.ref,
      error: message === undefined ? null : sentence(message),
    },
  }
}

export function TextField<V extends FieldValues, P>({ control, name, ...rest }: Props<V, P, TextInputProps>) {
  const { value, set, input } = useField({ control, name })
  return <TextInput {...rest} {...input} value={asText(value)} onChange={(event) => set(event.currentTarget.value)} />
}

export function TextAreaField<V extends FieldValues, P>({ control, name, ...rest }: Props<V, P, TextareaProps>) {
  const { value, set, input } = useField({ control, name })
  return <Textarea {...rest} {...input} value={asText(value)} onChange={(event) => set(event.currentTarget.value)} />
}

/** A secret; empty counts as not given where `emptyIsAbsent`. */
export function SecretField<V extends FieldValues, P>({
  control,
  name,
  emptyIsAbsent = false,
  ...rest
}: FieldOf<V, P> & Omit<SecretInputProps, Own> & { readonly emptyIsAbsent?: boolean }) {
  const { value, set, input } = useField({ control, name })
  return (
    <SecretInput
      {...rest}
      {...input}
      value={asText(value)}
      onChange={(text) => set(emptyIsAbsent && text === '' ? undefined : text)}
    />
  )
}

/** A number; `scale` shows one unit and keeps another, such as seconds over milliseconds with 1000. */
export function NumberField<V extends FieldValues, P>({
  control,
  name,
  scale = 1,
  ...rest
}: Props<V, P, NumberInputProps> & { readonly scale?: number }) {
  const { value, set, input } = useField({ control, name })
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

export function CheckField<V extends FieldValues, P>({ control, name, ...rest }: Props<V, P, CheckboxProps>) {
  const { value, set, input } = useField({ control, name })
  return (
    <Checkbox {...rest} {...input} checked={value === true} onChange={(event) => set(event.currentTarget.checked)} />
  )
}

export function SelectField<V extends FieldValues, P>({ control, name, ...rest }: Props<V, P, SelectProps>) {
  const { value, set, input } = useField({ control, name })
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

function asText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
