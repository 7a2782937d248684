/** Form fields for text and secrets, apart from the others: they are all that the sign-in page loads. */
import { TextInput, type TextInputProps } from '@mantine/core'
import { SecretInput, type SecretInputProps } from '@sallyport/ui'
import type { ReactNode } from 'react'
import { useController, type Control, type FieldPath, type FieldValues } from 'react-hook-form'
import { afterPress } from './after-press.ts'
import { noteLabel } from './field-labels.ts'
import { sentence } from './words.ts'

/** Which field of which form. */
export interface FieldOf<V extends FieldValues, P> {
  readonly control: Control<V, unknown, P>
  readonly name: FieldPath<V>
}

type Own = 'value' | 'defaultValue' | 'onChange' | 'onBlur' | 'error' | 'ref' | 'name' | 'checked'
export type FieldProps<V extends FieldValues, P, Input> = FieldOf<V, P> & Omit<Input, Own>

/** How a field is called, and its choices. */
interface Said {
  readonly label?: ReactNode
  readonly textOf?: ((value: string) => string | undefined) | undefined
}

/** What every field hands to its input; `set` takes what the schema takes. */
export function useField<V extends FieldValues, P>({ control, name, label, textOf }: FieldOf<V, P> & Said) {
  if (typeof label === 'string') noteLabel(control, name, { label, textOf })
  const { field, fieldState } = useController({ control, name })
  const message = fieldState.error?.message ?? fieldState.error?.root?.message
  return {
    value: field.value as unknown,
    set: (value: unknown) => field.onChange(value),
    input: {
      name: field.name,
      // What nobody filled in yet needs no complaint before the form is sent.
      onBlur: () => {
        if (fieldState.isDirty || field.value !== '') afterPress(field.onBlur)
      },
      ref: field.ref,
      error: message === undefined ? null : sentence(message),
    },
  }
}

export function TextField<V extends FieldValues, P>({ control, name, ...rest }: FieldProps<V, P, TextInputProps>) {
  const { value, set, input } = useField({ control, name, label: rest.label })
  return <TextInput {...rest} {...input} value={asText(value)} onChange={(event) => set(event.currentTarget.value)} />
}

/** A secret; empty counts as not given where `emptyIsAbsent`. */
export function SecretField<V extends FieldValues, P>({
  control,
  name,
  emptyIsAbsent = false,
  ...rest
}: FieldOf<V, P> & Omit<SecretInputProps, Own> & { readonly emptyIsAbsent?: boolean }) {
  const { value, set, input } = useField({ control, name, label: rest.label })
  return (
    <SecretInput
      {...rest}
      {...input}
      value={asText(value)}
      onChange={(text) => set(emptyIsAbsent && text === '' ? undefined : text)}
    />
  )
}

/** What a text field shows of a value. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
