/** The fields of a RADIUS client, in the order that administrators know; what is newer lies folded under *More*. */
import { Stack } from '@mantine/core'
import type { UseFormReturn } from 'react-hook-form'
import { CheckField } from '../../lib/fields.tsx'
import { SecretField, TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import type { ClientFormInput, ClientFormValues } from './client-form-schema.ts'
import { MoreClientFields } from './more-client-fields.tsx'
import { VendorProfile } from './vendor-profile.tsx'
import './page-words.ts'

const generatedSecretLength = 32

export interface ClientFieldsProps {
  readonly form: UseFormReturn<ClientFormInput, unknown, ClientFormValues>
  readonly isNew: boolean
  readonly readOnly: boolean
}

export function ClientFields({ form, isNew, readOnly }: ClientFieldsProps) {
  const { control, setValue } = form
  const secret = { control, disabled: readOnly, emptyIsAbsent: !isNew }
  return (
    <Stack>
      <TextField
        control={control}
        name="address"
        label={t('radius-authentication.client.address')}
        description={t('radius-authentication.client.addressHint')}
        disabled={readOnly}
        required
        autoComplete="off"
        data-autofocus
      />
      <TextField
        control={control}
        name="applicationName"
        label={t('radius-authentication.client.applicationName')}
        description={t('radius-authentication.client.applicationNameHint')}
        disabled={readOnly}
        autoComplete="off"
      />
      <SecretField
        {...secret}
        name="sharedSecret"
        label={t('radius-authentication.client.sharedSecret')}
        description={t(`radius-authentication.client.${isNew ? 'sharedSecretHint' : 'sharedSecretKept'}`)}
        required={isNew}
        generatedLength={generatedSecretLength}
        onGenerate={(value) => setValue('confirmSecret', value, { shouldDirty: true, shouldValidate: true })}
      />
      <SecretField
        control={control}
        disabled={readOnly}
        name="confirmSecret"
        label={t('radius-authentication.client.confirmSecret')}
        required={isNew}
      />
      <CheckField
        control={control}
        name="requireUserMatch"
        label={t('radius-authentication.client.requireUserMatch')}
        description={t('radius-authentication.client.requireUserMatchHint')}
        disabled={readOnly}
      />
      <VendorProfile form={form} readOnly={readOnly} />
      <MoreClientFields form={form} readOnly={readOnly} />
    </Stack>
  )
}
