/** What stands for or against a user: what the next sign-in meets, a block, a one-time bypass; and their mobile devices. */
import { Group, List, Stack, Text } from '@mantine/core'
import { api, type UserStandingView, type UserView } from '@sallyport/contract'
import { ErrorPanel, Notice, RelativeTime, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { language, t } from '../../lib/words.ts'
import { BlockUser, GiveBypass } from './standing-dialogs.tsx'
import { standingQuery } from './standing-query.ts'
import { useDoing } from './use-doing.ts'
import '../../lib/sign-ins/page-words.ts'
import './page-words.ts'

export function UserStanding({ user }: { readonly user: UserView }) {
  const { data, error, refetch } = useQuery(standingQuery(user.id))
  const [dialog, setDialog] = useState<'block' | 'bypass'>()
  const { id, username: name } = user
  const end = useDoing(
    () => call(api.people.endBypasses, { params: { id } }),
    t('users.standing.bypassEnded', { name }),
  )
  const hasBypass = data?.bypasses.some(({ state }) => state === 'open') === true
  return (
    <Section
      title={t('users.standing.title')}
      description={t('users.standing.description')}
      action={
        <Group gap="xs">
          {hasBypass ? (
            <GuardedButton
              needs={api.people.endBypasses}
              variant="default"
              loading={end.isPending}
              onClick={() => end.mutate(undefined)}
            >
              {t('users.standing.endBypass')}
            </GuardedButton>
          ) : (
            <GuardedButton needs={api.people.giveBypass} variant="default" onClick={() => setDialog('bypass')}>
              {t('users.standing.bypass')}
            </GuardedButton>
          )}
          {user.block === null && (
            <GuardedButton needs={api.people.block} variant="default" onClick={() => setDialog('block')}>
              {t('users.standing.block')}
            </GuardedButton>
          )}
        </Group>
      }
    >
      {error !== null && data === undefined && (
        <ErrorPanel title={t('users.standing.notLoaded')} detail={problemText(error)} onRetry={() => void refetch()} />
      )}
      {data !== undefined && (
        <Stack gap="sm">
          <Next standing={data} />
          {data.missing.length > 0 && (
            <Text size="sm" c="dimmed">
              {data.missing
                .map(({ method, what }) => `${t(`sign-ins.factor.${method}`)}: ${t(`users.standing.missing.${what}`)}`)
                .join(' · ')}
            </Text>
          )}
          <Devices standing={data} />
        </Stack>
      )}
      {dialog === 'block' && <BlockUser user={user} onClose={() => setDialog(undefined)} />}
      {dialog === 'bypass' && <GiveBypass user={user} onClose={() => setDialog(undefined)} />}
    </Section>
  )
}

function Next({ standing }: { readonly standing: UserStandingView }) {
  const { next, blocks } = standing
  const block = blocks.find(({ inForce }) => inForce)
  const refused = ['blocked', 'refused-factor-off', 'locked', 'nothing-usable'].includes(next.kind)
  const until = 'until' in next ? next.until : null
  const methods = next.kind === 'asked' ? next.methods.map((method) => t(`sign-ins.factor.${method}`)).join(', ') : ''
  return (
    <Notice
      state={refused ? 'bad' : next.kind === 'asked' ? 'good' : 'warning'}
      title={t(`users.standing.next.${next.kind}`, { methods })}
    >
      {until !== null && (
        <>
          {t('users.standing.until')} <RelativeTime at={until} locale={language()} />.{' '}
        </>
      )}
      {next.kind === 'blocked' && block !== undefined && (
        <>
          {t(`users.standing.blockedBy.${block.source}`, { who: block.blockedBy })}
          {block.reason !== '' && ` ${block.reason}`}
        </>
      )}
    </Notice>
  )
}

function Devices({ standing: { devices } }: { readonly standing: UserStandingView }) {
  if (devices.length === 0) return null
  return (
    <List listStyleType="none" withPadding={false} spacing="xs">
      {devices.map((device) => (
        <List.Item key={device.id} styles={{ itemWrapper: { display: 'block' }, itemLabel: { display: 'block' } }}>
          <Group justify="space-between">
            <div>
              <Text size="sm" fw={600}>
                {device.name}
              </Text>
              <Text size="sm" c="dimmed">
                {t('users.standing.lastSeen')} <RelativeTime at={device.lastSeenAt} locale={language()} />
              </Text>
            </div>
            <Revoke id={device.id} name={device.name} />
          </Group>
        </List.Item>
      ))}
    </List>
  )
}

function Revoke({ id, name }: { readonly id: string; readonly name: string }) {
  const revoke = useDoing(
    () => call(api.people.revokeDevice, { params: { id } }),
    t('users.standing.revoked', { name }),
  )
  return (
    <GuardedButton
      needs={api.people.revokeDevice}
      variant="default"
      size="xs"
      aria-label={t('users.standing.revokeOf', { name })}
      loading={revoke.isPending}
      onClick={() => revoke.mutate(undefined)}
    >
      {t('users.standing.revoke')}
    </GuardedButton>
  )
}
