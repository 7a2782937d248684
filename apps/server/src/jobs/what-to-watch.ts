/** What alerts look at: the target, log receivers, the disk, certificates, the audit trail, lock-outs, and who gets in on the password alone. */
import { statfs } from 'node:fs/promises'
import type { Store } from '@sallyport/store'
import type { LogForwardingControl } from '../bus/log-forwarding-control.ts'
import type { EngineControl } from '../bus/notices.ts'
import { certificateView, readCertificates } from '../certificates/certificates.ts'
import type { WatchOptions } from './watch-alerts.ts'

export interface WatchedServer {
  readonly store: Pick<Store, 'alerts' | 'company' | 'logReceivers' | 'settings' | 'signIns'>
  readonly engine: Pick<EngineControl, 'status'>
  readonly logForwarding: Pick<LogForwardingControl, 'states' | 'auditCheck'>
  readonly dataDir: string
  /** What console and portal show, PEM. */
  readonly certificates: () => readonly string[]
  readonly clock: () => Date
  /** Octets on the data folder's disk; the system's own word unless told. */
  readonly space?: (path: string) => Promise<{ readonly free: number; readonly total: number }>
}

const hourMs = 3_600_000
const quarterMs = 900_000
const behindMs = 10 * 60_000
const gib = 1024 ** 3

export function whatToWatch(server: WatchedServer): Pick<WatchOptions, 'looks' | 'counts'> {
  const { store, engine, logForwarding, dataDir, clock, space = spaceOf } = server
  return {
    looks: {
      async 'target-down'() {
        const status = await engine.status().catch(() => null)
        const down = status?.targetServers.filter(({ state }) => state === 'down')
        return down?.map(({ server: subject, problem }) => ({ subject, detail: problem ?? '' })) ?? null
      },
      async 'log-receiver-behind'() {
        const receivers = await store.logReceivers.list()
        return logForwarding.states().flatMap(({ id, waiting, oldestAtMs, problem }) => {
          const name = receivers.find((each) => each.id === id)?.name
          const isBehind = oldestAtMs !== null && clock().getTime() - oldestAtMs >= behindMs
          if (name === undefined || !isBehind) return []
          return [{ subject: name, detail: `${waiting} events wait. ${problem ?? ''}`.trim() }]
        })
      },
      async 'disk-nearly-full'() {
        const { free, total } = await space(dataDir)
        const isFull = free < 2 * gib || (free < total / 20 && free < 20 * gib)
        return isFull ? [{ subject: '', detail: `${(free / gib).toFixed(1)} GiB are free in ${dataDir}.` }] : []
      },
      async 'certificate-expiring'() {
        const { enabled, certificatePem, caPem } = await store.settings.radsec()
        const radsec = enabled ? [certificatePem, caPem] : []
        return [...server.certificates(), ...radsec].flatMap((pem) => {
          // The server's own, or an authority: those between go with it.
          const [first] = readCertificates(pem) ?? []
          const view = first && certificateView(first, clock())
          if (view === undefined || view.state === 'good') return []
          return [
            {
              subject: view.subject,
              detail: `${view.state === 'expired' ? 'Expired' : 'Expires'}: ${view.expiresAt}.`,
            },
          ]
        })
      },
      'audit-broken'() {
        const check = logForwarding.auditCheck()
        if (check === null) return Promise.resolve(null)
        if (check.brokenAt === null) return Promise.resolve([])
        return Promise.resolve([{ subject: '', detail: `Entry ${check.brokenAt} does not follow the one before it.` }])
      },
    },
    counts: {
      'lock-outs': {
        everyMs: hourMs,
        async since(last) {
          // Locked since then: a lock ends so long after it began.
          const { lockout } = await store.company.settings()
          const newerThan = last === null ? 0 : last.getTime() + lockout.forMinutes * 60_000
          const { count, names } = await store.alerts.lockedUntilAfter(new Date(Math.max(clock().getTime(), newerThan)))
          return count === 0 ? null : `${count}: ${names.join(', ')}${count > names.length ? ' …' : ''}`
        },
      },
      'password-alone': {
        everyMs: 24 * hourMs,
        async since(last) {
          const quarter = (ms: number) => new Date(ms - (ms % quarterMs))
          const now = clock().getTime()
          const from = quarter(last?.getTime() ?? now - 24 * hourMs)
          const counted = await store.signIns.counts(from, quarter(now))
          const count = counted
            .filter(({ reason }) => reason === 'password-only-factor-off' || reason === 'password-only-unmatched-user')
            .reduce((sum, each) => sum + each.count, 0)
          return count === 0
            ? null
            : `${count} (UTC ${from.toISOString().slice(0, 16)}–${quarter(now).toISOString().slice(0, 16)})`
        },
      },
    },
  }
}

async function spaceOf(path: string): Promise<{ readonly free: number; readonly total: number }> {
  const { bavail, blocks, bsize } = await statfs(path)
  return { free: bavail * bsize, total: blocks * bsize }
}
