/** Whether a user is being asked for a second factor at this moment, by what and from where; it can be cancelled here. */
import { Group, Stack, Text } from '@mantine/core'
import type { UserView } from '@sallyport/contract'
import { ErrorPanel, RelativeTime, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { CancelPending } from '../../lib/pending/cancel-pending.tsx'
import { pendingQuery } from '../../lib/pending/pending-data.ts'
import { problemText } from '../../lib/problem-text.ts'
import { language, t } from '../../lib/words.ts'
import '../../lib/sign-ins/page-words.ts'
import './page-words.ts'

export function UserPending({ user }: { readonly user: UserView }) {
  const { data, error, refetch } = useQuery(pendingQuery)
  const rows = data?.rows.filter((row) => row.user.id === user.id) ?? []
  return (
    <Section title={t('user-history.pending.title')}>
      {error !== null && data === undefined && (
        <ErrorPanel title={t('pending.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
      )}
      {data !== undefined && rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('user-history.pending.none')}
        </Text>
      )}
      <Stack gap="xs">
        {rows.map((row) => (
          <Group key={row.id} justify="space-between">
            <Text size="sm">
              {t('user-history.pending.asked', {
                method: t(`sign-ins.factor.${row.method}`),
                application: row.applicationName,
                from: row.callingStation ?? t('sign-ins.details.fromUnknown'),
              })}{' '}
              <RelativeTime at={row.startedAt} locale={language()} />
            </Text>
            <CancelPending row={row} />
          </Group>
        ))}
      </Stack>
    </Section>
  )
}
