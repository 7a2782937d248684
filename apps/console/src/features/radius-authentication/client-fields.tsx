/** The fields of a RADIUS client, in the order that administrators know; what is newer lies folded under *More*. */
import { Stack } from '@mantine/core'
import { factorMode, messageAuthenticatorPolicy } from '@sallyport/contract'
import { FoldedSection } from '@sallyport/ui'
import type { UseFormReturn } from 'react-hook-form'
import { CheckField, NumberField, SelectField } from '../../lib/fields.tsx'
import { SecretField, TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import type { ClientFormInput, ClientFormValues } from './client-form-schema.ts'

const generatedSecretLength = 32
const foldedFields = ['messageAuthenticator', 'factorMode', 'canBeChallenged', 'deviceTimeoutSeconds'] as const

export interface ClientFieldsProps {
  readonly form: UseFormReturn<ClientFormInput, unknown, ClientFormValues>
  readonly isNew: boolean
  readonly readOnly: boolean
}

export function ClientFields({ form, isNew, readOnly }: ClientFieldsProps) {
  const { control, formState, setValue } = form
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
      <FoldedSection
        title={t('radius-authentication.client.more')}
        hint={t('radius-authentication.client.moreHint')}
        forceOpen={foldedFields.some((name) => formState.errors[name] !== undefined)}
      >
        <Stack>
          <SelectField
            control={control}
            name="messageAuthenticator"
            label={t('radius-authentication.client.messageAuthenticator')}
            description={t('radius-authentication.client.messageAuthenticatorHint')}
            data={messageAuthenticatorPolicy.options.map((value) => ({
              value,
              label: t(`radius-authentication.client.messageAuthenticatorPolicy.${value}`),
            }))}
            disabled={readOnly}
          />
          <SelectField
            control={control}
            name="factorMode"
            label={t('radius-authentication.client.factorMode')}
            description={t('radius-authentication.client.factorModeHint')}
            data={factorMode.options.map((value) => ({
              value,
              label: t(`radius-authentication.client.factorModes.${value}`),
            }))}
            disabled={readOnly}
          />
          <CheckField
            control={control}
            name="canBeChallenged"
            label={t('radius-authentication.client.canBeChallenged')}
            description={t('radius-authentication.client.canBeChallengedHint')}
            disabled={readOnly}
          />
          <NumberField
            control={control}
            name="deviceTimeoutSeconds"
            label={t('radius-authentication.client.deviceTimeoutSeconds')}
            description={t('radius-authentication.client.deviceTimeoutSecondsHint')}
            suffix=" s"
            maw="22rem"
            disabled={readOnly}
          />
          <CheckField
            control={control}
            name="enabled"
            label={t('radius-authentication.client.enabled')}
            description={t('radius-authentication.client.enabledHint')}
            disabled={readOnly}
          />
        </Stack>
      </FoldedSection>
    </Stack>
  )
}
