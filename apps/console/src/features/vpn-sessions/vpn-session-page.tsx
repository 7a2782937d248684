/** One VPN session: all that its device told. */
import { Stack } from '@mantine/core'
import { ErrorPanel, LoadingPanel, Page, Section, SettingsList } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ApiProblem } from '../../lib/api.ts'
import { BackLink } from '../../lib/back-link.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { vpnSessionQuery } from '../../lib/vpn-sessions/queries.ts'
import { t } from '../../lib/words.ts'
import { personFacts, timeFacts, trafficFacts } from './session-facts.tsx'
import { whoText } from './session-words.ts'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/reports/vpn-sessions/$id')

export function VpnSessionPage() {
  const { id } = route.useParams()
  const { data, error, refetch, dataUpdatedAt } = useQuery(vpnSessionQuery(id))
  return (
    <Stack gap="xs">
      <BackLink to="/reports/vpn-sessions">{t('vpn-sessions.title')}</BackLink>
      {data === undefined && error === null && <LoadingPanel />}
      {data === undefined && error !== null && (
        <ErrorPanel
          title={t('vpn-sessions.details.failed')}
          detail={isUnknown(error) ? t('vpn-sessions.details.gone') : problemText(error)}
          onRetry={() => void refetch()}
        />
      )}
      {data !== undefined && (
        <Page title={t('vpn-sessions.details.title', { who: whoText(data) })} width="reading">
          <Section title={t('vpn-sessions.details.times')}>
            <SettingsList settings={timeFacts(data, dataUpdatedAt)} />
          </Section>
          <Section title={t('vpn-sessions.details.person')}>
            <SettingsList settings={personFacts(data)} />
          </Section>
          <Section title={t('vpn-sessions.details.traffic')}>
            <SettingsList settings={trafficFacts(data)} />
          </Section>
        </Page>
      )}
    </Stack>
  )
}

/** An id that no session has, or that is no id at all. */
function isUnknown(error: Error): boolean {
  return error instanceof ApiProblem && (error.code === 'not-found' || error.code === 'invalid-input')
}
