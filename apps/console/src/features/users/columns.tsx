/** The columns of the list of users. */
import { Badge, Group, Text } from '@mantine/core'
import type { UserView } from '@sallyport/contract'
import { RelativeTime, StatusDot, type DataColumn } from '@sallyport/ui'
import { fullName } from '../../lib/users/user-names.ts'
import { language, t } from '../../lib/words.ts'
import './page-words.ts'

export type UserSort = 'username' | 'lastName' | 'lastSignInAt'

export interface UserOrder {
  readonly sort: UserSort
  readonly direction: 'ascending' | 'descending'
  readonly onSort: (sort: UserSort) => void
}

export function userColumns({ sort, direction, onSort }: UserOrder): readonly DataColumn<UserView>[] {
  const sorting = (column: UserSort) => ({
    direction: column === sort ? direction : null,
    onToggle: () => onSort(column),
  })
  return [
    {
      key: 'username',
      header: t('users.column.username'),
      width: '18%',
      sort: sorting('username'),
      cell: (user) => (
        <Group component="span" display="inline-flex" gap={6}>
          <Text component="span" size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {user.username}
          </Text>
          <SourceBadge user={user} />
        </Group>
      ),
    },
    {
      key: 'name',
      header: t('users.column.name'),
      width: '14%',
      sort: sorting('lastName'),
      cell: (user) => fullName(user) || <Absent />,
    },
    {
      key: 'email',
      header: t('users.column.email'),
      wideOnly: true,
      cell: (user) =>
        user.email === '' ? (
          <Absent />
        ) : (
          <Text component="div" size="sm" truncate title={user.email}>
            {user.email}
          </Text>
        ),
    },
    {
      key: 'tokens',
      header: t('users.column.tokens'),
      width: '8rem',
      cell: (user) => <Tokens user={user} />,
    },
    { key: 'state', header: t('users.column.state'), width: '8.5rem', cell: (user) => <UserState user={user} /> },
    {
      key: 'lastSignInAt',
      header: t('users.column.lastSignInAt'),
      width: '9rem',
      sort: sorting('lastSignInAt'),
      cell: (user) => <RelativeTime at={user.lastSignInAt} locale={language()} />,
    },
  ]
}

/** Disabled, blocked, locked or none of these. */
function UserState({ user }: { readonly user: UserView }) {
  if (!user.enabled) return <StatusDot state="neutral">{t('users.state.disabled')}</StatusDot>
  if (user.block !== null) return <StatusDot state="bad">{t('users.state.blocked')}</StatusDot>
  if (user.factorLockedUntil !== null) return <StatusDot state="warning">{t('users.state.locked')}</StatusDot>
  return <StatusDot state="good">{t('users.state.enabled')}</StatusDot>
}

/** Nothing for who was added by hand, as most are where there is no directory. */
function SourceBadge({ user: { directory, importId } }: { readonly user: UserView }) {
  if (directory === null && importId === null) return null
  return (
    <Badge component="span" size="sm" variant="default" fw={500} tt="none">
      {t(`users.source.${directory === null ? 'csv' : 'directory'}`)}
    </Badge>
  )
}

function Tokens({ user: { tokenCount: count, deviceCount, phone } }: { readonly user: UserView }) {
  if (count > 0) return t('users.tokens.count', { count })
  if (deviceCount > 0 || phone !== '') return <Absent />
  return <StatusDot state="warning">{t('users.tokens.none')}</StatusDot>
}

function Absent() {
  return (
    <Text component="span" c="dimmed" aria-hidden>
      –
    </Text>
  )
}
