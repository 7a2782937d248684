/** Lock-out and fraud: what stops somebody who guesses, and what becomes of a sign-in that the user says was not theirs. */
import { SimpleGrid, Stack } from '@mantine/core'
import type { CompanyView } from '@sallyport/contract'
import { Section } from '@sallyport/ui'
import { useWatch } from 'react-hook-form'
import { CheckField, NumberField } from '../../lib/fields.tsx'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { FraudMail } from './fraud-mail.tsx'
import type { CompanyForm } from './use-company-form.ts'
import './page-words.ts'

interface LockoutTabProps extends Pick<CompanyView, 'fraudMail'> {
  readonly form: CompanyForm
}

export function LockoutTab({ form, fraudMail }: LockoutTabProps) {
  const { control } = form
  const allowReports = useWatch({ control, name: 'fraud.allowReports' })
  return (
    <Stack gap="lg">
      <Section title={t('company-settings.lockout.title')} description={t('company-settings.lockout.text')}>
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
          {(['failures', 'withinMinutes', 'forMinutes'] as const).map((name) => (
            <NumberField
              key={name}
              control={control}
              name={`lockout.${name}`}
              label={t(`company-settings.lockout.${name}`)}
              description={t(`company-settings.lockout.${name}-hint`)}
              allowDecimal={false}
            />
          ))}
        </SimpleGrid>
      </Section>
      <Section title={t('company-settings.fraud.title')} description={t('company-settings.fraud.text')}>
        <Stack gap="md">
          <CheckField
            control={control}
            name="fraud.allowReports"
            label={t('company-settings.fraud.allow')}
            description={t('company-settings.fraud.allowHint')}
          />
          <CheckField
            control={control}
            name="fraud.blockUser"
            label={t('company-settings.fraud.block')}
            description={t('company-settings.fraud.blockHint')}
            disabled={!allowReports}
          />
          <TextField
            control={control}
            name="fraud.phoneCode"
            label={t('company-settings.fraud.phoneCode')}
            description={t('company-settings.fraud.phoneCodeHint')}
            inputMode="numeric"
            autoComplete="off"
            disabled={!allowReports}
            maw="22rem"
          />
          <FraudMail form={form} fraudMail={fraudMail} disabled={!allowReports} />
        </Stack>
      </Section>
    </Stack>
  )
}
