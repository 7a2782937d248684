/** General: which methods in which order, how each is used, the language, and users whose second factor is off. */
import { SimpleGrid, Stack } from '@mantine/core'
import { companySettings } from '@sallyport/contract'
import { Notice, Section } from '@sallyport/ui'
import { useWatch } from 'react-hook-form'
import { CheckField, NumberField, SelectField } from '../../lib/fields.tsx'
import { language as shownLanguage, t } from '../../lib/words.ts'
import { languagesOf } from './company-values.ts'
import { languageName } from '../../lib/language-names.ts'
import { MethodsField } from './methods-field.tsx'
import type { CompanyForm } from './use-company-form.ts'
import './page-words.ts'

const choices = {
  appMode: companySettings.shape.appMode.options,
  numberMatching: companySettings.shape.numberMatching.options,
  textMode: companySettings.shape.textMode.options,
  callMode: companySettings.shape.callMode.options,
  whenFactorOff: companySettings.shape.whenFactorOff.options,
}

interface GeneralTabProps {
  readonly form: CompanyForm
  /** Users who are let in on the password alone, as it was saved. */
  readonly factorOff: number
}

export function GeneralTab({ form, factorOff }: GeneralTabProps) {
  const { control } = form
  const whenFactorOff = useWatch({ control, name: 'whenFactorOff' })
  const languages = languagesOf(form.getValues('messages'))
  const current = form.getValues('language')
  return (
    <Stack gap="lg">
      <Section title={t('company-settings.methods.title')} description={t('company-settings.methods.order')}>
        <MethodsField form={form} />
      </Section>
      <Section title={t('company-settings.ways.title')} description={t('company-settings.ways.text')}>
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
            <Choice form={form} name="appMode" />
            <Choice form={form} name="numberMatching" />
            <Choice form={form} name="textMode" />
            <Choice form={form} name="callMode" />
          </SimpleGrid>
          <CheckField
            control={control}
            name="textWithPin"
            label={t('company-settings.ways.textWithPin')}
            description={t('company-settings.ways.textWithPinHint')}
          />
          <NumberField
            control={control}
            name="requestsInTenMinutes"
            label={t('company-settings.ways.requests')}
            description={t('company-settings.ways.requestsHint')}
            allowDecimal={false}
            maw="22rem"
          />
        </Stack>
      </Section>
      <Section title={t('company-settings.language.title')}>
        <SelectField
          control={control}
          name="language"
          label={t('company-settings.language.label')}
          description={t('company-settings.language.hint')}
          data={[...new Set([...languages, current])].map((tag) => ({
            value: tag,
            label: languageName(tag, shownLanguage()),
          }))}
          maw="22rem"
        />
      </Section>
      <Section title={t('company-settings.off.title')} description={t('company-settings.off.text')}>
        <Stack gap="md">
          <Choice form={form} name="whenFactorOff" />
          {whenFactorOff === 'password-alone' && (
            <Notice
              state="warning"
              title={
                factorOff > 0 ? t('company-settings.off.now', { count: factorOff }) : t('company-settings.off.warning')
              }
            >
              {t('company-settings.off.advice')}
            </Notice>
          )}
        </Stack>
      </Section>
    </Stack>
  )
}

function Choice({ form, name }: { readonly form: CompanyForm; readonly name: keyof typeof choices }) {
  return (
    <SelectField
      control={form.control}
      name={name}
      label={t(`company-settings.choice.${name}.label`)}
      description={t(`company-settings.choice.${name}.hint`)}
      data={choices[name].map((value) => ({ value, label: t(`company-settings.choice.${name}.${value}`) }))}
    />
  )
}
