/** Sessions of an administrator: from where, with what, since when; each can be ended. */
import { Badge, Group, Text } from '@mantine/core'
import type { SessionRow } from '@sallyport/contract'
import { DataTable, EmptyState, RelativeTime, type DataColumn } from '@sallyport/ui'
import { IconLogout } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { problemText } from '../problem-text.ts'
import { RowButton } from '../row-button.tsx'
import { language, t } from '../words.ts'
import { deviceWords } from './device-words.ts'
import './page-words.ts'

export interface SessionListProps {
  readonly list: UseQueryResult<{ readonly rows: readonly SessionRow[] }>
  readonly onEnd: (id: string) => void
}

export function SessionList({ list: { data, error, refetch }, onEnd }: SessionListProps) {
  return (
    <DataTable
      label={t('own-factors.sessions.label')}
      columns={columns()}
      rows={data?.rows}
      rowKey={({ id }) => id}
      rowActions={({ id, current, address }) =>
        current ? null : (
          <RowButton
            label={t('own-factors.sessions.end', { address })}
            icon={<IconLogout size={17} aria-hidden />}
            onPress={() => onEnd(id)}
          />
        )
      }
      failed={
        error === null
          ? undefined
          : {
              title: t('own-factors.sessions.failed'),
              detail: problemText(error),
              onRetry: () => void refetch(),
            }
      }
      empty={<EmptyState title={t('own-factors.sessions.none')} />}
    />
  )
}

const columns = (): readonly DataColumn<SessionRow>[] => [
  {
    key: 'device',
    header: t('own-factors.sessions.device'),
    cell: ({ userAgent, current }) => (
      <Group component="span" gap="xs">
        <Text component="span" size="sm" title={userAgent}>
          {deviceWords(userAgent, (browser, system) => t('own-factors.sessions.on', { browser, system })) ??
            t('own-factors.sessions.unknown')}
        </Text>
        {current && (
          <Badge variant="light" tt="none">
            {t('own-factors.sessions.current')}
          </Badge>
        )}
      </Group>
    ),
  },
  { key: 'address', header: t('own-factors.sessions.address'), cell: ({ address }) => address },
  {
    key: 'lastSeenAt',
    header: t('own-factors.sessions.lastSeenAt'),
    cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} locale={language()} />,
  },
  {
    key: 'createdAt',
    header: t('own-factors.sessions.createdAt'),
    wideOnly: true,
    cell: ({ createdAt }) => <RelativeTime at={createdAt} locale={language()} />,
  },
]
