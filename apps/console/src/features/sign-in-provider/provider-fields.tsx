/** The fields of the provider: which one it is, and whom it lets in by what. */
import { SimpleGrid, Stack } from '@mantine/core'
import { openIdClaim, type OpenIdView } from '@sallyport/contract'
import { CheckField, SelectField, TextAreaField } from '../../lib/fields.tsx'
import { SecretField, TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import type { ProviderFormState } from './use-provider-form.ts'
import './page-words.ts'

interface FieldsProps {
  readonly form: ProviderFormState
}

export function ClientFields({ form: { control }, saved }: FieldsProps & { readonly saved: OpenIdView }) {
  const plain = { control, autoComplete: 'off', spellCheck: false }
  return (
    <Stack>
      <TextField
        {...plain}
        name="issuer"
        label={t('sign-in-provider.field.issuer')}
        description={t('sign-in-provider.field.issuerHint')}
        placeholder="https://login.example.com"
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextField
          {...plain}
          name="clientId"
          label={t('sign-in-provider.field.clientId')}
          description={t('sign-in-provider.field.clientIdHint')}
        />
        <SecretField
          control={control}
          name="clientSecret"
          emptyIsAbsent
          autoComplete="off"
          label={t('sign-in-provider.field.clientSecret')}
          description={t(`sign-in-provider.field.${saved.hasSecret ? 'clientSecretKept' : 'clientSecretHint'}`)}
        />
        <TextField
          {...plain}
          name="label"
          label={t('sign-in-provider.field.label')}
          description={t('sign-in-provider.field.labelHint')}
          placeholder="Example ID"
        />
      </SimpleGrid>
      <TextAreaField
        control={control}
        name="caPem"
        label={t('sign-in-provider.field.ca')}
        description={t('sign-in-provider.field.caHint')}
        placeholder="-----BEGIN CERTIFICATE-----"
        autosize
        minRows={2}
        maxRows={10}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8rem' } }}
      />
    </Stack>
  )
}

export function PeopleFields({ form: { control } }: FieldsProps) {
  return (
    <Stack>
      <SelectField
        control={control}
        name="claim"
        label={t('sign-in-provider.field.claim')}
        description={t('sign-in-provider.field.claimHint')}
        data={openIdClaim.options.map((value) => ({ value, label: t(`sign-in-provider.claim.${value}`) }))}
        maw="30rem"
      />
      <CheckField
        control={control}
        name="trustSecondFactor"
        label={t('sign-in-provider.field.trustSecondFactor')}
        description={t('sign-in-provider.field.trustSecondFactorHint')}
      />
      <TextField
        control={control}
        name="multifactorAcr"
        label={t('sign-in-provider.field.multifactorAcr')}
        description={t('sign-in-provider.field.multifactorAcrHint')}
        autoComplete="off"
        spellCheck={false}
        maw="30rem"
      />
    </Stack>
  )
}
