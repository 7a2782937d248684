/** Directory Integration: how the directory is reached, whom it has, what of them is taken, and when. */
import { Tabs } from '@mantine/core'
import { ErrorPanel, LoadingPanel, Page } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import { LdapForm } from './ldap-form.tsx'
import { ldapQuery } from './queries.ts'
import { syncSettingsQuery } from './sync-data.ts'
import { SyncSettingsForm } from './sync-settings-form.tsx'
import { directoryTabs, type DirectoryTab } from './tabs.ts'
import './page-words.ts'
import './sync-words.ts'

const route = getRouteApi('/signed-in/shell/directory-integration')

export function DirectoryIntegrationPage() {
  const { tab = 'settings' } = route.useSearch()
  const navigate = useNavigate()
  const show = (chosen: DirectoryTab | undefined) =>
    void navigate({ to: '/directory-integration', search: { tab: chosen }, replace: true })
  return (
    <Page title={t('directory-sync.title')} description={t('directory-sync.description')} width="reading">
      <Tabs value={tab} onChange={(chosen) => show(directoryTabs.find((name) => name === chosen))} keepMounted={false}>
        <Tabs.List mb="md">
          {directoryTabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`directory-sync.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          {tab === 'settings' && <Ldap />}
          {/* Stays, so that what is typed on its tabs is there when they are looked at again. */}
          <div hidden={tab === 'settings'}>
            <Synchronization tab={tab} show={show} />
          </div>
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function Ldap() {
  const { data, error, refetch } = useQuery(ldapQuery)
  if (data !== undefined) return <LdapForm ldap={data} />
  if (error === null) return <LoadingPanel lines={6} />
  return (
    <ErrorPanel title={t('directory-integration.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
  )
}

interface SynchronizationProps {
  readonly tab: DirectoryTab
  readonly show: (tab: DirectoryTab) => void
}

function Synchronization(props: SynchronizationProps) {
  const { data, error, refetch } = useQuery(syncSettingsQuery)
  if (data !== undefined) return <SyncSettingsForm settings={data} {...props} />
  if (error === null) return <LoadingPanel lines={6} />
  return <ErrorPanel title={t('directory-sync.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
}
