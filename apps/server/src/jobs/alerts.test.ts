import { alertDefaults, type AlertKind } from '@sallyport/contract'
import { afterEach, expect, test } from 'vitest'
import type { LogReceiverState } from '../bus/log-forwarding-control.ts'
import type { Delivered, MailJob } from '../bus/delivery-jobs.ts'
import { startConsole } from '../http/test/console.ts'
import { alertMail } from './alert-mail-text.ts'
import { startAlertMails } from './alert-mails.ts'
import { createWatch } from './watch-alerts.ts'
import { whatToWatch, type WatchedServer } from './what-to-watch.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})
const actor = { id: null, name: 'test', address: null }
const gib = 1024 ** 3

async function site(settings: { recipients?: string[]; kinds?: AlertKind[] } = {}) {
  const console = await startConsole()
  closers.push(() => console.close())
  const { store } = console
  await store.alerts.change({ ...alertDefaults, recipients: ['ops@example.com'], ...settings, version: 1 }, actor)
  const now: { brokenAt: number | null; free: number; receivers: LogReceiverState[] } = {
    ...{ brokenAt: null, free: 100 * gib, receivers: [] },
  }
  const server: WatchedServer = {
    ...{ store, dataDir: console.dataDir, certificates: () => [], clock: console.now },
    engine: {
      status: () =>
        console.engine.silent ? Promise.reject(new Error('silent')) : Promise.resolve(console.engine.status),
    },
    logForwarding: { states: () => now.receivers, auditCheck: () => ({ checkedAtMs: 0, brokenAt: now.brokenAt }) },
    space: () => Promise.resolve({ free: now.free, total: 200 * gib }),
  }
  const watch = createWatch({
    ...whatToWatch(server),
    ...{ alerts: store.alerts, clock: console.now },
    onError: (error) => {
      throw error
    },
  })
  const target = (state: 'up' | 'down') => {
    const servers = [
      { server: 'ldap1:636', state, sinceMs: 0, problem: state === 'down' ? 'It does not answer.' : null },
    ]
    console.engine.status = { ...console.engine.status, targetServers: servers }
  }
  /** Two rounds, so that what stays counts. */
  const look = async () => {
    await watch.look()
    await watch.look()
  }
  const told = async () => {
    const rows = await store.alerts.list(50)
    return rows.map(({ kind, about, subject }) => [kind, about, subject].join(' ').trim()).toReversed()
  }
  return { ...console, store, now, target, look, watch, told }
}

test('a target that is down is told of once, and once when it is up again', async () => {
  const { target, look, told, pass } = await site()
  target('down')
  await look()
  pass(3_600_000)
  await look()
  expect(await told()).toEqual(['target-down began ldap1:636'])
  target('up')
  pass(1)
  await look()
  expect(await told()).toEqual(['target-down began ldap1:636', 'target-down ended ldap1:636'])
})

test('what is over before the next round, and an engine that says nothing, tell nobody anything', async () => {
  const { target, watch, look, told, engine } = await site()
  target('down')
  await watch.look()
  target('up')
  await watch.look()
  expect(await told()).toEqual([])
  target('down')
  await look()
  engine.silent = true
  await look()
  expect(await told()).toEqual(['target-down began ldap1:636'])
})

test('disk, audit trail and log receivers are told of, each as it is', async () => {
  const { store, now, look, told } = await site()
  const configuration = { transport: 'tcp', host: 'siem.test', port: 514, format: 'json', facility: 'auth' } as const
  const wants = { signIns: true, questions: false, changes: true, accounting: false }
  const made = await store.logReceivers.create({ name: 'SIEM', enabled: true, configuration, ...wants }, actor)
  if (!made.ok) throw new Error(made.problem)
  now.receivers = [
    {
      ...{ id: made.value.id, state: 'failing', sinceMs: 0, problem: 'Nothing listens.', waiting: 7, oldestAtMs: 1 },
      ...{ sent: 0, lost: 0, lastSentAtMs: null },
    },
  ]
  now.free = gib
  now.brokenAt = 12
  await look()
  expect(await told()).toHaveLength(3)
  const rows = await store.alerts.list(3)
  const details = Object.fromEntries(rows.map(({ kind, detail }) => [kind, detail]))
  expect(details).toEqual({
    'log-receiver-behind': '7 events wait. Nothing listens.',
    'disk-nearly-full': expect.stringMatching(/^1\.0 GiB are free/) as string,
    'audit-broken': 'Entry 12 does not follow the one before it.',
  })
})

test('kinds that are switched off are not looked for, and what was open of them ends unsaid', async () => {
  const { store, now, look, told } = await site()
  now.free = gib
  await look()
  await store.alerts.change({ recipients: [], kinds: ['target-down'], version: 2 }, actor)
  now.brokenAt = 1
  await look()
  expect(await told()).toEqual(['disk-nearly-full began'])
  expect(await store.alerts.open()).toEqual([])
})

test('every address is told of each once, in the company’s language, when a gateway takes it', async () => {
  const { store, now, look } = await site({ recipients: ['a@example.com', 'b@example.com'] })
  now.free = gib
  await look()
  const mails: MailJob[] = []
  let works = false
  const mail = (job: MailJob): Promise<Delivered> => {
    if (!works) {
      return Promise.resolve({
        kind: 'failed',
        retryable: true,
        problems: [{ gateway: 'Mail', problem: 'It is down.' }],
      })
    }
    mails.push(job)
    return Promise.resolve({ kind: 'sent', gateway: 'Mail', reference: '1' })
  }
  const onError = (error: unknown) => {
    throw error
  }
  const job = startAlertMails({ store, mail, hasGateway: () => true, onError, everyMs: 5, firstPauseMs: 5 })
  closers.push(() => job.close())
  await expect.poll(async () => (await store.alerts.list(1))[0]?.problem).toBe('Mail: It is down.')
  works = true
  await expect.poll(async () => (await store.alerts.list(1))[0]?.notifiedAt).not.toBeNull()
  expect(mails.map(({ to, subject }) => `${to} ${subject}`)).toEqual([
    'a@example.com Sallyport: The disk of the server is nearly full',
    'b@example.com Sallyport: The disk of the server is nearly full',
  ])
})

test('a mail says what, when and where to look, and lets no name begin a line', () => {
  const facts = { about: 'began', at: new Date('2026-11-23T10:00:00Z'), detail: 'x\nBcc: y' } as const
  const { subject, text } = alertMail({ ...facts, kind: 'target-down', subject: 'ldap1\r\nBcc: z' }, 'en')
  expect(subject).toBe('Sallyport: ldap1 Bcc: z does not answer: people may not get in')
  expect(text).toContain('x Bcc: y\n\nWhen: November 23, 2026')
  expect(alertMail({ ...facts, about: 'ended', kind: 'target-down', subject: 'ldap1' }, 'de').subject).toBe(
    'Sallyport: Vorbei: ldap1 antwortet nicht: Anmeldungen können scheitern',
  )
})
