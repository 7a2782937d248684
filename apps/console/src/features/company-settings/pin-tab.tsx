/** PIN: what a PIN has to be, and for how long it stands. */
import { NumberInput, Stack } from '@mantine/core'
import { Section } from '@sallyport/ui'
import { CheckField, NumberField } from '../../lib/fields.tsx'
import { useField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import type { CompanyForm } from './use-company-form.ts'
import './page-words.ts'

export function PinTab({ form }: { readonly form: CompanyForm }) {
  const { control } = form
  return (
    <Section title={t('company-settings.pin.title')} description={t('company-settings.pin.text')}>
      <Stack gap="md">
        <NumberField
          control={control}
          name="pin.minimumLength"
          label={t('company-settings.pin.length')}
          description={t('company-settings.pin.lengthHint')}
          allowDecimal={false}
          maw="22rem"
        />
        <CheckField
          control={control}
          name="pin.forbidPatterns"
          label={t('company-settings.pin.patterns')}
          description={t('company-settings.pin.patternsHint')}
        />
        <NumberField
          control={control}
          name="pin.history"
          label={t('company-settings.pin.history')}
          description={t('company-settings.pin.historyHint')}
          allowDecimal={false}
          maw="22rem"
        />
        <Expiry form={form} />
      </Stack>
    </Section>
  )
}

/** Empty is never, which the settings keep as null. */
function Expiry({ form }: { readonly form: CompanyForm }) {
  const { value, set, input } = useField({ control: form.control, name: 'pin.expiresAfterDays' })
  return (
    <NumberInput
      {...input}
      label={t('company-settings.pin.expires')}
      description={t('company-settings.pin.expiresHint')}
      placeholder={t('company-settings.pin.never')}
      allowNegative={false}
      allowDecimal={false}
      clampBehavior="none"
      maw="22rem"
      value={typeof value === 'number' ? value : ''}
      onChange={(typed) => set(typeof typed === 'number' ? typed : null)}
    />
  )
}
