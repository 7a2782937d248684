/** Directory Integration, of which this version has the Settings: the LDAP configuration. */
import { ErrorPanel, LoadingPanel, Page } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import { LdapForm } from './ldap-form.tsx'
import { ldapQuery } from './queries.ts'
import './page-words.ts'

export function DirectoryIntegrationPage() {
  const { data, error, refetch } = useQuery(ldapQuery)
  return (
    <Page title={t('directory-integration.title')} description={t('directory-integration.description')} width="reading">
      {data !== undefined && <LdapForm ldap={data} />}
      {data === undefined && error === null && <LoadingPanel lines={6} />}
      {data === undefined && error !== null && (
        <ErrorPanel
          title={t('directory-integration.failed')}
          detail={problemText(error)}
          onRetry={() => void refetch()}
        />
      )}
    </Page>
  )
}
