/** What is known of a sign-in, name by name. */
import { Text } from '@mantine/core'
import type { SignInDetails } from '@sallyport/contract'
import { RelativeTime, Section, SettingsList, utcTimeText, type Setting } from '@sallyport/ui'
import { durationText } from '../../lib/duration-text.ts'
import { TextLink } from '../../lib/links.tsx'
import { t } from '../../lib/words.ts'
import '../../lib/sign-ins/page-words.ts'

export function KnownFacts({ signIn }: { readonly signIn: SignInDetails }) {
  const { user, client, username, callingStation, count } = signIn
  const word = (key: string) => t(`sign-ins.details.${key}`)
  const settings: Setting[] = [
    {
      name: word('at'),
      text: (
        <>
          {utcTimeText(Date.parse(signIn.at))} (<RelativeTime at={signIn.at} />)
        </>
      ),
    },
    {
      name: word('who'),
      text:
        user === null ? (
          <Text component="span" c="dimmed">
            {word('notMatched')}
          </Text>
        ) : (
          <TextLink to="/users/$id" params={{ id: user.id }}>
            {user.username}
          </TextLink>
        ),
    },
    ...(username === '' ? [] : [{ name: word('sentAs'), value: username }]),
    ...(signIn.result === 'accepted' ? [{ name: word('vpn'), text: <VpnSessions signIn={signIn} /> }] : []),
    {
      name: word('client'),
      text:
        client === null ? (
          <Text component="span" c="dimmed">
            {word('clientUnknown')}
          </Text>
        ) : (
          <TextLink to="/radius-authentication" search={{ client: client.id }}>
            {client.name}
          </TextLink>
        ),
    },
    { name: word('clientAddress'), value: signIn.clientAddress },
    callingStation === null
      ? {
          name: word('from'),
          text: (
            <Text component="span" c="dimmed">
              {word('fromUnknown')}
            </Text>
          ),
        }
      : { name: word('from'), value: callingStation, hint: word('fromHint') },
    { name: word('method'), text: t(`sign-ins.method.${signIn.method}`) },
    {
      name: word('factor'),
      text: signIn.factor === null ? word('factorNone') : t(`sign-ins.factor.${signIn.factor}`),
    },
    ...(count > 1
      ? [{ name: word('count'), text: t('sign-ins.details.countText', { count }) }]
      : [
          {
            name: word('duration'),
            text: durationText(signIn.durationMs),
            ...(signIn.rounds.length > 1 && { hint: word('durationHint') }),
          },
        ]),
    { name: word('id'), value: signIn.id },
  ]
  return (
    <Section title={word('facts')}>
      <SettingsList settings={settings} />
    </Section>
  )
}

/** The sessions that came of it, as far as its device accounts for them. */
function VpnSessions({ signIn: { user, username, at } }: { readonly signIn: SignInDetails }) {
  const who = user === null ? { username } : { userId: user.id }
  return (
    <TextLink to="/reports/vpn-sessions" search={{ view: 'all', ...who, from: at }}>
      {t('sign-ins.details.vpnText')}
    </TextLink>
  )
}
