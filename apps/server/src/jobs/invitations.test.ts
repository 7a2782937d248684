import { createHash, randomBytes } from 'node:crypto'
import { companyDefaults } from '@sallyport/contract'
import { afterEach, expect, test } from 'vitest'
import { createDelivery } from '../delivery/create-delivery.ts'
import { startConsole } from '../http/test/console.ts'
import { invitationMail } from './invitation-mail-text.ts'
import { startInvitations } from './invitations.ts'
import { startMailServer } from './test/mail-server.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})
const actor = { id: null, name: 'alice', address: null }
const hour = 3600_000

async function site(refuses: ReadonlyMap<string, number> = new Map()) {
  const console = await startConsole()
  closers.push(() => console.close())
  const server = await startMailServer(refuses)
  closers.push(() => server.close())
  const room = createDelivery({ onNews: () => undefined, judgeKeys: () => Promise.resolve('refused'), clock: Date.now })
  closers.push(() => room.close())
  const { store } = console
  const start = (paceMs = 1) => {
    const job = startInvitations({
      ...{ store, mail: (mail) => room.mail(mail), everyMs: 5, paceMs },
      ...{ random: randomBytes, portalUrl: () => 'https://mfa.example.com' },
      hasGateway: () => room.health().length > 0,
      onError: (error) => {
        throw error
      },
    })
    closers.push(() => job.close())
    return job
  }
  const through = (port = server.port) =>
    room.apply([
      {
        ...{ id: 'mail', name: 'Mail', enabled: true },
        configuration: {
          ...{ type: 'smtp', host: '127.0.0.1', port, security: 'none', caPem: null, username: '' },
          ...{ from: 'mfa@example.com', fromName: '', timeoutSeconds: 2 },
        },
      },
    ])
  const add = async (username: string, more: { readonly email?: string; readonly enabled?: boolean } = {}) => {
    const names = { username, firstName: '', lastName: '', description: '' }
    const user = { ...names, email: `${username}@example.com`, enabled: true, ...more }
    const made = await store.users.create(user, actor)
    if (!made.ok) throw new Error(made.problem)
    return made.value.id
  }
  const state = async (id: string) => (await store.invitations.ofUser(id))?.invitation
  return { ...console, server, start, through, add, state }
}

/** Quoted-printable undone: what a mail program shows. */
function tokenIn(text: string | undefined): string {
  const readable = (text ?? '').replace(/=\r\n/g, '').replaceAll('=3D', '=')
  return /https:\/\/mfa\.example\.com\/enrol#([\w-]{43})/.exec(readable)?.[1] ?? ''
}
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

test('waits for a gateway, goes once also over a restart, and its link lets in once; the trail tells who invited', async () => {
  const { store, server, start, through, add, state, now } = await site()
  const id = await add('ann')
  expect(await store.invitations.invite(id, actor)).toBeNull()
  expect(await store.invitations.invite(id, actor)).toBe('under-way')
  const first = start()
  expect((await state(id))?.state).toBe('waiting')
  through()
  await expect.poll(() => state(id)).toMatchObject({ state: 'sent', address: 'ann@example.com', invitedBy: 'alice' })
  await first.close()
  const second = await add('bert')
  await store.invitations.invite(second, actor)
  start()
  await expect.poll(async () => (await state(second))?.state).toBe('sent')
  expect(server.mails.map(({ to }) => to)).toEqual(['ann@example.com', 'bert@example.com'])
  const token = tokenIn(server.mails[0]?.text)
  expect((await state(id))?.expiresAt).toEqual(new Date(now().getTime() + 72 * hour))
  expect(await store.enrolmentLinks.spend(hashOf(token), '192.0.2.1')).toMatchObject({ username: 'ann' })
  expect(await store.enrolmentLinks.spend(hashOf(token), '192.0.2.1')).toBeNull()
  expect((await state(id))?.state).toBe('used')
  const trail = JSON.stringify((await store.audit.list({ limit: 50 })).rows)
  expect(trail).toContain('"invited"')
  expect(trail).not.toContain(token)
})

test('an address that is refused for good ends it, with what the server said; one refused for now is tried later', async () => {
  const refuses = new Map([
    ['ann@example.com', 550],
    ['bert@example.com', 451],
  ])
  const { store, server, start, through, add, state, pass } = await site(refuses)
  const [ann, bert] = [await add('ann'), await add('bert')]
  for (const id of [ann, bert]) await store.invitations.invite(id, actor)
  through()
  start()
  await expect
    .poll(() => state(ann))
    .toMatchObject({ state: 'failed', problem: expect.stringMatching(/550/) as unknown })
  await expect
    .poll(() => state(bert))
    .toMatchObject({ state: 'waiting', problem: expect.stringMatching(/451/) as unknown })
  refuses.delete('bert@example.com')
  expect(server.mails).toEqual([])
  pass(60_000)
  await expect.poll(() => state(bert)).toMatchObject({ state: 'sent', problem: null })
  expect(server.mails.map(({ to }) => to)).toEqual(['bert@example.com'])
})

