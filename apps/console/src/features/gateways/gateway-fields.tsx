/** The fields of a gateway's configuration, each with what it is for. */
import { Textarea, TextInput } from '@mantine/core'
import type { createGatewayInput } from '@sallyport/contract'
import { useState } from 'react'
import type { Control, FieldErrors, FieldPath } from 'react-hook-form'
import type { z } from 'zod'
import { CheckField, NumberField, SelectField, TextAreaField } from '../../lib/fields.tsx'
import { asText, TextField, useField } from '../../lib/text-fields.tsx'
import { sentence, t } from '../../lib/words.ts'
import { asTyped, type Layout } from './gateway-defaults.ts'
import './gateway-words.ts'

export type GatewayValues = z.input<typeof createGatewayInput>
export type GatewayControl = Control<GatewayValues, unknown, z.output<typeof createGatewayInput>>

const monospaced = { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.85rem' } }

export interface GatewayFieldsProps {
  readonly control: GatewayControl
  readonly errors: FieldErrors<GatewayValues>
  readonly disabled: boolean
  readonly layout: Layout
}

export function GatewayFields({ control, errors, disabled, layout }: GatewayFieldsProps) {
  return layout.map(([key, input, required]) => {
    const field = {
      control,
      disabled,
      // The layout names fields of the type that is open.
      name: `configuration.${key}` as FieldPath<GatewayValues>,
      label: t(`gateways.field.${key}`),
      description: t(`gateways.hint.${key}`, asTyped),
      required: required !== undefined,
    }
    if (typeof input !== 'string') {
      const data = input.map((value) => ({ value, label: t(`gateways.option.${value}`) }))
      return <SelectField key={key} {...field} data={data} maw="24rem" />
    }
    switch (input) {
      case 'text':
        return <TextField key={key} {...field} autoComplete="off" />
      case 'or-null':
        return <OptionalText key={key} {...field} />
      case 'number':
        return <NumberField key={key} {...field} maw="16rem" />
      case 'seconds':
        return <NumberField key={key} {...field} suffix=" s" maw="24rem" />
      case 'check':
        return <CheckField key={key} {...field} required={false} />
      case 'template':
        return (
          <TextAreaField
            key={key}
            {...field}
            autosize
            minRows={1}
            maxRows={10}
            spellCheck={false}
            styles={monospaced}
          />
        )
      case 'pem':
        return <OptionalText key={key} {...field} isLong />
      case 'headers':
        return <Headers key={key} {...field} error={headerError(errors)} />
    }
  })
}

interface OwnFieldProps {
  readonly control: GatewayControl
  readonly name: FieldPath<GatewayValues>
  readonly disabled: boolean
  readonly label: string
  readonly description: string
}

/** Text, of which none is null. */
function OptionalText({ control, name, isLong = false, ...rest }: OwnFieldProps & { readonly isLong?: boolean }) {
  const { value, set, input } = useField({ control, name })
  const props = { ...rest, ...input, value: asText(value), autoComplete: 'off' }
  const change = (text: string) => set(text === '' ? null : text)
  return isLong ? (
    <Textarea
      {...props}
      autosize
      minRows={2}
      maxRows={8}
      spellCheck={false}
      styles={monospaced}
      onChange={(event) => change(event.currentTarget.value)}
    />
  ) : (
    <TextInput {...props} onChange={(event) => change(event.currentTarget.value)} />
  )
}

/** Headers as they are written: one a line, name and value. */
function Headers({ control, name, error, ...rest }: OwnFieldProps & { readonly error: string | undefined }) {
  const { value, set, input } = useField({ control, name })
  const [text, setText] = useState(() =>
    (Array.isArray(value) ? (value as { name: string; value: string }[]) : [])
      .map((header) => `${header.name}: ${header.value}`)
      .join('\n'),
  )
  return (
    <Textarea
      {...rest}
      {...input}
      error={error ?? input.error}
      autosize
      minRows={2}
      maxRows={8}
      spellCheck={false}
      styles={monospaced}
      value={text}
      onChange={(event) => {
        const typed = event.currentTarget.value
        setText(typed)
        set(
          typed
            .split('\n')
            .filter((line) => line.trim() !== '')
            .map(headerOf),
        )
      }}
    />
  )
}

function headerOf(line: string): { name: string; value: string } {
  const colon = line.indexOf(':')
  if (colon === -1) return { name: line.trim(), value: '' }
  return { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }
}

/** The first thing that is wrong in any line. */
function headerError({ configuration }: FieldErrors<GatewayValues>): string | undefined {
  const lines = (configuration as { headers?: readonly ({ name?: Wrong; value?: Wrong } | undefined)[] } | undefined)
    ?.headers
  if (!Array.isArray(lines)) return undefined
  for (const line of lines as readonly ({ name?: Wrong; value?: Wrong } | undefined)[]) {
    const message = line?.name?.message ?? line?.value?.message
    if (message !== undefined) return sentence(message)
  }
  return undefined
}

interface Wrong {
  readonly message?: string
}
