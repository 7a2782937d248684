/** What is known of a VPN session, name by name; what the device did not say is left out. */
import { Text } from '@mantine/core'
import type { VpnSessionDetails } from '@sallyport/contract'
import { RelativeTime, StatusDot, utcTimeText, type Setting } from '@sallyport/ui'
import { TextLink } from '../../lib/links.tsx'
import { language, t } from '../../lib/words.ts'
import { causeText, durationMs, spanText, stateKinds, stateText, trafficText } from './session-words.ts'
import './page-words.ts'

/** Signing in comes before the session; some devices tell of it a while later. */
const signedInBeforeMs = 15 * 60_000

export function timeFacts(session: VpnSessionDetails, nowMs: number): readonly Setting[] {
  const { state, startedAt, endedAt, heardAt, startSeen, cause, intervalSeconds } = session
  return [
    {
      name: word('state'),
      text: <StatusDot state={stateKinds[state]}>{stateText(state)}</StatusDot>,
      ...(state === 'lost' && { hint: word('lostHint') }),
    },
    { name: word('started'), text: <Moment at={startedAt} />, ...(!startSeen && { hint: word('startedHint') }) },
    ...(endedAt === null ? [] : [{ name: word('ended'), text: <Moment at={endedAt} /> }]),
    ...(cause === null ? [] : [{ name: word('cause'), text: causeText(cause) }]),
    { name: word('duration'), text: spanText(durationMs(session, nowMs)) },
    { name: word('heard'), text: <Moment at={heardAt} /> },
    ...(intervalSeconds === null
      ? []
      : [{ name: word('interval'), text: spanText(intervalSeconds * 1000), hint: word('intervalHint') }]),
  ]
}

export function personFacts(session: VpnSessionDetails): readonly Setting[] {
  const { user, username, client, assignedAddresses, startedAt } = session
  const startedMs = Date.parse(startedAt)
  const around = {
    from: new Date(startedMs - signedInBeforeMs).toISOString(),
    to: new Date(startedMs + 60_000).toISOString(),
  }
  return [
    {
      name: word('user'),
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
    ...said('sentAs', username === '' ? null : username),
    ...(username === ''
      ? []
      : [
          {
            name: word('signIns'),
            text: (
              <TextLink
                to="/reports/sign-ins"
                search={user === null ? { username, ...around } : { userId: user.id, ...around }}
              >
                {word('signInsText')}
              </TextLink>
            ),
          },
        ]),
    ...assignedAddresses.map((address) => ({ name: word('assigned'), value: address })),
    ...said('calling', session.callingStation),
    {
      name: word('client'),
      text: (
        <TextLink to="/radius-authentication" search={{ client: client.id }}>
          {client.name}
        </TextLink>
      ),
    },
    ...said('deviceAddress', session.deviceAddress),
    ...said('nasIdentifier', session.nasIdentifier),
    ...said('nasAddress', session.nasAddress),
    ...said('nasPort', session.nasPort),
    ...said('called', session.calledStation),
    ...said('sessionId', session.sessionId),
    ...said('multiSessionId', session.multiSessionId),
    ...said('class', session.class),
  ]
}

export function trafficFacts(session: VpnSessionDetails): readonly Setting[] {
  const { inputOctets, outputOctets, inputPackets, outputPackets } = session
  const packets = (count: number | null) =>
    count === null
      ? ''
      : ` (${t('vpn-sessions.details.packets', { count, formatted: count.toLocaleString(language()) })})`
  return [
    { name: word('in'), text: `${trafficText(inputOctets)}${packets(inputPackets)}`, hint: word('inHint') },
    { name: word('out'), text: `${trafficText(outputOctets)}${packets(outputPackets)}`, hint: word('outHint') },
  ]
}

function word(key: string): string {
  return t(`vpn-sessions.fact.${key}`)
}

function said(key: string, value: string | null): readonly Setting[] {
  return value === null ? [] : [{ name: word(key), value }]
}

function Moment({ at }: { readonly at: string }) {
  return (
    <>
      {utcTimeText(Date.parse(at))} (<RelativeTime at={at} />)
    </>
  )
}
