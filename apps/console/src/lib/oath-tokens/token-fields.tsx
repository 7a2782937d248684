/** The fields of a token: few for a new secret, all that is printed on it for one that exists. */
import { Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { oathAlgorithm, oathType, type CreateTokenInput } from '@sallyport/contract'
import { FoldedSection } from '@sallyport/ui'
import type { UseFormReturn } from 'react-hook-form'
import type { z } from 'zod'
import type { createTokenInput } from '@sallyport/contract'
import { NumberField, SelectField } from '../fields.tsx'
import { SecretField, TextField, useField } from '../text-fields.tsx'
import { t } from '../words.ts'
import './page-words.ts'

interface TokenFieldsProps {
  readonly form: UseFormReturn<z.input<typeof createTokenInput>, unknown, CreateTokenInput>
}

export function NewTokenFields({ form }: TokenFieldsProps) {
  const { errors } = form.formState
  return (
    <FoldedSection
      title={t('oath-tokens.field.more')}
      hint={t('oath-tokens.field.moreHint')}
      forceOpen={errors.serialNumber !== undefined}
    >
      <Stack>
        <TextField
          control={form.control}
          name="serialNumber"
          label={t('oath-tokens.field.serialNumber')}
          description={t('oath-tokens.field.serialNumberHint')}
          autoComplete="off"
        />
        <CodeFields form={form} />
      </Stack>
    </FoldedSection>
  )
}

export function ExistingTokenFields({ form }: TokenFieldsProps) {
  const { control } = form
  return (
    <>
      <TextField
        control={control}
        name="serialNumber"
        label={t('oath-tokens.field.serialNumber')}
        description={t('oath-tokens.field.serialNumberHint')}
        autoComplete="off"
      />
      <SecretField
        control={control}
        name="secret"
        label={t('oath-tokens.field.secret')}
        description={t('oath-tokens.field.secretHint')}
      />
      <CodeFields form={form} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextField control={control} name="manufacturer" label={t('oath-tokens.field.manufacturer')} />
        <TextField control={control} name="model" label={t('oath-tokens.field.model')} />
      </SimpleGrid>
      <StartDate form={form} />
    </>
  )
}

function CodeFields({ form }: TokenFieldsProps) {
  const { control } = form
  const isHotp = form.watch('type') === 'hotp'
  return (
    <>
      <SelectField
        control={control}
        name="type"
        label={t('oath-tokens.field.type')}
        data={oathType.options.map((value) => ({ value, label: t(`oath-tokens.field.type-${value}`) }))}
      />
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <SelectField
          control={control}
          name="algorithm"
          label={t('oath-tokens.field.algorithm')}
          data={oathAlgorithm.options}
        />
        <NumberChoice control={control} name="digits" choices={[6, 7, 8]} />
        {isHotp ? (
          <NumberField control={control} name="counter" label={t('oath-tokens.field.counter')} allowDecimal={false} />
        ) : (
          <NumberChoice control={control} name="stepSeconds" choices={[30, 60]} />
        )}
      </SimpleGrid>
    </>
  )
}

/** A day, which begins in UTC; empty: from now on. */
function StartDate({ form: { control } }: TokenFieldsProps) {
  const { value, set, input } = useField({ control, name: 'notBefore' })
  return (
    <TextInput
      {...input}
      type="date"
      maw="16rem"
      label={t('oath-tokens.field.notBefore')}
      description={t('oath-tokens.field.notBeforeHint')}
      value={typeof value === 'string' ? value.slice(0, 10) : ''}
      onChange={({ currentTarget }) => set(currentTarget.value === '' ? null : `${currentTarget.value}T00:00:00.000Z`)}
    />
  )
}

function NumberChoice(props: {
  readonly control: TokenFieldsProps['form']['control']
  readonly name: 'digits' | 'stepSeconds'
  readonly choices: readonly number[]
}) {
  const { control, name, choices } = props
  const { value, set, input } = useField({ control, name })
  return (
    <Select
      {...input}
      label={t(`oath-tokens.field.${name}`)}
      allowDeselect={false}
      data={choices.map((choice) => ({
        value: String(choice),
        label: t(`oath-tokens.field.${name}Choice`, { choice }),
      }))}
      value={String(value)}
      onChange={(chosen) => set(Number(chosen))}
    />
  )
}
