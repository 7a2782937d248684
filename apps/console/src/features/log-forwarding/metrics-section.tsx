/** Metrics for Prometheus: on while there is a token, which is shown once. */
import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { api } from '@sallyport/contract'
import {
  ConfirmDialog,
  CopyText,
  Notice,
  notifyDone,
  notifyFailed,
  RelativeTime,
  Section,
  StatusDot,
} from '@sallyport/ui'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { problemText } from '../../lib/problem-text.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { useMay } from '../../lib/session.ts'
import { language, t } from '../../lib/words.ts'
import './page-words.ts'

const metricsQuery = queryOptions({
  queryKey: [queryRoots.metrics],
  queryFn: ({ signal }) => call(api.metrics.read, {}, { signal }),
})

export function MetricsSection() {
  const { data } = useQuery(metricsQuery)
  const { may } = useMay(api.metrics.makeToken)
  const queryClient = useQueryClient()
  const [token, setToken] = useState<string>()
  const [asking, setAsking] = useState<'make' | 'revoke'>()
  const outOfDate = () =>
    Promise.all(
      [queryRoots.metrics, queryRoots.changes].map((root) => queryClient.invalidateQueries({ queryKey: [root] })),
    )
  const onError = (error: unknown) => notifyFailed(t('log-forwarding.metrics.failed'), problemText(error))
  const make = useMutation({
    mutationFn: () => call(api.metrics.makeToken, {}),
    onSuccess: (made) => setToken(made.token),
    onError,
    onSettled: outOfDate,
  })
  const revoke = useMutation({
    mutationFn: () => call(api.metrics.revokeToken, {}),
    onSuccess: () => {
      setToken(undefined)
      notifyDone(t('log-forwarding.metrics.revoked'))
    },
    onError,
    onSettled: outOfDate,
  })
  if (data === undefined) return null
  const { madeAt, path } = data
  const confirm = () => {
    const done = { onSettled: () => setAsking(undefined) }
    if (asking === 'make') make.mutate(undefined, done)
    else revoke.mutate(undefined, done)
  }
  return (
    <Section title={t('log-forwarding.metrics.title')} description={t('log-forwarding.metrics.description')}>
      <Stack gap="sm">
        <StatusDot state={madeAt === null ? 'neutral' : 'good'}>
          {t(`log-forwarding.metrics.${madeAt === null ? 'off' : 'on'}`)}
          {madeAt !== null && (
            <Text span c="dimmed" size="sm">
              {' '}
              {t('log-forwarding.metrics.made')} <RelativeTime at={madeAt} locale={language()} />
            </Text>
          )}
        </StatusDot>
        <Text size="sm">
          {t('log-forwarding.metrics.where')} <Code style={{ overflowWrap: 'anywhere' }}>{location.origin + path}</Code>
        </Text>
        {token !== undefined && (
          <Notice state="warning" role="status" title={t('log-forwarding.metrics.once')}>
            <CopyText value={token} />
          </Notice>
        )}
        {may && (
          <Group gap="xs">
            <Button
              variant="default"
              loading={make.isPending}
              onClick={() => (madeAt === null ? make.mutate() : setAsking('make'))}
            >
              {t(`log-forwarding.metrics.${madeAt === null ? 'make' : 'makeAgain'}`)}
            </Button>
            {madeAt !== null && (
              <Button variant="default" onClick={() => setAsking('revoke')}>
                {t('log-forwarding.metrics.revoke')}
              </Button>
            )}
          </Group>
        )}
      </Stack>
      {asking !== undefined && (
        <ConfirmDialog
          opened
          onClose={() => setAsking(undefined)}
          title={t(`log-forwarding.metrics.ask.${asking}`)}
          confirmLabel={t(`log-forwarding.metrics.${asking === 'make' ? 'makeAgain' : 'revoke'}`)}
          pending={make.isPending || revoke.isPending}
          onConfirm={confirm}
        >
          {t(`log-forwarding.metrics.askText.${asking}`)}
        </ConfirmDialog>
      )}
    </Section>
  )
}
