/** Company Settings: how people are asked, their PINs, what they are sent, and what stops a guesser; a tab each, saved together. */
import { ErrorPanel, LoadingPanel, Page } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import { companyQuery } from './company-data.ts'
import { SettingsForm } from './settings-form.tsx'
import './page-words.ts'

export function CompanySettingsPage() {
  const { data, error, refetch } = useQuery(companyQuery)
  return (
    <Page title={t('company-settings.title')} description={t('company-settings.description')} width="reading">
      {data !== undefined && <SettingsForm settings={data} />}
      {data === undefined && error === null && <LoadingPanel lines={8} />}
      {data === undefined && error !== null && (
        <ErrorPanel title={t('company-settings.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
      )}
    </Page>
  )
}
