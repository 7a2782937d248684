/** Alerts: who is told of what by mail, and what there was to tell lately. */
import { Text } from '@mantine/core'
import type { AlertView } from '@sallyport/contract'
import {
  DataTable,
  EmptyState,
  LoadingPanel,
  Notice,
  Page,
  RelativeTime,
  Section,
  StatusDot,
  type DataColumn,
} from '@sallyport/ui'
import { IconBell } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '../../lib/links.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { language, sentence, t } from '../../lib/words.ts'
import { alertsQuery } from './alert-data.ts'
import { AlertForm } from './alert-form.tsx'
import './page-words.ts'

export function AlertsPage() {
  const { data, error, refetch } = useQuery(alertsQuery)
  return (
    <Page title={t('alerts.title')} description={t('alerts.description')}>
      {data?.hasGateway === false && data.settings.recipients.length > 0 && (
        <Notice state="warning" title={t('alerts.noGateway')}>
          <TextLink to="/gateways">{t('alerts.toGateways')}</TextLink>
        </Notice>
      )}
      <Section title={t('alerts.who')} description={t('alerts.whoText')}>
        {data === undefined ? <LoadingPanel /> : <AlertForm settings={data.settings} />}
      </Section>
      <Section title={t('alerts.lately')} description={t('alerts.latelyText')}>
        <DataTable
          label={t('alerts.lately')}
          columns={columns()}
          rows={data?.rows}
          rowKey={({ id }) => id}
          failed={
            error === null
              ? undefined
              : { title: t('alerts.failed'), detail: problemText(error), onRetry: () => void refetch() }
          }
          empty={
            <EmptyState icon={<IconBell size={34} stroke={1.4} />} title={t('alerts.emptyTitle')}>
              {t('alerts.emptyText')}
            </EmptyState>
          }
        />
      </Section>
    </Page>
  )
}

/** When it is shown: the words are there then. */
const columns = (): readonly DataColumn<AlertView>[] => [
  { key: 'at', header: t('alerts.column.at'), cell: ({ at }) => <RelativeTime at={at} locale={language()} /> },
  {
    key: 'what',
    header: t('alerts.column.what'),
    cell: ({ kind, about, subject, detail }) => (
      <div style={{ overflowWrap: 'anywhere' }}>
        <StatusDot state={about === 'began' ? 'bad' : about === 'ended' ? 'good' : 'warning'}>
          {about === 'ended' ? t('alerts.over', { what: t(`alerts.kind.${kind}`) }) : t(`alerts.kind.${kind}`)}
        </StatusDot>
        {(subject !== '' || detail !== '') && (
          <Text size="sm" c="dimmed">
            {[subject, sentence(detail)].filter((text) => text !== '').join(': ')}
          </Text>
        )}
      </div>
    ),
  },
  {
    key: 'told',
    header: t('alerts.column.told'),
    cell: ({ notifiedAt, problem }) =>
      problem !== null ? (
        <Text size="sm">{sentence(problem)}</Text>
      ) : notifiedAt === null ? (
        t('alerts.untold')
      ) : (
        <RelativeTime at={notifiedAt} locale={language()} />
      ),
  },
]
