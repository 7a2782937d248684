/** The tab *Target*: what checks the passwords, and a test of it. */
import { Anchor, Stack, Text } from '@mantine/core'
import { api, type TargetView } from '@sallyport/contract'
import { ErrorPanel, LoadingPanel, Notice, notifyDone, notifyFailed, RadioCards, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { problemText } from '../../lib/problem-text.ts'
import { useMay } from '../../lib/session.ts'
import { t } from '../../lib/words.ts'
import { useChangeTarget } from './mutations.ts'
import { targetQuery } from './queries.ts'
import { TestTarget } from './test-target.tsx'

const choices = ['windows-domain', 'ldap', 'radius'] as const

export function Target() {
  const { data, error, refetch } = useQuery(targetQuery)
  if (data !== undefined) return <TargetChoice target={data} />
  if (error === null) return <LoadingPanel />
  return (
    <ErrorPanel
      title={t('radius-authentication.target.failed')}
      detail={problemText(error)}
      onRetry={() => void refetch()}
    />
  )
}

function TargetChoice({ target }: { readonly target: TargetView }) {
  const change = useChangeTarget()
  const { may, reason } = useMay(api.radius.changeTarget)
  const test = useMay(api.radius.testTarget)
  const kind = change.isPending ? change.variables.kind : target.kind
  const choose = () =>
    change.mutate(
      { kind: 'ldap', version: target.version },
      {
        onSuccess: () => notifyDone(t('radius-authentication.target.changed')),
        onError: (error) => notifyFailed(t('radius-authentication.target.notChanged'), problemText(error)),
      },
    )
  return (
    <Stack gap="lg">
      {target.kind === 'none' && <Notice state="warning" title={t('radius-authentication.target.none')} />}
      {reason !== undefined && <Notice state="neutral" title={reason} />}
      <RadioCards
        label={t('radius-authentication.target.label')}
        value={kind}
        readOnly={!may || change.isPending}
        onChange={(value) => {
          if (value === 'ldap' && target.kind !== 'ldap') choose()
        }}
        choices={choices.map((value) => ({
          value,
          label: t(`radius-authentication.target.${value}.label`),
          description: t(`radius-authentication.target.${value}.text`),
          unavailable: value === 'ldap' ? undefined : t('radius-authentication.target.unavailable'),
        }))}
      />
      {target.kind === 'ldap' && (
        <Section
          title={t('radius-authentication.target.directory')}
          action={
            <Anchor component={Link} to="/directory-integration" size="sm">
              {t('radius-authentication.target.openLdap')}
            </Anchor>
          }
        >
          <Text size="sm" mb="md" maw="46rem">
            {t('radius-authentication.target.ldapNote')}
          </Text>
          {test.may && <TestTarget />}
        </Section>
      )}
    </Stack>
  )
}
