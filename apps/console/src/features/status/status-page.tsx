/** The page of status. */
import { Page } from '@sallyport/ui'
import { t } from '../../lib/words.ts'

export function StatusPage() {
  return (
    <Page title={t('status.title')} description={t('status.description')}>
      {null}
    </Page>
  )
}
