/** Usage by user: everybody in the order of their names, with how often they signed in; a press leads to their own figures. */
import { Text } from '@mantine/core'
import { factorOrNone, type UserUsage } from '@sallyport/contract'
import { EmptyState, RelativeTime, type DataColumn } from '@sallyport/ui'
import { IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { usePagedRows } from '../../lib/paged-rows.ts'
import { PagedTable } from '../../lib/paged-table.tsx'
import { Nothing, Who } from '../../lib/reports/cells.tsx'
import { factorText } from '../../lib/sign-ins/sign-in-words.ts'
import { language, t } from '../../lib/words.ts'
import { userUsageQuery } from './queries.ts'
import { usersQueryOf } from './search.ts'
import type { UsageOverTimeProps } from './usage-over-time.tsx'
import '../../lib/sign-ins/page-words.ts'
import './page-words.ts'

export function UserUsageList({ search, nowMs, onChange }: UsageOverTimeProps) {
  const query = useInfiniteQuery(userUsageQuery(useMemo(() => usersQueryOf(search, nowMs), [search, nowMs])))
  const paged = usePagedRows(query, t('usage.failed'))
  const columns = useMemo(() => userUsageColumns(), [])
  const page = query.data?.pages[0]
  return (
    <>
      {page !== undefined && (
        <Text size="sm" c="dimmed" mb="xs">
          {t('usage.days', { from: dayText(page.from), to: dayText(page.to, -1) })}
        </Text>
      )}
      <PagedTable
        label={t('usage.listLabel')}
        columns={columns}
        rowKey={({ user }) => user.id}
        paged={paged}
        onOpen={({ user }) => onChange({ by: undefined, userId: user.id, username: undefined, who: undefined })}
        openLabel={({ user }) => t('usage.open', { who: user.username })}
        empty={
          <EmptyState icon={<IconUsers size={34} stroke={1.4} />} title={t('usage.noUsers.title')}>
            {t('usage.noUsers.text')}
          </EmptyState>
        }
      />
    </>
  )
}

/** A day of UTC. */
function dayText(at: string, earlierMs = 0): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(Date.parse(at) + earlierMs),
  )
}

function userUsageColumns(): readonly DataColumn<UserUsage>[] {
  const counts = (['accepted', 'rejected', 'unanswered'] as const).map((result): DataColumn<UserUsage> => ({
    key: result,
    header: t(`usage.column.${result}`),
    width: '7.5rem',
    align: 'end',
    cell: (row) => row[result].toLocaleString(language()),
  }))
  return [
    { key: 'who', header: t('usage.column.user'), cell: ({ user }) => <Who>{user.username}</Who> },
    { key: 'name', header: t('usage.column.name'), cell: ({ user }) => (user.name === '' ? <Nothing /> : user.name) },
    ...counts,
    { key: 'methods', header: t('usage.column.methods'), width: '22%', cell: (row) => methodsText(row) || <Nothing /> },
    {
      key: 'last',
      header: t('usage.column.last'),
      width: '8.5rem',
      cell: ({ lastSignInAt }) => <RelativeTime at={lastSignInAt} locale={language()} />,
    },
  ]
}

/** `Mobile app 12, OATH token 3`. */
function methodsText({ methods }: UserUsage): string {
  return factorOrNone.options
    .flatMap((factor) => {
      const count = methods[factor] ?? 0
      return count === 0 ? [] : [`${factorText(factor)} ${count.toLocaleString(language())}`]
    })
    .join(', ')
}
