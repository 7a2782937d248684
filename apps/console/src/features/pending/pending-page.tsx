/** Pending now: everybody who is being asked for a second factor at this moment, read anew each second while it is looked at. */
import { Text } from '@mantine/core'
import type { PendingView } from '@sallyport/contract'
import { DataTable, EmptyState, Page, RelativeTime, type DataColumn } from '@sallyport/ui'
import { IconHourglass } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '../../lib/links.tsx'
import { CancelPending } from '../../lib/pending/cancel-pending.tsx'
import { pendingQuery } from '../../lib/pending/pending-data.ts'
import { problemText } from '../../lib/problem-text.ts'
import { language, t } from '../../lib/words.ts'
import '../../lib/sign-ins/page-words.ts'
import '../../lib/pending/page-words.ts'

export function PendingPage() {
  const { data, error, refetch } = useQuery(pendingQuery)
  const nowMs = data === undefined ? 0 : Date.parse(data.now)
  return (
    <Page title={t('pending.title')} description={t('pending.description')}>
      <DataTable
        label={t('pending.title')}
        columns={columns(nowMs)}
        rows={data?.rows}
        rowKey={({ id }) => id}
        rowActions={(row) => <CancelPending row={row} />}
        total={data?.total}
        failed={
          error !== null && data === undefined
            ? { title: t('pending.failed'), detail: problemText(error), onRetry: () => void refetch() }
            : undefined
        }
        empty={
          <EmptyState icon={<IconHourglass size={34} stroke={1.4} />} title={t('pending.emptyTitle')}>
            {t('pending.emptyText')}
          </EmptyState>
        }
      />
      {data !== undefined && data.total > data.rows.length && (
        <Text size="sm" c="dimmed">
          {t('pending.more', { count: data.total - data.rows.length })}
        </Text>
      )}
    </Page>
  )
}

const columns = (nowMs: number): readonly DataColumn<PendingView>[] => [
  {
    key: 'user',
    header: t('pending.user'),
    cell: ({ user }) => (
      <TextLink to="/users/$id" params={{ id: user.id }}>
        {user.username}
      </TextLink>
    ),
  },
  { key: 'application', header: t('pending.application'), cell: ({ applicationName }) => applicationName },
  { key: 'method', header: t('pending.method'), cell: ({ method }) => t(`sign-ins.factor.${method}`) },
  {
    key: 'from',
    header: t('pending.from'),
    cell: ({ callingStation }) => callingStation ?? t('sign-ins.details.fromUnknown'),
  },
  {
    key: 'since',
    header: t('pending.since'),
    cell: ({ startedAt }) => <RelativeTime at={startedAt} locale={language()} />,
  },
  {
    key: 'left',
    header: t('pending.left'),
    cell: ({ expiresAt }) =>
      t('pending.seconds', { seconds: Math.max(0, Math.ceil((Date.parse(expiresAt) - nowMs) / 1_000)) }),
  },
]
