/** Saved reports by mail, to a real SMTP server on loopback. */
import { once } from 'node:events'
import { readdir, stat } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { CreateSavedReportInput, ReportSchedule } from '@sallyport/contract'
import { SMTPServer } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import type { ReportAsked } from '../../bus/saved-report-control.ts'
import { createDelivery } from '../../delivery/create-delivery.ts'
import { startConsole } from '../../http/test/console.ts'
import { createSavedReports } from './create-saved-reports.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

const schedule: ReportSchedule = {
  ...{ every: 'day', weekday: 1, monthDay: 1, time: '07:30', zone: 'Europe/Berlin' },
  ...{ recipients: ['a@example.com', 'b@example.com'], format: 'csv', language: 'en' },
}
const report: CreateSavedReportInput = {
  ...{ name: 'Refused', period: '24h', from: null, to: null },
  content: { report: 'sign-ins', filters: { result: 'rejected', username: '1234' } },
}

async function site(largestOctets = 1000) {
  const mails: { readonly to: string; readonly text: string; readonly files: readonly number[] }[] = []
  const server = { refuses: new Set<string>(), isDown: false }
  const smtp = new SMTPServer({
    ...{ authOptional: true, hideSTARTTLS: true },
    onMailFrom: (_, __, done) =>
      done(server.isDown ? Object.assign(new Error('Come back later'), { responseCode: 451 }) : null),
    onRcptTo: ({ address }, _, done) =>
      done(server.refuses.has(address) ? Object.assign(new Error('No such user'), { responseCode: 550 }) : null),
    onData(stream, { envelope }, done) {
      let text = ''
      stream.setEncoding('utf8')
      stream.on('data', (chunk: string) => (text += chunk))
      stream.on('end', () => {
        modes().then(
          (files) => {
            mails.push({ to: envelope.rcptTo.map(({ address }) => address).join(), text, files })
            done(null)
          },
          () => done(new Error('no folder')),
        )
      })
    },
  })
  smtp.on('error', () => undefined)
  smtp.listen(0, '127.0.0.1')
  await once(smtp.server, 'listening')
  closers.push(() => new Promise<void>((resolve) => smtp.close(resolve)))

  const console = await startConsole()
  closers.push(() => console.close())
  const folder = join(console.dataDir, 'report-mails')
  const modes = async () =>
    Promise.all((await readdir(folder)).map(async (file) => (await stat(join(folder, file))).mode & 0o777))
  const room = createDelivery({ onNews: () => undefined, judgeKeys: () => Promise.resolve('refused'), clock: Date.now })
  closers.push(() => room.close())
  const gateway = (enabled: boolean) =>
    room.apply([
      {
        ...{ id: 'mail', name: 'Mail', enabled },
        configuration: {
          ...{ type: 'smtp', host: '127.0.0.1', port: (smtp.server.address() as AddressInfo).port, security: 'none' },
          ...{ caPem: null, username: '', from: 'vpn@example.com', fromName: 'VPN', timeoutSeconds: 5 },
        },
      },
    ])
  gateway(true)
  const asked: ReportAsked[] = []
  const problems: string[] = []
  const content = { lines: ['Time,User\r\n', '1,"a\nb"\r\n', "2,'=1+1\r\n"] }
  const start = (mail = room.mail.bind(room)) => {
    const job = createSavedReports({
      ...{ store: console.store, dataDir: console.dataDir, clock: console.now, mail, largestOctets },
      ...{ hasGateway: () => room.health().length > 0, consoleOrigin: 'https://mfa.example.com' },
      files: {
        open: (what) => {
          asked.push(what)
          return Promise.resolve(pieces(content.lines))
        },
        totals: () => Promise.resolve({ accepted: 1200, rejected: 3, unanswered: 0 }),
      },
      onProblem: (error) => problems.push(String(error)),
    })
    closers.push(() => job.close())
    return job
  }
  const job = start()
  await console.signInAs('administrator')
  const [owner] = await console.store.administrators.list()
  if (owner === undefined) throw new Error('nobody')
  const scheduledBy = { id: owner.id, name: owner.username }
  const made = await console.store.savedReports.create(report, actor)
  if (!made.ok) throw new Error(made.problem)
  const { id } = made.value
  await console.store.savedReports.changeSchedule(
    id,
    { schedule, scheduledBy, nextAt: job.nextAt(schedule), version: 1 },
    actor,
  )
  const saved = async () => {
    const found = await console.store.savedReports.byId(id)
    if (found === null) throw new Error('gone')
    return found
  }
  return {
    ...console,
    problems,
    id,
    owner,
    job,
    start,
    saved,
    mails,
    server,
    asked,
    content,
    gateway,
    room,
    files: () => readdir(folder),
  }
}

async function* pieces(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield await Promise.resolve(line)
}

const actor = { id: null, name: 'test', address: null }
const hourMs = 3_600_000
/** What a mail says: the text part, as base64 or quoted-printable had it. */
const plain = (text: string) =>
  text
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))

