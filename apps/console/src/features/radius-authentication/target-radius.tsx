/** The target *RADIUS server(s)*: the servers in their order, what happens when none answers, and a test of them all. */
import { Button, Select, Stack } from '@mantine/core'
import { api, type TargetView } from '@sallyport/contract'
import { Notice, notifyDone, notifyFailed, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { problemText } from '../../lib/problem-text.ts'
import { useMay } from '../../lib/session.ts'
import { t } from '../../lib/words.ts'
import { AccountingForwarding } from './accounting-forwarding.tsx'
import { useChangeTarget } from './mutations.ts'
import { targetQuery } from './queries.ts'
import { radiusServersQuery, radiusTargetQuery, useChangeRadiusTarget } from './radius-server-data.ts'
import { RadiusServers } from './radius-servers.tsx'
import { TestTarget } from './test-target.tsx'
import './page-words.ts'

export function TargetRadius() {
  const { data: target } = useQuery(targetQuery)
  const { data: servers } = useQuery(radiusServersQuery)
  const test = useMay(api.radius.testTarget)
  const isTarget = target?.kind === 'radius'
  return (
    <Section title={t('radius-authentication.target.radius.label')}>
      <Stack gap="lg">
        {target !== undefined && servers !== undefined && !isTarget && (
          <Choose target={target} hasServers={servers.rows.length > 0} />
        )}
        <RadiusServers />
        <AccountingForwarding />
        <AllDead />
        {isTarget && test.may && <TestTarget />}
      </Stack>
    </Section>
  )
}

function Choose({ target, hasServers }: { readonly target: TargetView; readonly hasServers: boolean }) {
  const change = useChangeTarget()
  const { may } = useMay(api.radius.changeTarget)
  const words = hasServers ? 'ready' : 'missing'
  return (
    <Notice state="warning" title={t(`radius-servers.choose.${words}`)}>
      {t(`radius-servers.choose.${words}Text`)}
      {hasServers && may && (
        <div>
          <Button
            mt="sm"
            size="sm"
            loading={change.isPending}
            onClick={() =>
              change.mutate(
                { kind: 'radius', version: target.version },
                {
                  onError: (error) => notifyFailed(t('radius-authentication.target.notChanged'), problemText(error)),
                },
              )
            }
          >
            {t('radius-servers.choose.button')}
          </Button>
        </div>
      )}
    </Notice>
  )
}

function AllDead() {
  const { data } = useQuery(radiusTargetQuery)
  const { may } = useMay(api.radiusServers.changeTarget)
  const change = useChangeRadiusTarget()
  if (data === undefined) return null
  return (
    <Select
      label={t('radius-servers.allDead.label')}
      description={t('radius-servers.allDead.hint')}
      allowDeselect={false}
      disabled={!may || change.isPending}
      maw="24rem"
      data={(['silence', 'reject'] as const).map((value) => ({ value, label: t(`radius-servers.allDead.${value}`) }))}
      value={data.whenAllDead}
      onChange={(value) =>
        change.mutate(
          { whenAllDead: value === 'reject' ? 'reject' : 'silence', version: data.version },
          {
            onSuccess: () => notifyDone(t('radius-servers.allDead.saved')),
            onError: (error) => notifyFailed(t('radius-servers.allDead.notSaved'), problemText(error)),
          },
        )
      }
    />
  )
}
