/** What an administrator would do next, each with the button that leads there. */
import { Button, Group, Stack, Text } from '@mantine/core'
import type { StatusView } from '@sallyport/contract'
import { Section, StateIcon, type StateKind } from '@sallyport/ui'
import { useRouter } from '@tanstack/react-router'
import { language, sentence, t } from '../../lib/words.ts'
import './page-words.ts'

type Item = StatusView['worthDoing'][number]

/** What an item means, where its button leads, and what stands in its sentence. */
interface Look {
  readonly state: StateKind
  readonly href: string
  readonly values?: Readonly<Record<string, string | number>>
  readonly detail?: string
}

const looks: { readonly [Kind in Item['kind']]: (item: Extract<Item, { kind: Kind }>) => Look } = {
  'socket-failed': ({ port, problem }) => ({
    state: 'bad',
    href: '/radius-authentication',
    values: { port },
    detail: problem,
  }),
  'target-down': ({ server }) => ({ state: 'bad', href: '/radius-authentication?tab=target', values: { server } }),
  'accounting-outbox-full': ({ count }) => accounting('bad', count),
  'accounting-waits': ({ count, since }) => accounting('warning', count, { since: timeText(since) }),
  'accounting-untaken': ({ count }) => accounting('warning', count),
  'log-receiver-behind': ({ name, count, since }) => ({
    state: 'bad',
    href: '/log-forwarding',
    values: { name, count, formatted: count.toLocaleString(language()), since: timeText(since) },
  }),
  'report-unsent': ({ name, problem }) => ({ state: 'bad', href: '/gateways', values: { name }, detail: problem }),
  'configure-ldap': () => ({ state: 'neutral', href: '/directory-integration' }),
  'choose-target': () => ({ state: 'neutral', href: '/radius-authentication?tab=target' }),
  'add-client': () => ({ state: 'neutral', href: '/radius-authentication?client=new' }),
  'add-user': () => ({ state: 'neutral', href: '/users?dialog=add' }),
  'users-without-factor': ({ count }) => ({
    state: 'warning',
    href: '/users?standing=without-factor&state=enabled',
    values: { count, formatted: count.toLocaleString(language()) },
  }),
  'enable-radius': () => ({ state: 'neutral', href: '/radius-authentication' }),
  'radsec-certificate': ({ subject, state }) => ({
    state: state === 'expired' ? 'bad' : 'warning',
    href: '/radius-authentication',
    values: { subject, when: t(`status.worthDoing.certificateState.${state}`) },
  }),
  'listener-certificate': ({ listener, state }) => ({
    state: state === 'expiring' ? 'warning' : 'bad',
    href: '/certificates',
    values: {
      listener: t(`status.worthDoing.listener.${listener}`),
      when: t(`status.worthDoing.certificateState.${state}`),
    },
  }),
  'factor-off-let-in': ({ count }) => ({
    state: 'warning',
    href: '/users?state=disabled',
    values: { count, formatted: count.toLocaleString(language()) },
  }),
  'ldap-without-tls': () => ({ state: 'warning', href: '/directory-integration' }),
  'client-without-message-authenticator': ({ clientId, name }) => ({
    state: 'warning',
    href: `/radius-authentication?client=${clientId}`,
    values: { name },
  }),
}

function accounting(state: StateKind, count: number, values: Look['values'] = {}): Look {
  const formatted = count.toLocaleString(language())
  return { state, href: '/radius-authentication?tab=target', values: { ...values, count, formatted } }
}

function timeText(at: string): string {
  return new Date(at).toLocaleString(language(), { dateStyle: 'medium', timeStyle: 'short' })
}

/** Where set-up is not finished, the wizard is the shortest way. */
const setUpKinds: readonly Item['kind'][] = ['configure-ldap', 'choose-target', 'add-client', 'add-user']

export function WorthDoing({ items }: { readonly items: readonly Item[] }) {
  const router = useRouter()
  const go = (href: string) => () => void router.navigate({ href })
  const unfinished = items.filter((item) => setUpKinds.includes(item.kind)).length >= 2
  return (
    <Section
      title={t('status.worthDoing.title')}
      action={unfinished && <Button onClick={go('/set-up')}>{t('status.worthDoing.setUp')}</Button>}
    >
      {items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('status.worthDoing.none')}
        </Text>
      )}
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
        {items.map((item) => {
          const look = lookOf(item)
          return (
            <Group component="li" key={JSON.stringify(item)} justify="space-between" gap="xs">
              <Group gap="sm" wrap="nowrap" align="flex-start" flex="1 1 16rem" miw={0}>
                <StateIcon state={look.state} size={18} />
                <div>
                  <Text size="sm">{t(`status.worthDoing.${item.kind}.text`, look.values)}</Text>
                  {look.detail !== undefined && (
                    <Text size="xs" c="dimmed">
                      {sentence(look.detail)}
                    </Text>
                  )}
                </div>
              </Group>
              <Button variant="default" size="xs" style={{ flex: 'none' }} onClick={go(look.href)}>
                {t(`status.worthDoing.${item.kind}.button`)}
              </Button>
            </Group>
          )
        })}
      </Stack>
    </Section>
  )
}

function lookOf(item: Item): Look {
  // The table pairs each kind with its own items; the compiler cannot follow that through an index.
  return (looks[item.kind] as (item: Item) => Look)(item)
}
