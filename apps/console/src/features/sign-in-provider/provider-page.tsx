/** Sign-in by a provider: administrators sign in to this console by OpenID Connect, beside their password. */
import { api } from '@sallyport/contract'
import { ErrorPanel, LoadingPanel, Notice, Page } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { BackLink } from '../../lib/back-link.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { useMay } from '../../lib/session.ts'
import { t } from '../../lib/words.ts'
import { providerQuery } from './provider-data.ts'
import { ProviderForm } from './provider-form.tsx'
import './page-words.ts'

export function ProviderPage() {
  const { may, reason } = useMay(api.openId.read)
  const { data, error, refetch } = useQuery({ ...providerQuery, enabled: may })
  return (
    <Page title={t('sign-in-provider.title')} description={t('sign-in-provider.description')} width="reading">
      <BackLink to="/administrators">{t('sign-in-provider.back')}</BackLink>
      {!may && <Notice state="neutral" title={reason ?? ''} />}
      {may && data === undefined && error === null && <LoadingPanel lines={8} />}
      {error !== null && (
        <ErrorPanel title={t('sign-in-provider.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
      )}
      {data !== undefined && <ProviderForm saved={data} />}
    </Page>
  )
}
