/** The columns of client security. */
import { Stack, Text } from '@mantine/core'
import type { ClientSecurityRow } from '@sallyport/contract'
import { RelativeTime, StatusDot, type DataColumn, type StateKind } from '@sallyport/ui'
import { durationText } from '../../lib/duration-text.ts'
import { TextLink } from '../../lib/links.tsx'
import { Address, Nothing, Who } from '../../lib/reports/cells.tsx'
import { language, t } from '../../lib/words.ts'
import '../../lib/sign-ins/page-words.ts'
import './page-words.ts'

export function clientSecurityColumns(): readonly DataColumn<ClientSecurityRow>[] {
  return [
    {
      key: 'client',
      header: t('client-security.column.client'),
      cell: ({ client }) => (
        <>
          <Who>
            <TextLink to="/radius-authentication" search={{ client: client.id }}>
              {client.name}
            </TextLink>
          </Who>
          {client.address !== client.name && client.address !== '' && (
            <Text size="xs">
              <Address text={client.address} />
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'message-authenticator',
      header: t('client-security.column.messageAuthenticator'),
      cell: (row) => (
        <>
          <StatusDot state={signedState(row)}>{t(`client-security.policy.${policyOf(row)}`)}</StatusDot>
          <Dimmed>{signedText(row)}</Dimmed>
        </>
      ),
    },
    {
      key: 'proxy-state',
      header: t('client-security.column.proxyState'),
      cell: (row) => (
        <>
          <Text size="sm">
            {row.proxyStateSeenAt === null ? (
              t('client-security.neverForwarded')
            ) : (
              <RelativeTime at={row.proxyStateSeenAt} locale={language()} />
            )}
          </Text>
          <Dimmed>{t(row.limitProxyState ? 'client-security.limited' : 'client-security.notLimited')}</Dimmed>
        </>
      ),
    },
    {
      key: 'methods',
      header: t('client-security.column.methods'),
      width: '8rem',
      cell: ({ methodsSeen }) =>
        methodsSeen.length === 0 ? <Nothing /> : methodsSeen.map((method) => t(`sign-ins.method.${method}`)).join(', '),
    },
    {
      key: 'repeated',
      header: t('client-security.column.repeated'),
      width: '9rem',
      cell: ({ traffic }) => (traffic === null || traffic.repeated === 0 ? <Nothing /> : <Repeats traffic={traffic} />),
    },
    {
      key: 'drops',
      header: t('client-security.column.drops'),
      cell: ({ traffic }) => <Drops drops={traffic?.drops ?? {}} />,
    },
    {
      key: 'last',
      header: t('client-security.column.last'),
      width: '8rem',
      cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} locale={language()} />,
    },
  ]
}

function policyOf({ messageAuthenticator, messageAuthenticatorSeenAt }: ClientSecurityRow): string {
  if (messageAuthenticator !== 'auto') return messageAuthenticator
  return messageAuthenticatorSeenAt === null ? 'auto' : 'learned'
}

function signedState(row: ClientSecurityRow): StateKind {
  const policy = policyOf(row)
  if (policy === 'require' || policy === 'learned') return 'good'
  return policy === 'never-send' ? 'bad' : 'warning'
}

function signedText({ traffic }: ClientSecurityRow): string {
  if (traffic === null || traffic.requests === 0) return t('client-security.noRequests')
  const formatted = (count: number) => count.toLocaleString(language())
  return t('client-security.signed', { signed: formatted(traffic.signed), requests: formatted(traffic.requests) })
}

function Repeats({ traffic }: { readonly traffic: NonNullable<ClientSecurityRow['traffic']> }) {
  return (
    <>
      <Text size="sm">
        {t('client-security.repeats', {
          repeated: traffic.repeated.toLocaleString(language()),
          requests: traffic.requests.toLocaleString(language()),
        })}
      </Text>
      {traffic.usualIntervalMs !== null && (
        <Dimmed>{t('client-security.interval', { time: durationText(traffic.usualIntervalMs) })}</Dimmed>
      )}
    </>
  )
}

/** What met silence, by name; a name that the catalogue does not know stands for itself. */
function Drops({ drops }: { readonly drops: Readonly<Record<string, number>> }) {
  const entries = Object.entries(drops).sort(([, one], [, other]) => other - one)
  if (entries.length === 0) return <Nothing />
  return (
    <Stack gap={0}>
      {entries.map(([reason, count]) => {
        const key = `client-security.drop.${reason}`
        const words = t(key)
        return (
          <Text key={reason} size="sm" style={{ overflowWrap: 'anywhere' }}>
            {words === key ? reason : words}: {count.toLocaleString(language())}
          </Text>
        )
      })}
    </Stack>
  )
}

function Dimmed({ children }: { readonly children: string }) {
  return (
    <Text size="xs" c="dimmed">
      {children}
    </Text>
  )
}
