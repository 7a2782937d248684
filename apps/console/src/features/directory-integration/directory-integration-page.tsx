/** The page of directory-integration. */
import { Page } from '@sallyport/ui'
import { t } from '../../lib/words.ts'

export function DirectoryIntegrationPage() {
  return (
    <Page title={t('directory-integration.title')} description={t('directory-integration.description')}>
      {null}
    </Page>
  )
}
