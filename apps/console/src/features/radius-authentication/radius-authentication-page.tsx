/** The page of radius-authentication. */
import { Page } from '@sallyport/ui'
import { t } from '../../lib/words.ts'

export function RadiusAuthenticationPage() {
  return (
    <Page title={t('radius-authentication.title')} description={t('radius-authentication.description')}>
      {null}
    </Page>
  )
}
