/** Where the signed-in administrator is signed in, and the way to end it elsewhere. */
import { Button } from '@mantine/core'
import { api } from '@sallyport/contract'
import { notifyDone, notifyFailed, Section } from '@sallyport/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { SessionList } from '../../lib/own-factors/session-list.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import { ownSessionsQuery, useAccountChanged } from './account-data.ts'
import './page-words.ts'

export function OwnSessions() {
  const list = useQuery(ownSessionsQuery)
  const changed = useAccountChanged()
  const ending = {
    onSuccess: () => notifyDone(t('own-factors.sessions.ended')),
    onError: (error: unknown) => notifyFailed(t('own-factors.sessions.notEnded'), problemText(error)),
    onSettled: changed,
  }
  const end = useMutation({
    mutationFn: (id: string) => call(api.account.endSession, { params: { id } }),
    ...ending,
  })
  const endOthers = useMutation({ mutationFn: () => call(api.account.endOtherSessions, {}), ...ending })
  const hasOthers = list.data?.rows.some(({ current }) => !current) ?? false
  return (
    <Section
      title={t('account.sessions.title')}
      description={t('account.sessions.text')}
      action={
        <Button
          variant="default"
          disabled={!hasOthers}
          loading={endOthers.isPending}
          onClick={() => endOthers.mutate()}
        >
          {t('account.sessions.endOthers')}
        </Button>
      }
    >
      <SessionList list={list} onEnd={(id) => end.mutate(id)} />
    </Section>
  )
}
