import { randomUUID } from 'node:crypto'
import { companyDefaults } from '@sallyport/contract'
import { openJournal, openMover } from '@sallyport/store/engine'
import { afterEach, expect, test } from 'vitest'
import { createDelivery } from '../delivery/create-delivery.ts'
import { startConsole } from '../http/test/console.ts'
import { fraudMail } from './fraud-mail-text.ts'
import { startFraudMails } from './fraud-mails.ts'
import { startMailServer } from './test/mail-server.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

async function site(notify: readonly string[]) {
  const console = await startConsole()
  closers.push(() => console.close())
  const room = createDelivery({ onNews: () => undefined, judgeKeys: () => Promise.resolve('refused'), clock: Date.now })
  closers.push(() => room.close())
  const fraud = { ...companyDefaults.fraud, notify: [...notify] }
  await console.store.company.change({ ...companyDefaults, language: 'de', fraud, version: 1 }, actor)
  const start = () => {
    const job = startFraudMails({
      ...{ store: console.store, mail: (mail) => room.mail(mail), everyMs: 5, firstPauseMs: 10 },
      hasGateway: () => room.health().length > 0,
      onError: (error) => {
        throw error
      },
    })
    closers.push(() => job.close())
    return job
  }
  const report = (username: string) => {
    const journal = openJournal({ dataDir: console.dataDir })
    const facts = { userId: randomUUID(), username, signInId: 's-1', via: 'app', applicationName: 'VPN <b>' } as const
    const where = { callingStation: '192.0.2.7', blockId: null, id: randomUUID(), atMs: console.now().getTime() }
    journal.append([{ kind: 'fraud-reported', report: { ...facts, ...where } }])
    journal.close()
    const mover = openMover({ dataDir: console.dataDir })
    mover.move(100)
    mover.close()
  }
  const through = (port: number) =>
    room.apply([
      {
        ...{ id: 'mail', name: 'Mail', enabled: true },
        configuration: {
          ...{ type: 'smtp', host: '127.0.0.1', port, security: 'none', caPem: null, username: '' },
          ...{ from: 'mfa@example.com', fromName: '', timeoutSeconds: 2 },
        },
      },
    ])
  const shown = async () => {
    const cookie = await console.signInAs('auditor')
    return (await console.call('GET', '/api/company', { cookie })).body['fraudMail']
  }
  return { start, report, through, shown }
}
const actor = { id: null, name: 'test', address: null }

test('every address is told of each report once, in the company’s language, also over a restart', async () => {
  const server = await startMailServer(new Map())
  closers.push(() => server.close())
  const { start, report, through, shown } = await site(['a@example.com', 'b@example.com'])
  through(server.port)
  report('ann')
  const first = start()
  await expect.poll(() => server.mails.length).toBe(2)
  expect(server.mails.map(({ to }) => to)).toEqual(['a@example.com', 'b@example.com'])
  expect(server.mails[0]?.text).toContain('Betrug gemeldet von ann')
  await first.close()
  report('bert')
  start()
  await expect.poll(shown).toMatchObject({ waiting: 0, problem: null, lastSentAt: expect.any(String) as unknown })
  expect(server.mails).toHaveLength(4)
  expect(server.mails.slice(2).every(({ text }) => text.includes('bert'))).toBe(true)
})

test('what no gateway takes is tried again until one does; who has been told already is not told again', async () => {
  const refusing = new Map<string, number>()
  const server = await startMailServer(refusing)
  closers.push(() => server.close())
  const { start, report, through, shown } = await site(['a@example.com', 'b@example.com'])
  report('ann')
  start()
  await expect.poll(shown).toMatchObject({ waiting: 1, problem: 'No mail gateway is enabled.', lastSentAt: null })
  // Nobody listens there.
  through(9)
  await expect.poll(shown).toMatchObject({ waiting: 1, problem: expect.stringMatching(/^Mail: /) as unknown })
  refusing.set('a@example.com', 550)
  through(server.port)
  await expect.poll(shown).toMatchObject({ waiting: 0, problem: expect.stringMatching(/^Mail: /) as unknown })
  expect(server.mails.map(({ to }) => to)).toEqual(['b@example.com'])
})

test('names are neither markup nor lines of their own', () => {
  const { subject, text, html } = fraudMail(
    {
      ...{ id: '1', at: new Date(0), user: { id: '2', username: 'ann\r\nBcc: x@example.com', exists: true } },
      ...{ signInId: '3', via: 'call', applicationName: '<img src=x onerror=alert(1)> & "VPN"', callingStation: null },
      ...{ blocked: true, handledAt: null, handledBy: null, note: '', notifiedAt: null, toldTo: [] },
    },
    'en-GB',
  )
  expect(subject).toBe('Fraud reported by ann Bcc: x@example.com')
  expect(text).toContain('Application: <img src=x onerror=alert(1)> & "VPN"\n')
  expect(text).toContain('blocked until an administrator')
  expect(html).not.toMatch(/<img|<b>/)
  expect(html).toContain('&#60;img src=x onerror=alert(1)&#62; &#38; &#34;VPN&#34;')
})
