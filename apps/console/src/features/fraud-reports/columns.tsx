/** The columns of the fraud reports. */
import { Text } from '@mantine/core'
import type { FraudReportView } from '@sallyport/contract'
import { RelativeTime, StatusDot, type DataColumn } from '@sallyport/ui'
import { TextLink } from '../../lib/links.tsx'
import { Address, Nothing, Who } from '../../lib/reports/cells.tsx'
import { language, t } from '../../lib/words.ts'
import './page-words.ts'

export const columns = (): readonly DataColumn<FraudReportView>[] => [
  {
    key: 'who',
    header: t('fraud-reports.column.who'),
    cell: ({ user }) =>
      user.exists ? (
        <Who>
          <TextLink to="/users/$id" params={{ id: user.id }}>
            {user.username}
          </TextLink>
        </Who>
      ) : (
        <>
          <Who>{user.username}</Who>
          <Text size="xs" c="dimmed">
            {t('fraud-reports.userGone')}
          </Text>
        </>
      ),
  },
  {
    key: 'at',
    header: t('fraud-reports.column.at'),
    width: '9rem',
    cell: ({ at, signInId }) => (
      <>
        <RelativeTime at={at} locale={language()} />
        <Text size="xs">
          <TextLink to="/reports/sign-ins/$id" params={{ id: signInId }}>
            {t('fraud-reports.signIn')}
          </TextLink>
        </Text>
      </>
    ),
  },
  {
    key: 'via',
    header: t('fraud-reports.column.via'),
    width: '8rem',
    cell: ({ via }) => t(`fraud-reports.via.${via}`),
  },
  {
    key: 'application',
    header: t('fraud-reports.column.application'),
    cell: ({ applicationName }) => (applicationName === '' ? <Nothing /> : <Address text={applicationName} plain />),
  },
  {
    key: 'from',
    header: t('fraud-reports.column.from'),
    width: '9rem',
    cell: ({ callingStation }) => (callingStation === null ? <Nothing /> : <Address text={callingStation} />),
  },
  {
    key: 'blocked',
    header: t('fraud-reports.column.blocked'),
    width: '8.5rem',
    cell: ({ blocked }) => (
      <StatusDot state={blocked ? 'bad' : 'neutral'}>
        {t(blocked ? 'fraud-reports.blocked' : 'fraud-reports.notBlocked')}
      </StatusDot>
    ),
  },
  { key: 'state', header: t('fraud-reports.column.state'), cell: (report) => <State report={report} /> },
]

function State({ report: { handledAt, handledBy, note } }: { readonly report: FraudReportView }) {
  if (handledAt === null) return <StatusDot state="warning">{t('fraud-reports.open')}</StatusDot>
  return (
    <>
      <StatusDot state="good">
        {t('fraud-reports.handledBy', { name: handledBy ?? '' })}{' '}
        <Text span size="sm" c="dimmed">
          <RelativeTime at={handledAt} locale={language()} />
        </Text>
      </StatusDot>
      {note !== '' && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {note}
        </Text>
      )}
    </>
  )
}
