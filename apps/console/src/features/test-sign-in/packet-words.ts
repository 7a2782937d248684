/** Says in words what is to be known of one packet of a test. */
import type { TestDatagram } from '@sallyport/contract'
import { durationText } from '../../lib/duration-text.ts'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export function packetTitle({ code }: TestDatagram): string {
  return code ?? t('test-sign-in.packets.unreadable')
}

/** Which way, under which identifier, how often. */
export function packetNote({ direction, identifier, lengthBytes, atMs }: TestDatagram): string {
  const values = { identifier: identifier ?? '–', bytes: lengthBytes, count: atMs.length }
  const way = t(`test-sign-in.packets.${direction}`, values)
  return atMs.length === 1 ? way : `${way} · ${t('test-sign-in.packets.again', values)}`
}

/** What was verified, and when it was sent again. */
export function packetFacts(datagram: TestDatagram): string[] {
  const { direction, authenticator, messageAuthenticator, refused, atMs } = datagram
  return [
    ...(authenticator === null ? [] : [t(`test-sign-in.packets.authenticator.${authenticator}`)]),
    t(`test-sign-in.packets.messageAuthenticator.${direction}.${messageAuthenticator}`),
    ...(refused === null ? [] : [t('test-sign-in.packets.refused', { reason: refused })]),
    ...(atMs.length === 1
      ? []
      : [t('test-sign-in.packets.times', { times: atMs.slice(1).map(durationText).join(', ') })]),
  ]
}
