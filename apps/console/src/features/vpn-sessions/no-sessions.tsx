/** What the empty report says: how devices come to tell of their sessions. */
import { Button, Group } from '@mantine/core'
import { api } from '@sallyport/contract'
import { EmptyState } from '@sallyport/ui'
import { IconPlugConnected } from '@tabler/icons-react'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { ButtonLink } from '../../lib/links.tsx'
import { queryRoots } from '../../lib/query-keys.ts'
import { t } from '../../lib/words.ts'
import { filterCount, type VpnSessionsSearch } from './search.ts'
import './page-words.ts'

const settingsQuery = queryOptions({
  queryKey: [queryRoots.radius, 'settings'],
  queryFn: ({ signal }) => call(api.radius.readSettings, {}, { signal }),
})

export function NoSessions({ search, onAll }: { readonly search: VpnSessionsSearch; readonly onAll: () => void }) {
  const { data } = useQuery(settingsQuery)
  const filtered = filterCount(search) > 0
  const ports = data?.accountingPorts ?? []
  const everything = search.view === 'all' && search.range === 'all'
  return (
    <EmptyState
      icon={<IconPlugConnected size={34} stroke={1.4} />}
      title={t(`vpn-sessions.empty.${filtered ? 'filtered' : search.view === 'all' ? 'all' : 'now'}`)}
      action={
        <Group gap="xs" justify="center">
          {!everything && (
            <Button variant="default" onClick={onAll}>
              {t('vpn-sessions.empty.showAll')}
            </Button>
          )}
          {!filtered && <ButtonLink to="/radius-authentication">{t('vpn-sessions.empty.action')}</ButtonLink>}
        </Group>
      }
    >
      {filtered && t('vpn-sessions.empty.filteredText')}
      {!filtered && data !== undefined && ports.length === 0 && t('vpn-sessions.empty.noPortsText')}
      {!filtered && ports.length > 0 && t('vpn-sessions.empty.howText', { ports: ports.join(', ') })}
    </EmptyState>
  )
}
