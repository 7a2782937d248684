/** Status: is it working, for whom not, and what needs somebody. */
import type { api, CertificateView } from '@sallyport/contract'
import type { RadsecSettings, Store } from '@sallyport/store'
import type { ListenerControls } from '../../bus/listener-control.ts'
import type { LogForwardingControl } from '../../bus/log-forwarding-control.ts'
import type { EngineControl } from '../../bus/notices.ts'
import { certificateView, readCertificates } from '../../certificates/certificates.ts'
import { silentSockets, statusOf } from '../engine-view.ts'
import type { Handlers } from '../handlers.ts'
import { lastHour, radiusState, reasons, startOfHour } from '../status/figures.ts'
import { listenerStates } from '../status/listener-states.ts'
import { worthDoing } from '../status/worth-doing.ts'

export interface StatusRouteDependencies {
  readonly store: Pick<
    Store,
    | 'company'
    | 'people'
    | 'settings'
    | 'logReceivers'
    | 'radiusClients'
    | 'users'
    | 'savedReports'
    | 'signIns'
    | 'counts'
  >
  readonly engine: EngineControl
  readonly logForwarding: Pick<LogForwardingControl, 'states'>
  readonly listeners: ListenerControls
  readonly clock: () => Date
  readonly startedAt: Date
  readonly version: string
}

export function statusHandlers(dependencies: StatusRouteDependencies): Handlers<typeof api.status> {
  const { store, engine, logForwarding, listeners, clock, startedAt, version } = dependencies
  return {
    async read() {
      const now = clock()
      const [settings, radsec, target, ldap, clients, counts, usersWithoutFactor, minutes, status] = await Promise.all([
        store.settings.radius(),
        store.settings.radsec(),
        store.settings.target(),
        store.settings.ldap(),
        store.radiusClients.list(),
        store.counts(),
        store.users.withoutFactor(),
        store.signIns.minutes(startOfHour(now)),
        statusOf(engine),
      ])
      const receivers = await store.logReceivers.list()
      const { whenFactorOff } = await store.company.settings()
      const factorOffLetIn = whenFactorOff === 'refuse' ? 0 : await store.people.factorOff()
      const sockets = [...(status?.sockets ?? silentSockets(settings))]
      const servers = (status?.targetServers ?? []).map(({ server, state, sinceMs, problem }) => ({
        server,
        state,
        since: sinceMs === null ? null : new Date(sinceMs).toISOString(),
        problem,
      }))
      return {
        now: now.toISOString(),
        startedAt: startedAt.toISOString(),
        version,
        radius: {
          enabled: settings.enabled,
          state: radiusState(settings.enabled, sockets),
          sockets,
          // An engine that does not answer is said by its sockets; of the log nothing is known then.
          logWritable: status?.logWritable ?? true,
          inFlight: status?.inFlight ?? 0,
          openChallenges: status?.openChallenges ?? 0,
        },
        target: { kind: target.kind, servers },
        lastHour: lastHour(now, minutes),
        reasons: reasons(minutes),
        drops: Object.entries(status?.drops ?? {})
          .map(([name, count]) => ({ name, count }))
          .filter(({ count }) => count > 0)
          .sort((one, other) => other.count - one.count),
        counts,
        worthDoing: worthDoing({
          listenerCertificates: listenerStates(listeners, now),
          radsecCertificates: shown(radsec, now),
          settings,
          target,
          ldap,
          clients,
          counts,
          usersWithoutFactor,
          factorOffLetIn,
          sockets,
          servers,
          forwarding: status?.forwarding ?? null,
          logReceivers: logForwarding.states().map((state) => ({
            ...state,
            name: receivers.find(({ id }) => id === state.id)?.name ?? '',
          })),
          reports: await store.savedReports.list(),
          now,
        }),
      }
    },
  }
}

/** The certificates that RadSec depends on, where it is on. */
function shown({ enabled, certificatePem, caPem }: RadsecSettings, now: Date): readonly CertificateView[] {
  if (!enabled) return []
  const own = (readCertificates(certificatePem) ?? []).slice(0, 1)
  return [...own, ...(readCertificates(caPem) ?? [])].map((each) => certificateView(each, now))
}
