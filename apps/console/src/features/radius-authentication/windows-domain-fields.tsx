/** The fields of the Windows domain, in the order in which somebody fills them in. */
import { SimpleGrid, Stack, Textarea } from '@mantine/core'
import type { WindowsDomainView } from '@sallyport/contract'
import { useState } from 'react'
import { CheckField, SelectField, TextAreaField } from '../../lib/fields.tsx'
import { SecretField, TextField, useField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import type { WindowsDomainFormState } from './use-windows-domain-form.ts'
import './page-words.ts'

interface FieldsProps {
  readonly form: WindowsDomainFormState
  readonly saved: WindowsDomainView
}

export function WindowsDomainFields({ form, saved }: FieldsProps) {
  const { control } = form
  const plain = { control, autoComplete: 'off', spellCheck: false }
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextField
          {...plain}
          name="domain"
          label={t('radius-authentication.windowsDomain.domain')}
          description={t('radius-authentication.windowsDomain.domainHint')}
          placeholder="corp.example.com"
        />
        <TextField
          {...plain}
          name="netbiosName"
          label={t('radius-authentication.windowsDomain.netbiosName')}
          description={t('radius-authentication.windowsDomain.netbiosNameHint')}
          placeholder="CORP"
        />
        <TextField
          {...plain}
          name="account.username"
          label={t('radius-authentication.windowsDomain.account')}
          description={t('radius-authentication.windowsDomain.accountHint')}
          placeholder="CORP\sallyport"
        />
        <SecretField
          control={control}
          name="account.password"
          emptyIsAbsent
          autoComplete="off"
          label={t('radius-authentication.windowsDomain.password')}
          description={t(
            `radius-authentication.windowsDomain.${saved.account.hasPassword ? 'passwordKept' : 'passwordHint'}`,
          )}
        />
      </SimpleGrid>
      <Controllers form={form} />
      <SelectField
        control={control}
        name="tls"
        label={t('radius-authentication.windowsDomain.tls')}
        data={(['ldaps', 'starttls'] as const).map((value) => ({
          value,
          label: t(`radius-authentication.windowsDomain.${value}`),
        }))}
        maw="30rem"
      />
      <TextAreaField
        control={control}
        name="caPem"
        label={t('radius-authentication.windowsDomain.ca')}
        description={t('radius-authentication.windowsDomain.caHint')}
        placeholder="-----BEGIN CERTIFICATE-----"
        autosize
        minRows={2}
        maxRows={10}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8rem' } }}
      />
      <CheckField
        control={control}
        name="mschapV2"
        label={t('radius-authentication.windowsDomain.mschap')}
        description={t('radius-authentication.windowsDomain.mschapHint')}
      />
    </Stack>
  )
}

/** One a line: what is typed stays as typed until the form is saved. */
function Controllers({ form }: Pick<FieldsProps, 'form'>) {
  const { value, set, input } = useField({ control: form.control, name: 'controllers' })
  const names = Array.isArray(value) ? value.join('\n') : ''
  const [text, setText] = useState(names)
  const shown = split(text).join('\n') === names ? text : names
  return (
    <Textarea
      {...input}
      label={t('radius-authentication.windowsDomain.controllers')}
      description={t('radius-authentication.windowsDomain.controllersHint')}
      value={shown}
      onChange={(event) => {
        setText(event.currentTarget.value)
        set(split(event.currentTarget.value))
      }}
      autosize
      minRows={2}
      spellCheck={false}
    />
  )
}

function split(text: string): string[] {
  return text.split(/[\s,;]+/).filter((name) => name !== '')
}
