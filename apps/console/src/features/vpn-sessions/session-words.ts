/** Says in words what is known of a VPN session. */
import { vpnSessionState, type VpnSessionRow, type VpnSessionState } from '@sallyport/contract'
import type { StateKind } from '@sallyport/ui'
import { language, t } from '../../lib/words.ts'
import { octetsText } from './octets-text.ts'
import './page-words.ts'

/** What each state means for somebody who looks. */
export const stateKinds: Record<VpnSessionState, StateKind> = { active: 'good', ended: 'neutral', lost: 'warning' }

export function stateText(state: VpnSessionState): string {
  return t(`vpn-sessions.state.${state}`)
}

export const stateChoices = () => vpnSessionState.options.map((value) => ({ value, label: stateText(value) }))

/** Who it is, by the name that we know or the one that was sent. */
export function whoText({ user, username }: Pick<VpnSessionRow, 'user' | 'username'>): string {
  if (user !== null) return user.username
  return username === '' ? t('vpn-sessions.nobody') : username
}

/** Why it ended; empty where the device did not say. */
export function causeText(cause: string | null): string {
  if (cause === null) return ''
  const number = /^terminate-cause-(\d+)$/.exec(cause)?.[1]
  return number === undefined ? t(`vpn-sessions.cause.${cause}`) : t('vpn-sessions.causeNumber', { number })
}

/** From its beginning to its end, to now, or to when it was last heard of. */
export function durationMs(session: VpnSessionRow, nowMs: number): number {
  const endMs =
    session.state === 'active'
      ? nowMs
      : Date.parse(session.state === 'lost' ? session.heardAt : (session.endedAt ?? ''))
  return Math.max(0, endMs - Date.parse(session.startedAt))
}

/** Days and hours, hours and minutes, or minutes: sessions are long. */
export function spanText(spanMs: number): string {
  const minutes = Math.floor(spanMs / 60_000)
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24]
  if (days > 0) return t('vpn-sessions.span.days', { days, hours })
  if (hours > 0) return t('vpn-sessions.span.hours', { hours, minutes: minutes % 60 })
  return minutes === 0
    ? t('vpn-sessions.span.seconds', { seconds: Math.floor(spanMs / 1000) })
    : t('vpn-sessions.span.minutes', { minutes })
}

/** Traffic in one direction; a dash where the device never said. */
export function trafficText(octets: number | null): string {
  return octets === null ? '–' : octetsText(octets, language())
}
