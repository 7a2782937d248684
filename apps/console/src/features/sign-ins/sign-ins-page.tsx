/** Reports › Sign-ins: filter, look, open one, export. */
import { Button, Group, Text } from '@mantine/core'
import { api, type SignInRow } from '@sallyport/contract'
import { EmptyState, Page } from '@sallyport/ui'
import { IconRefresh, IconReportSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { urlOf } from '../../lib/api.ts'
import { ButtonLink } from '../../lib/links.tsx'
import { usePagedRows } from '../../lib/paged-rows.ts'
import { PagedTable } from '../../lib/paged-table.tsx'
import { rangeOf } from '../../lib/reports/range.ts'
import { signInListQuery } from '../../lib/sign-ins/queries.ts'
import { whoText } from '../../lib/sign-ins/sign-in-words.ts'
import { ExportMenu } from '../../lib/reports/export-menu.tsx'
import { t } from '../../lib/words.ts'
import { signInColumns } from './columns.tsx'
import { Filters } from './filters.tsx'
import { ReasonExplained } from './reason-explained.tsx'
import { filterCount, filterOf, type SignInsSearch } from './search.ts'
import '../../lib/sign-ins/page-words.ts'

const route = getRouteApi('/signed-in/shell/reports/sign-ins')

export function SignInsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [nowMs, setNowMs] = useState(() => Date.now())
  const filter = useMemo(() => filterOf(search, nowMs), [search, nowMs])
  const query = useInfiniteQuery(signInListQuery(filter))
  const paged = usePagedRows(query, t('sign-ins.failed'))
  const columns = useMemo(() => signInColumns(), [])
  const open = useCallback(
    ({ id }: SignInRow) => void navigate({ to: '/reports/sign-ins/$id', params: { id } }),
    [navigate],
  )
  const [refreshing, setRefreshing] = useState(false)
  const refresh = async () => {
    const range = rangeOf(search)
    // A preset counts back from now, so that a new now asks anew; a fixed time asks the same again.
    if (range !== 'all' && range !== 'custom') {
      setNowMs(Date.now())
      return
    }
    setRefreshing(true)
    await query.refetch()
    setRefreshing(false)
  }
  const change = (changed: Partial<SignInsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true })
  return (
    <Page
      title={t('sign-ins.title')}
      description={t('sign-ins.description')}
      action={
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={query.isPlaceholderData || refreshing}
            onClick={() => void refresh()}
          >
            {t('lists.refresh')}
          </Button>
          <ExportMenu
            csv={urlOf(api.reports.exportSignIns, undefined, filter)}
            json={urlOf(api.reports.exportSignInsJson, undefined, filter)}
          />
        </Group>
      }
    >
      <Filters search={search} onChange={change} />
      {search.reason !== undefined && <ReasonExplained reason={search.reason} />}
      <Text size="sm" c="dimmed" role="status" mih="1.4em" mb="calc(-1 * var(--mantine-spacing-sm))">
        {paged.total !== undefined &&
          paged.total > 0 &&
          t('sign-ins.total', { count: paged.total, formatted: paged.formattedTotal })}
      </Text>
      <PagedTable
        label={t('sign-ins.listLabel')}
        columns={columns}
        rowKey={(row) => row.id}
        paged={paged}
        onOpen={open}
        openLabel={openLabel}
        empty={<Nothing search={search} onAllTime={() => change({ range: 'all', from: undefined, to: undefined })} />}
      />
    </Page>
  )
}

function Nothing({ search, onAllTime }: { readonly search: SignInsSearch; readonly onAllTime: () => void }) {
  const bounded = rangeOf(search) !== 'all'
  const kind = filterCount(search) > 0 ? 'filtered' : bounded ? 'bounded' : 'never'
  return (
    <EmptyState
      icon={<IconReportSearch size={34} stroke={1.4} />}
      title={t(`sign-ins.empty.${kind}.title`)}
      action={
        <Group gap="xs" justify="center">
          {bounded && (
            <Button variant="default" onClick={onAllTime}>
              {t('sign-ins.empty.allTime')}
            </Button>
          )}
          {kind !== 'filtered' && <ButtonLink to="/radius-authentication">{t('sign-ins.empty.action')}</ButtonLink>}
        </Group>
      }
    >
      {t(`sign-ins.empty.${kind}.text`)}
    </EmptyState>
  )
}

function openLabel(row: SignInRow): string {
  return t('sign-ins.open', { who: whoText(row) })
}