test('who is blocked, disabled or removed, or gets a newer link before its turn, gets no mail', async () => {
  const { store, server, start, through, add, state } = await site()
  const ids = await Promise.all(['ann', 'bert', 'carl', 'dora', 'emil'].map((name) => add(name)))
  const [ann = '', bert = '', carl = '', dora = '', emil = ''] = ids
  for (const id of ids) expect(await store.invitations.invite(id, actor)).toBeNull()
  await store.people.block(ann, { reason: 'lost', until: null }, actor)
  const bertNow = await store.users.byId(bert)
  if (bertNow === null) throw new Error('bert is there')
  await store.users.change(bert, { ...bertNow, enabled: false }, actor)
  await store.users.remove(carl, 1, actor)
  await store.enrolmentLinks.create({ tokenHash: 'hash', userId: dora, expiresAt: new Date('2027-01-01') }, actor)
  through()
  start()
  await expect.poll(async () => (await state(emil))?.state).toBe('sent')
  expect(server.mails.map(({ to }) => to)).toEqual(['emil@example.com'])
  expect(await state(ann)).toMatchObject({ state: 'withdrawn', problem: 'blocked' })
  expect(await state(bert)).toMatchObject({ state: 'withdrawn', problem: 'disabled' })
  expect(await state(carl)).toBeUndefined()
  expect(await state(dora)).toMatchObject({ state: 'withdrawn', problem: 'newer-link' })
})

test('what was being handed over when the server ended is in line again; nobody is asked a fourth time within a day', async () => {
  const { store, add, state, pass } = await site()
  const id = await add('ann')
  for (const round of [1, 2, 3]) {
    expect(await store.invitations.invite(id, actor)).toBeNull()
    expect(await store.invitations.claim(`hash-${String(round)}`)).toMatchObject({ address: 'ann@example.com' })
    await store.invitations.recover()
    expect(await store.invitations.claim(`again-${String(round)}`)).toMatchObject({ username: 'ann' })
    await store.invitations.note(`hash-${String(round)}`, { kind: 'failed', problem: 'of the first try' })
    expect((await state(id))?.state).toBe('waiting')
    await store.invitations.note(`again-${String(round)}`, { kind: 'sent' })
  }
  expect(await store.enrolmentLinks.spend('again-2', '192.0.2.1')).toBeNull()
  expect(await store.invitations.invite(id, actor)).toBe('too-many')
  pass(25 * hour)
  expect(await store.invitations.invite(id, actor)).toBeNull()
})

test('between two mails it pauses as long as it is told', async () => {
  const { store, server, start, through, add, state, pass } = await site()
  const ids = [await add('ann'), await add('bert')]
  for (const id of ids) {
    await store.invitations.invite(id, actor)
    pass(1)
  }
  through()
  // The second one would come in an hour.
  const job = start(hour)
  await expect.poll(async () => (await state(ids[0] ?? ''))?.state).toBe('sent')
  await job.close()
  expect(server.mails.map(({ to }) => to)).toEqual(['ann@example.com'])
  expect((await state(ids[1] ?? ''))?.state).toBe('waiting')
})

test('people are written to in their language, else in the company’s', async () => {
  const { store, server, start, through, add, pass } = await site()
  await store.company.change({ ...companyDefaults, language: 'de', version: 1 }, actor)
  await store.invitations.invite(await add('ann'), actor)
  pass(1)
  const bert = await add('bert')
  await store.ownFactors.setLanguage(bert, 'en', actor)
  await store.invitations.invite(bert, actor)
  through()
  start()
  await expect.poll(() => server.mails.length).toBe(2)
  expect(server.mails[0]?.text).toContain('Guten Tag ann')
  expect(server.mails[1]?.text).toContain('Hello bert')
})

test('a name is neither markup nor a line of its own, and the mail says what is never asked', () => {
  const facts = { link: 'https://mfa.example.com/enrol#token', expiresAt: new Date('2026-11-27T10:00:00Z') }
  const { subject, text, html } = invitationMail({ ...facts, username: 'ann\r\n<img src=x>' }, 'fr')
  expect(subject).not.toContain('ann')
  expect(text).toContain('Hello ann <img src=x>,\n')
  expect(text).toContain('November 27, 2026 at 10:00 AM UTC')
  expect(text).toContain('Nobody will ever ask you for your password')
  expect(html).not.toContain('<img')
  expect(html).toContain('<a href="https://mfa.example.com/enrol#token">')
})
