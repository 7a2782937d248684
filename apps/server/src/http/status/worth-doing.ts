/** What an administrator would do next, in the order of doing it. */
import type { CertificateView, RadiusSocket, StatusView } from '@sallyport/contract'
import type {
  LdapSettings,
  RadiusClientRecord,
  RadiusSettings,
  SavedReportRecord,
  TargetSettings,
} from '@sallyport/store'
import type { LogReceiverState } from '../../bus/log-forwarding-control.ts'
import type { ForwardingStatus } from '../../bus/notices.ts'
import type { ListenerState } from './listener-states.ts'

export interface Situation {
  readonly settings: RadiusSettings
  readonly target: TargetSettings
  readonly ldap: LdapSettings
  /** What is wrong with what console and portal show. */
  readonly listenerCertificates: readonly ListenerState[]
  /** The server's own and its authorities', where RadSec is on. */
  readonly radsecCertificates: readonly CertificateView[]
  readonly clients: readonly RadiusClientRecord[]
  readonly counts: StatusView['counts']
  readonly usersWithoutFactor: number
  /** Who are let in on the password alone; 0 where Company Settings refuse them. */
  readonly factorOffLetIn: number
  readonly sockets: readonly RadiusSocket[]
  readonly servers: StatusView['target']['servers']
  readonly forwarding: ForwardingStatus | null
  readonly logReceivers: readonly (Pick<LogReceiverState, 'waiting' | 'oldestAtMs'> & { readonly name: string })[]
  readonly reports: readonly Pick<SavedReportRecord, 'name' | 'run' | 'last'>[]
  readonly now: Date
}

export function worthDoing(situation: Situation): StatusView['worthDoing'] {
  return [...whatFails(situation), ...whatIsMissing(situation), ...whatIsUnsafe(situation)]
}

const forwardedWithinMs = 10 * 60_000

function* whatFails({
  sockets,
  servers,
  forwarding,
  logReceivers,
  reports,
  now,
}: Situation): Generator<StatusView['worthDoing'][number]> {
  const said = new Set<number>()
  for (const { state, port, problem } of sockets) {
    if (state !== 'failed' || said.has(port)) continue
    said.add(port)
    yield { kind: 'socket-failed', port, problem: problem ?? 'The port could not be opened.' }
  }
  for (const { state, server } of servers) if (state === 'down') yield { kind: 'target-down', server }
  if (forwarding) yield* whatWaits(forwarding, now)
  for (const { name, waiting, oldestAtMs } of logReceivers) {
    if (oldestAtMs === null || now.getTime() - oldestAtMs < forwardedWithinMs) continue
    yield { kind: 'log-receiver-behind', name, count: waiting, since: new Date(oldestAtMs).toISOString() }
  }
  for (const { name, run, last } of reports) {
    const problem = run?.problem ?? (last === null || last.outcome === 'sent' ? null : last.problem)
    if (problem !== null) yield { kind: 'report-unsent', name, problem }
  }
}

function* whatWaits(forwarding: ForwardingStatus, now: Date): Generator<StatusView['worthDoing'][number]> {
  const { rows: count, limit, oldestAtMs, servers } = forwarding
  if (count >= limit) yield { kind: 'accounting-outbox-full', count }
  if (count > 0 && servers.length === 0) yield { kind: 'accounting-untaken', count }
  else if (count > 0 && oldestAtMs !== null && now.getTime() - oldestAtMs >= forwardedWithinMs) {
    yield { kind: 'accounting-waits', count, since: new Date(oldestAtMs).toISOString() }
  }
}

function* whatIsMissing(situation: Situation): Generator<StatusView['worthDoing'][number]> {
  const { settings, target, ldap, counts, usersWithoutFactor } = situation
  if (!ldap.configured && (target.kind === 'none' || target.kind === 'ldap')) yield { kind: 'configure-ldap' }
  if (target.kind === 'none') yield { kind: 'choose-target' }
  if (counts.clients === 0) yield { kind: 'add-client' }
  if (counts.users === 0) yield { kind: 'add-user' }
  if (usersWithoutFactor > 0) yield { kind: 'users-without-factor', count: usersWithoutFactor }
  if (!settings.enabled) yield { kind: 'enable-radius' }
}

function* whatIsUnsafe({
  factorOffLetIn,
  clients,
  ldap,
  target,
  listenerCertificates,
  radsecCertificates,
}: Situation): Generator<StatusView['worthDoing'][number]> {
  for (const each of listenerCertificates) yield { kind: 'listener-certificate', ...each }
  for (const certificate of radsecCertificates) {
    const { subject, state } = certificate
    if (state !== 'good') yield { kind: 'radsec-certificate', subject, state }
  }
  if (factorOffLetIn > 0) yield { kind: 'factor-off-let-in', count: factorOffLetIn }
  if (target.kind === 'ldap' && ldap.configured && ldap.tls === 'none') yield { kind: 'ldap-without-tls' }
  for (const { id, applicationName, address, enabled, ...client } of clients) {
    // Only of a client that was heard can it be said that it sends none (CVE-2024-3596).
    const unprotected = client.lastSeenAt !== null && client.messageAuthenticatorSeenAt === null
    if (!enabled || !unprotected || client.messageAuthenticator === 'require') continue
    yield { kind: 'client-without-message-authenticator', clientId: id, name: applicationName || address }
  }
}
