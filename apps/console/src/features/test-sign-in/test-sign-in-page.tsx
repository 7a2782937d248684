/** Test sign-in: left what the device sends, right what is said between it and the server. */
import { api } from '@sallyport/contract'
import { EmptyState, ErrorPanel, LoadingPanel, Notice, Page } from '@sallyport/ui'
import { IconTestPipe } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ButtonLink } from '../../lib/links.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { radiusClientsQuery } from '../../lib/radius-clients.ts'
import { useMay } from '../../lib/session.ts'
import { t } from '../../lib/words.ts'
import { Conversation } from './conversation.tsx'
import { Circumstances } from './circumstances.tsx'
import { useTest } from './test.ts'
import { TestForm } from './test-form.tsx'
import classes from './test-sign-in.module.css'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/test-sign-in')

export function TestSignInPage() {
  const { may, reason } = useMay(api.testSignIns.start)
  return (
    <Page title={t('test-sign-in.title')} description={t('test-sign-in.description')}>
      {may ? <Bench /> : <Notice state="neutral" title={reason ?? ''} />}
    </Page>
  )
}

function Bench() {
  const { client, user } = route.useSearch()
  const clients = useQuery(radiusClientsQuery)
  const test = useTest()
  if (clients.data === undefined) {
    if (clients.error === null) return <LoadingPanel />
    return (
      <ErrorPanel
        title={t('test-sign-in.clientsFailed')}
        detail={problemText(clients.error)}
        onRetry={() => void clients.refetch()}
      />
    )
  }
  if (clients.data.rows.length === 0) {
    return (
      <EmptyState
        icon={<IconTestPipe size={34} stroke={1.4} />}
        title={t('test-sign-in.noClients.title')}
        action={
          <ButtonLink to="/radius-authentication" search={{ client: 'new' }}>
            {t('test-sign-in.noClients.action')}
          </ButtonLink>
        }
      >
        {t('test-sign-in.noClients.text')}
      </EmptyState>
    )
  }
  return (
    <>
      <Circumstances />
      <div className={classes['bench']}>
        <TestForm
          key={`${client ?? ''} ${user ?? ''}`}
          clients={clients.data.rows}
          client={client}
          user={user}
          test={test}
        />
        <Conversation test={test} />
      </div>
    </>
  )
}
