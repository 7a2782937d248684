/** The columns of the list of administrators. */
import { Text } from '@mantine/core'
import type { AdministratorView } from '@sallyport/contract'
import { RelativeTime, StatusDot, type DataColumn } from '@sallyport/ui'
import { language, t } from '../../lib/words.ts'
import './page-words.ts'

/** `ownId` is the id of whoever looks. */
export function administratorColumns(ownId: string): readonly DataColumn<AdministratorView>[] {
  return [
    {
      key: 'username',
      header: t('administrators.column.username'),
      width: '30%',
      cell: (row) => (
        <Text component="span" size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {row.username}
          {row.id === ownId && (
            <Text component="span" size="sm" c="dimmed" fw={400}>
              {' '}
              · {t('administrators.you')}
            </Text>
          )}
        </Text>
      ),
    },
    { key: 'role', header: t('administrators.column.role'), cell: (row) => t(`administrators.role.${row.role}.title`) },
    {
      key: 'factors',
      header: t('administrators.column.factors'),
      cell: ({ factors: { totp, passkeys } }) => {
        if (!totp && passkeys === 0) {
          return <StatusDot state="warning">{t('administrators.factors.none')}</StatusDot>
        }
        const said = passkeys === 0 ? [] : [t('administrators.factors.passkeys', { count: passkeys })]
        return [...(totp ? [t('administrators.factors.totp')] : []), ...said].join(', ')
      },
    },
    { key: 'state', header: t('administrators.column.state'), cell: (row) => <State administrator={row} /> },
    {
      key: 'lastSignInAt',
      header: t('administrators.column.lastSignInAt'),
      cell: (row) => <RelativeTime at={row.lastSignInAt} locale={language()} />,
    },
    {
      key: 'createdAt',
      header: t('administrators.column.createdAt'),
      wideOnly: true,
      cell: (row) => <RelativeTime at={row.createdAt} locale={language()} />,
    },
  ]
}

function State({ administrator: { enabled, lockedUntil } }: { readonly administrator: AdministratorView }) {
  if (!enabled) return <StatusDot state="neutral">{t('administrators.state.disabled')}</StatusDot>
  if (lockedUntil !== null) return <StatusDot state="warning">{t('administrators.state.locked')}</StatusDot>
  return <StatusDot state="good">{t('administrators.state.enabled')}</StatusDot>
}
