/** The section *RadSec*: RADIUS over TLS, its port, and the certificates that it needs. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { api, radsecInput, type CertificateView, type RadsecView } from '@sallyport/contract'
import { ErrorPanel, LoadingPanel, Notice, notifyDone, RelativeTime, Section, StatusDot } from '@sallyport/ui'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { call } from '../../lib/api.ts'
import { CheckField, NumberField, TextAreaField } from '../../lib/fields.tsx'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { problemText } from '../../lib/problem-text.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { useMay } from '../../lib/session.ts'
import { UnsavedGuard } from '../../lib/unsaved-guard.tsx'
import { language, sentence, t } from '../../lib/words.ts'
import './page-words.ts'

const radsecQuery = queryOptions({
  queryKey: [queryRoots.radius, 'radsec'],
  queryFn: ({ signal }) => call(api.radsec.read, {}, { signal }),
})
const schema = radsecInput.omit({ version: true })

export function RadsecSection() {
  const { data, error, refetch } = useQuery(radsecQuery)
  return (
    <Section title={t('radsec.title')} description={t('radsec.text')}>
      {data !== undefined && <RadsecForm key={data.version} radsec={data} />}
      {data === undefined && error === null && <LoadingPanel />}
      {data === undefined && error !== null && (
        <ErrorPanel title={t('radsec.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
      )}
    </Section>
  )
}

function RadsecForm({ radsec }: { readonly radsec: RadsecView }) {
  const { may } = useMay(api.radsec.change)
  const form = useSchemaForm<z.input<typeof schema>, z.output<typeof schema>>(schema, defaultsOf(radsec))
  const [problem, setProblem] = useState<string>()
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: ({ keyPem, ...values }: z.output<typeof schema>) =>
      call(api.radsec.change, {
        body: { ...values, version: radsec.version, ...(keyPem === undefined || keyPem === '' ? {} : { keyPem }) },
      }),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: [queryRoots.radius] }),
        queryClient.invalidateQueries({ queryKey: [queryRoots.status] }),
        queryClient.invalidateQueries({ queryKey: [queryRoots.changes] }),
      ]),
  })
  const save = form.handleSubmit(async (values) => {
    setProblem(undefined)
    try {
      await change.mutateAsync(values)
      notifyDone(t('radsec.saved'))
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  const { control, formState } = form
  const mono = { styles: { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8rem' } } }
  const area = { control, disabled: !may, autosize: true, minRows: 2, maxRows: 6, spellCheck: false, ...mono }
  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <UnsavedGuard when={formState.isDirty && !change.isPending} />
      <Stack maw="46rem">
        {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
        {radsec.sockets.map(({ family, state, problem: why }) => (
          <StatusDot key={family} state={state === 'listening' ? 'good' : 'bad'}>
            {why === null ? t('radsec.listening', { port: radsec.port, family }) : sentence(why)}
          </StatusDot>
        ))}
        <CheckField
          control={control}
          name="enabled"
          label={t('radsec.enabled')}
          description={t('radsec.enabledHint')}
          disabled={!may}
        />
        <NumberField
          control={control}
          name="port"
          label={t('radsec.port')}
          maw="22rem"
          disabled={!may}
          thousandSeparator=""
        />
        <TextAreaField
          {...area}
          name="certificatePem"
          label={t('radsec.certificate')}
          description={t('radsec.certificateHint')}
        />
        {radsec.certificate !== null && <Expiry certificate={radsec.certificate} />}
        <TextAreaField
          {...area}
          name="keyPem"
          label={t('radsec.key')}
          description={t(`radsec.${radsec.hasKey ? 'keyKept' : 'keyHint'}`)}
          autoComplete="off"
        />
        <TextAreaField {...area} name="caPem" label={t('radsec.authority')} description={t('radsec.authorityHint')} />
        {radsec.authorities.map((authority) => (
          <Expiry key={authority.fingerprint} certificate={authority} />
        ))}
        {may && formState.isDirty && (
          <Group gap="xs">
            <Button type="submit" loading={change.isPending}>
              {t('radsec.save')}
            </Button>
            <Button variant="default" onClick={() => form.reset(defaultsOf(radsec))}>
              {t('radsec.undo')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}

const dots = { good: 'good', expiring: 'warning', expired: 'bad' } as const

function Expiry({ certificate }: { readonly certificate: CertificateView }) {
  const { subject, state, expiresAt } = certificate
  return (
    <StatusDot state={dots[state]}>
      <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>
        {t(`radsec.state.${state}`, { subject })} <RelativeTime at={expiresAt} locale={language()} />
      </Text>
    </StatusDot>
  )
}

function defaultsOf({ enabled, port, certificatePem, caPem }: RadsecView): z.input<typeof schema> {
  return { enabled, port, certificatePem, caPem, keyPem: '' }
}
