/** Reports › VPN sessions: who is connected now, and everybody who was. */
import { Button, Group, SegmentedControl, Text } from '@mantine/core'
import { api, type VpnSessionRow } from '@sallyport/contract'
import { Page } from '@sallyport/ui'
import { IconRefresh } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { urlOf } from '../../lib/api.ts'
import { usePagedRows } from '../../lib/paged-rows.ts'
import { PagedTable } from '../../lib/paged-table.tsx'
import { vpnSessionListQuery } from '../../lib/vpn-sessions/queries.ts'
import { ExportMenu } from '../../lib/reports/export-menu.tsx'
import { language, t } from '../../lib/words.ts'
import { vpnSessionColumns } from './columns.tsx'
import { Filters } from './filters.tsx'
import { NoSessions } from './no-sessions.tsx'
import { filterOf, type VpnSessionsSearch } from './search.ts'
import { whoText } from './session-words.ts'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/reports/vpn-sessions')

export function VpnSessionsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const live = search.view === undefined
  const [nowMs, setNowMs] = useState(() => Date.now())
  const filter = useMemo(() => filterOf(search, nowMs), [search, nowMs])
  const query = useInfiniteQuery(vpnSessionListQuery(filter, live))
  const paged = usePagedRows(query, t('vpn-sessions.failed'))
  const cameAt = query.dataUpdatedAt
  const columns = useMemo(() => vpnSessionColumns(cameAt), [cameAt])
  const open = useCallback(
    ({ id }: VpnSessionRow) => void navigate({ to: '/reports/vpn-sessions/$id', params: { id } }),
    [navigate],
  )
  const change = (changed: Partial<VpnSessionsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true })
  const refresh = () => {
    setNowMs(Date.now())
    void query.refetch()
  }
  return (
    <Page
      title={t('vpn-sessions.title')}
      description={t('vpn-sessions.description')}
      action={
        <Group gap="xs">
          {!live && (
            <Button
              variant="default"
              leftSection={<IconRefresh size={16} aria-hidden />}
              loading={query.isPlaceholderData}
              onClick={refresh}
            >
              {t('lists.refresh')}
            </Button>
          )}
          <ExportMenu
            csv={urlOf(api.vpnSessions.export, undefined, filter)}
            json={urlOf(api.vpnSessions.exportJson, undefined, filter)}
          />
        </Group>
      }
    >
      <Group justify="space-between" gap="xs">
        <SegmentedControl
          aria-label={t('vpn-sessions.view.label')}
          data={[
            { value: 'now', label: t('vpn-sessions.view.now') },
            { value: 'all', label: t('vpn-sessions.view.all') },
          ]}
          value={search.view ?? 'now'}
          onChange={(view) => change({ view: view === 'all' ? 'all' : undefined })}
        />
        <Connected count={query.data?.pages.at(-1)?.connected} />
      </Group>
      <Filters search={search} onChange={change} />
      <Text size="sm" c="dimmed" role="status" mih="1.4em" mb="calc(-1 * var(--mantine-spacing-sm))">
        {paged.total !== undefined &&
          paged.total > 0 &&
          t('vpn-sessions.total', { count: paged.total, formatted: paged.formattedTotal })}
      </Text>
      <PagedTable
        label={t('vpn-sessions.listLabel')}
        columns={columns}
        rowKey={(row) => row.id}
        paged={paged}
        onOpen={open}
        openLabel={(row) => t('vpn-sessions.open', { who: whoText(row) })}
        empty={<NoSessions search={search} onAll={() => change({ view: 'all', range: 'all' })} />}
      />
    </Page>
  )
}

/** How many are connected, whatever the filters. */
function Connected({ count }: { readonly count: number | undefined }) {
  if (count === undefined) return null
  return (
    <Text fw={600} size="lg" role="status">
      {t('vpn-sessions.connected', { count, formatted: count.toLocaleString(language()) })}
    </Text>
  )
}
