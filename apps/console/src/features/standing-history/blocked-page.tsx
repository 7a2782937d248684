/** Reports › Blocked: who was blocked, when, why, until when, by whom, and who ended it. */
import { api, type BlockView } from '@sallyport/contract'
import { RelativeTime, StatusDot, type DataColumn } from '@sallyport/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { urlOf } from '../../lib/api.ts'
import { usePagedRows } from '../../lib/paged-rows.ts'
import { Nothing } from '../../lib/reports/cells.tsx'
import { StateFilter } from '../../lib/state-filter.tsx'
import { language, t } from '../../lib/words.ts'
import { ByCell, UserCell, Why } from './cells.tsx'
import { HistoryPage } from './history-page.tsx'
import { blocksQuery } from './queries.ts'
import { useHistory } from './use-history.ts'
import type { HistorySearch } from './search.ts'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/reports/blocked')

export function BlockedPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { filter, refresh } = useHistory(search)
  const state = search.state ?? 'all'
  const paged = usePagedRows(useInfiniteQuery(blocksQuery(filter, state)), t('standing-history.failed'))
  const change = (changed: Partial<HistorySearch>) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true })
  return (
    <HistoryPage
      kind="blocked"
      search={search}
      onChange={change}
      onRefresh={refresh}
      paged={paged}
      columns={columns()}
      files={{
        csv: urlOf(api.standingHistory.blocksCsv, undefined, { ...filter, state }),
        json: urlOf(api.standingHistory.blocksJson, undefined, { ...filter, state }),
      }}
      choices={
        <StateFilter
          label={t('standing-history.state')}
          choices={[{ value: 'in-force', label: t('standing-history.inForce') }]}
          value={search.state}
          onChange={(chosen) => change({ state: chosen })}
        />
      }
    />
  )
}

function columns(): readonly DataColumn<BlockView>[] {
  return [
    { key: 'user', header: t('standing-history.column.user'), cell: ({ user }) => <UserCell user={user} /> },
    {
      key: 'state',
      header: t('standing-history.column.state'),
      width: '9rem',
      cell: (block) => <State block={block} />,
    },
    { key: 'reason', header: t('standing-history.column.reason'), cell: ({ reason }) => <Why>{reason}</Why> },
    {
      key: 'blocked',
      header: t('standing-history.column.blocked'),
      width: '11rem',
      cell: ({ createdAt, source, blockedBy }) => (
        <ByCell at={createdAt} by={source === 'fraud-report' ? t('standing-history.fraudReport') : blockedBy} />
      ),
    },
    {
      key: 'until',
      header: t('standing-history.column.until'),
      width: '9rem',
      cell: ({ until }) =>
        until === null ? t('standing-history.untilUnblocked') : <RelativeTime at={until} locale={language()} />,
    },
    {
      key: 'ended',
      header: t('standing-history.column.ended'),
      width: '11rem',
      cell: ({ endedAt, endedBy }) => (endedAt === null ? <Nothing /> : <ByCell at={endedAt} by={endedBy} />),
    },
  ]
}

function State({ block: { inForce, endedAt } }: { readonly block: BlockView }) {
  if (inForce) return <StatusDot state="bad">{t('standing-history.inForce')}</StatusDot>
  return (
    <StatusDot state="neutral">
      {t(endedAt === null ? 'standing-history.ranOut' : 'standing-history.unblocked')}
    </StatusDot>
  )
}
