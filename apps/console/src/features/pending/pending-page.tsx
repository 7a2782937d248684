/** Pending now: everybody who is being asked for a second factor at this moment, read anew each second while it is looked at. */
import { Text } from '@mantine/core'
import { api, type PendingView } from '@sallyport/contract'
import { DataTable, EmptyState, notifyDone, notifyFailed, Page, RelativeTime, type DataColumn } from '@sallyport/ui'
import { IconHourglass } from '@tabler/icons-react'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { TextLink } from '../../lib/links.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { language, t } from '../../lib/words.ts'
import '../../lib/sign-ins/page-words.ts'
import './page-words.ts'

const everyMs = 1_000

const pendingQuery = queryOptions({
  queryKey: [queryRoots.pending],
  queryFn: ({ signal }) => call(api.pending.list, {}, { signal }),
  refetchInterval: everyMs,
})

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
        rowActions={(row) => <Cancel row={row} />}
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

function Cancel({ row }: { readonly row: PendingView }) {
  const queryClient = useQueryClient()
  const name = row.user.username
  const cancel = useMutation({
    mutationFn: () => call(api.pending.cancel, { params: { id: row.id } }),
    onSuccess: () => notifyDone(t('pending.cancelled', { name })),
    onError: (error) => notifyFailed(t('pending.notCancelled', { name }), problemText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: pendingQuery.queryKey }),
  })
  return (
    <GuardedButton
      needs={api.pending.cancel}
      variant="default"
      size="xs"
      aria-label={t('pending.cancelOf', { name })}
      loading={cancel.isPending}
      onClick={() => cancel.mutate()}
    >
      {t('pending.cancel')}
    </GuardedButton>
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
