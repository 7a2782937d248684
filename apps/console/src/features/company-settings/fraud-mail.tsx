/** Who is told of fraud reports by mail, and whether the last mail went. */
import { TagsInput, Text } from '@mantine/core'
import type { CompanyView } from '@sallyport/contract'
import { Notice, RelativeTime } from '@sallyport/ui'
import { useController, useWatch } from 'react-hook-form'
import { language, sentence, t } from '../../lib/words.ts'
import type { CompanyForm } from './use-company-form.ts'
import './page-words.ts'

interface FraudMailProps extends Pick<CompanyView, 'fraudMail'> {
  readonly form: CompanyForm
  readonly disabled: boolean
}

export function FraudMail({ form, fraudMail, disabled }: FraudMailProps) {
  const { field, fieldState } = useController({ control: form.control, name: 'fraud.notify' })
  const addresses = useWatch({ control: form.control, name: 'fraud.notify' }) ?? []
  const { error } = fieldState
  // The list has an error of its own, or the first of its addresses that has one.
  const wrong = Array.isArray(error) ? error.find((each?: { message?: string }) => each !== undefined) : error
  return (
    <>
      <TagsInput
        {...field}
        value={addresses}
        label={t('company-settings.fraud.notify')}
        description={t('company-settings.fraud.notifyHint')}
        error={wrong?.message === undefined ? null : sentence(wrong.message)}
        splitChars={[',', ';', ' ']}
        acceptValueOnBlur
        maxTags={10}
        disabled={disabled}
        maw="46rem"
      />
      {addresses.length > 0 && <LastMail fraudMail={fraudMail} />}
    </>
  )
}

function LastMail({ fraudMail: { lastSentAt, problem, waiting } }: Pick<CompanyView, 'fraudMail'>) {
  if (problem !== null) {
    return (
      <Notice state={waiting > 0 ? 'bad' : 'warning'} title={t('company-settings.fraud.mailFailed')}>
        {problem} {waiting > 0 && t('company-settings.fraud.mailWaiting', { count: waiting })}
      </Notice>
    )
  }
  return (
    <Text size="sm" c="dimmed">
      {lastSentAt === null ? (
        t('company-settings.fraud.mailNone')
      ) : (
        <>
          {t('company-settings.fraud.mailSent')} <RelativeTime at={lastSentAt} locale={language()} />
        </>
      )}
    </Text>
  )
}