test('is sent when its time comes, to each once, about the day before, with the file and a link to that very day', async () => {
  const { job, pass, mails, saved, asked, files } = await site()
  await job.tick()
  expect(mails).toEqual([])
  pass(21 * hourMs)
  await job.tick()
  await job.tick()
  expect(mails.map(({ to }) => to)).toEqual(['a@example.com', 'b@example.com'])
  expect(asked[0]).toMatchObject({
    from: new Date('2026-11-22T23:00:00.000Z'),
    to: new Date('2026-11-23T23:00:00.000Z'),
  })
  const text = plain(mails[0]?.text ?? '')
  expect(text).toMatch(/^Subject: Sallyport: Refused\r?$/m)
  expect(text).toContain('Rows: 2')
  expect(text).toContain('Sign-ins: 1,200 accepted, 3 rejected, 0 not answered')
  expect(text).toContain('filename=sallyport-sign-ins-2026-11-24.csv')
  expect(text).toContain(Buffer.from('Time,User\r\n1,"a\nb"\r\n').toString('base64').slice(0, 20))
  expect(text).toContain('https://mfa.example.com/reports/sign-ins?username=%221234%22&result=rejected')
  expect(text).toContain('from=2026-11-22T23%3A00%3A00.000Z&to=2026-11-23T22%3A59%3A59.999Z')
  expect(mails[0]?.files).toEqual([0o600])
  expect(await files()).toEqual([])
  expect(await saved()).toMatchObject({
    run: null,
    last: { outcome: 'sent', rows: 2, attached: true, missed: 0 },
    nextAt: new Date('2026-11-25T06:30:00.000Z'),
  })
})

test('what is too large is not attached, and the mail says how much there was and where', async () => {
  const { job, pass, mails, saved, content } = await site(20)
  content.lines = ['Time,User\r\n', ...Array.from({ length: 50 }, (_, index) => `${index},ada\r\n`)]
  pass(21 * hourMs)
  await job.tick()
  const text = plain(mails[0]?.text ?? '')
  expect(text).toContain('Rows: 50')
  expect(text).toContain('is not attached. Export it here:')
  expect(text).not.toContain('filename=')
  expect(mails[0]?.files).toEqual([])
  expect((await saved()).last).toMatchObject({ outcome: 'sent', rows: 50, attached: false })
})

test('a gateway that is down is tried again later, so many times, and then it is said', async () => {
  const { job, pass, mails, saved, server } = await site()
  server.isDown = true
  pass(21 * hourMs)
  await job.tick()
  expect((await saved()).run).toMatchObject({ attempts: 1, problem: expect.stringContaining('451') as string })
  await job.tick()
  expect((await saved()).run?.attempts).toBe(1)
  server.isDown = false
  pass(61_000)
  await job.tick()
  expect(mails).toHaveLength(2)
  expect((await saved()).last).toMatchObject({ outcome: 'sent', problem: null })
  server.isDown = true
  pass(24 * hourMs)
  for (let look = 0; look < 7; look += 1) {
    await job.tick()
    pass(61 * 60_000)
  }
  expect(await saved()).toMatchObject({ run: null, last: { outcome: 'failed' } })
  expect(mails).toHaveLength(2)
})

test('an address that is refused for good holds up nobody, and is named', async () => {
  const { job, pass, mails, saved, server } = await site()
  server.refuses.add('a@example.com')
  pass(21 * hourMs)
  await job.tick()
  expect(mails.map(({ to }) => to)).toEqual(['b@example.com'])
  const { last, run } = await saved()
  expect(run).toBeNull()
  expect(last).toMatchObject({ outcome: 'failed', problem: expect.stringContaining('a@example.com') as string })
})

test('a server that ends in the middle goes on with those who have none yet', async () => {
  const { job, pass, mails, start, room, saved, problems } = await site()
  pass(21 * hourMs)
  await job.close()
  const dying = start(async (mail) => {
    if (mail.to === 'b@example.com') throw new Error('the process ended here')
    return room.mail(mail)
  })
  await dying.tick()
  expect(problems).toEqual(['Error: the process ended here'])
  expect((await saved()).run?.sentTo).toEqual(['a@example.com'])
  const again = start()
  await again.tick()
  expect(mails.map(({ to }) => to)).toEqual(['a@example.com', 'b@example.com'])
})

test('times that passed while the server was down are one mail, which says so', async () => {
  const { job, pass, mails, saved } = await site()
  pass(21 * hourMs + 3 * 24 * hourMs)
  await job.tick()
  await job.tick()
  expect(mails).toHaveLength(2)
  expect(plain(mails[0]?.text ?? '')).toContain('3 earlier reports were not sent')
  expect((await saved()).last).toMatchObject({ outcome: 'sent', missed: 3 })
})

test('a clock that is put back sends nothing twice, and goes on', async () => {
  const { job, pass, mails, saved } = await site()
  pass(21 * hourMs)
  await job.tick()
  pass(-2 * hourMs)
  await job.tick()
  pass(hourMs)
  await job.tick()
  expect(mails).toHaveLength(2)
  expect((await saved()).nextAt).toEqual(new Date('2026-11-25T06:30:00.000Z'))
  pass(-30 * 24 * hourMs)
  await job.tick()
  expect((await saved()).nextAt).toEqual(new Date('2026-10-25T06:30:00.000Z'))
})

test('who is an administrator no more has their schedules stopped, in words', async () => {
  const { job, pass, mails, saved, owner, store, signInAs } = await site()
  await signInAs('administrator')
  await store.administrators.change(owner.id, { role: 'administrator', enabled: false, version: owner.version }, actor)
  pass(21 * hourMs)
  await job.tick()
  expect(mails).toEqual([])
  expect(await saved()).toMatchObject({
    ...{ nextAt: null, run: null },
    last: { outcome: 'stopped', problem: expect.stringContaining(owner.username) as string },
  })
})

test('is sent at once where somebody asks, which the trail has', async () => {
  const { job, id, mails, saved, store, gateway } = await site()
  gateway(false)
  await job.send(id, actor)
  await job.tick()
  expect((await saved()).run?.problem).toBe('No mail gateway is enabled.')
  gateway(true)
  await job.send(id, actor)
  await job.tick()
  expect(mails.map(({ to }) => to)).toEqual(['a@example.com', 'b@example.com'])
  const { rows } = await store.audit.list({ limit: 5 })
  expect(rows.filter(({ action }) => action === 'sent')).toHaveLength(1)
})
