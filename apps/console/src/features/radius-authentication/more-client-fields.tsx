/** What is newer than the fields that administrators know: folded under *More*. */
import { Stack } from '@mantine/core'
import { factorKind, factorMode, messageAuthenticatorPolicy } from '@sallyport/contract'
import { FoldedSection, Notice } from '@sallyport/ui'
import type { UseFormReturn } from 'react-hook-form'
import { CheckField, MultiSelectField, NumberField, SelectField } from '../../lib/fields.tsx'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import type { ClientFormInput, ClientFormValues } from './client-form-schema.ts'
import './page-words.ts'
import '../../lib/sign-ins/page-words.ts'

const foldedFields = [
  'nasIdentifier',
  'certificateName',
  'messageAuthenticator',
  'limitProxyState',
  'factorMode',
  'canBeChallenged',
  'deviceTimeoutSeconds',
  'allowedMethods',
  'fallbackOath',
  'pushWithoutNumber',
] as const

export interface MoreClientFieldsProps {
  readonly form: UseFormReturn<ClientFormInput, unknown, ClientFormValues>
  readonly readOnly: boolean
}

export function MoreClientFields({ form, readOnly }: MoreClientFieldsProps) {
  const { control, formState, watch } = form
  return (
    <FoldedSection
      title={t('radius-authentication.client.more')}
      hint={t('radius-authentication.client.moreHint')}
      forceOpen={foldedFields.some((name) => formState.errors[name] !== undefined)}
    >
      <Stack>
        <TextField
          control={control}
          name="nasIdentifier"
          label={t('radius-authentication.client.nasIdentifier')}
          description={t('radius-authentication.client.nasIdentifierHint')}
          disabled={readOnly}
          autoComplete="off"
        />
        <TextField
          control={control}
          name="certificateName"
          label={t('radsec.client')}
          description={t('radsec.clientHint')}
          disabled={readOnly}
          autoComplete="off"
        />
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
        <CheckField
          control={control}
          name="limitProxyState"
          label={t('radius-authentication.client.limitProxyState')}
          description={t('radius-authentication.client.limitProxyStateHint')}
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
        {watch('factorMode') === 'second-factor-only' && (
          <Notice state="warning" title={t('radius-authentication.client.secondFactorOnly')}>
            {t('radius-authentication.client.secondFactorOnlyHint')}
          </Notice>
        )}
        <CheckField
          control={control}
          name="canBeChallenged"
          label={t('radius-authentication.client.canBeChallenged')}
          description={t('radius-authentication.client.canBeChallengedHint')}
          disabled={readOnly}
        />
        <MultiSelectField
          control={control}
          name="allowedMethods"
          label={t('radius-authentication.client.allowedMethods')}
          description={t('radius-authentication.client.allowedMethodsHint')}
          placeholder={
            watch('allowedMethods')?.length ? undefined : t('radius-authentication.client.allowedMethodsPlaceholder')
          }
          data={factorKind.options.map((value) => ({ value, label: t(`sign-ins.factor.${value}`) }))}
          disabled={readOnly}
        />
        <CheckField
          control={control}
          name="fallbackOath"
          label={t('radius-authentication.client.fallbackOath')}
          description={t('radius-authentication.client.fallbackOathHint')}
          disabled={readOnly}
        />
        <CheckField
          control={control}
          name="pushWithoutNumber"
          label={t('radius-authentication.client.pushWithoutNumber')}
          description={t('radius-authentication.client.pushWithoutNumberHint')}
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
  )
}
