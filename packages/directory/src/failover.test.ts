/** Tests that sign-ins outlive servers that are killed, frozen or restarted, with two OpenLDAP servers. */
import { readdirSync, readFileSync } from 'node:fs'

import { createCertificates, startSlapd, type RunningSlapd, type TestCertificates } from '@sallyport/tooling/servers'
import { Client } from 'ldapts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'

import { configurationFor } from '../test/configuration.ts'
import { type BindOutcome } from './outcomes.ts'
import { createLdapTarget, type LdapTarget } from './target.ts'

let certificates: TestCertificates
let first: RunningSlapd
let second: RunningSlapd
let target: LdapTarget

beforeAll(async () => {
  certificates = await createCertificates()
})

beforeEach(async () => {
  ;[first, second] = await Promise.all([
    startSlapd({ certificates, ppolicy: true }),
    startSlapd({ certificates, ppolicy: true }),
  ])
})

afterEach(async () => {
  await target.close()
  await Promise.all([first.remove(), second.remove()])
})

afterAll(async () => {
  await certificates.remove()
})

const patient = { firstBackOffMs: 60_000, longestBackOffMs: 60_000 }
const eager = { firstBackOffMs: 50, longestBackOffMs: 200 }

/** How many wrong passwords the server has counted against alice. */
async function failuresOf(server: RunningSlapd, dn = server.userDn('alice')): Promise<number> {
  const client = new Client({ url: server.url })
  await client.bind(server.adminDn, server.adminPassword)
  const { searchEntries } = await client.search(dn, { scope: 'base', attributes: ['pwdFailureTime'] })
  await client.unbind()
  return [searchEntries[0]?.['pwdFailureTime'] ?? []].flat().length
}

/** Stops a server: until each of its threads stands still, it may answer. */
async function freeze({ pid }: RunningSlapd): Promise<void> {
  process.kill(pid, 'SIGSTOP')
  await vi.waitUntil(() => {
    const threads = readdirSync(`/proc/${pid}/task`)
    return threads.every((thread) => / T \d/.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1')))
  })
}

/** Signs alice in over and over with 16 at a time until told to stop. */
function keepSigningIn(): { outcomes: BindOutcome[]; stop: () => Promise<void> } {
  const outcomes: BindOutcome[] = []
  let isStopped = false
  const worker = async () => {
    while (!isStopped) outcomes.push(await target.authenticate('alice', 'alicepw'))
  }
  const workers = Array.from({ length: 16 }, worker)
  return {
    outcomes,
    stop: async () => {
      isStopped = true
      await Promise.all(workers)
    },
  }
}

test.each(['none', 'starttls', 'ldaps'] as const)(
  'a server killed under load (%s) costs no sign-in, and is used again once it is back',
  async (tls) => {
    const servers = [first, second].map((server) => ({ url: tls === 'ldaps' ? server.ldapsUrl : server.url }))
    const [firstUrl, secondUrl] = servers.map(({ url }) => url)
    target = createLdapTarget(configurationFor([first], { servers, tls, caPem: certificates.caPem }), eager)
    const load = keepSigningIn()
    const answeredBy = (url: string | undefined) =>
      load.outcomes.filter((outcome) => 'server' in outcome && outcome.server === url)
    await vi.waitUntil(() => answeredBy(firstUrl).length > 50)
    await first.stop('SIGKILL')
    await vi.waitUntil(() => answeredBy(secondUrl).length > 50)
    expect(target.health()).toMatchObject([{ state: 'down', problem: expect.any(String) as string }, { state: 'up' }])

    await first.restart()
    await vi.waitUntil(() => target.health()[0]?.state === 'up', { timeout: 5_000 })
    const before = answeredBy(firstUrl).length
    await vi.waitUntil(() => answeredBy(firstUrl).length > before + 50)
    await load.stop()
    expect(load.outcomes.filter(({ kind }) => kind !== 'ok')).toEqual([])
    expect(await failuresOf(first)).toBe(0)
    expect(await failuresOf(second)).toBe(0)
  },
)

test('a frozen server runs into the time limit, and the next one answers the same request', async () => {
  target = createLdapTarget(configurationFor([first, second], { operationTimeoutMs: 300 }), eager)
  expect(await target.authenticate('alice', 'alicepw')).toMatchObject({ kind: 'ok', server: first.url })
  await freeze(first)
  expect(await target.authenticate('alice', 'alicepw')).toMatchObject({ kind: 'ok', server: second.url })
  expect(target.health()[0]).toMatchObject({ state: 'down', problem: 'The server did not answer within 300 ms.' })
  // While it is known to be down, nobody waits for it.
  const startedAt = performance.now()
  expect(await target.authenticate('alice', 'alicepw')).toMatchObject({ kind: 'ok', server: second.url })
  expect(performance.now() - startedAt).toBeLessThan(200)
  process.kill(first.pid, 'SIGCONT')
  await vi.waitUntil(() => target.health()[0]?.state === 'up', { timeout: 5_000 })
  expect(await target.authenticate('alice', 'alicepw')).toMatchObject({ kind: 'ok', server: first.url })
})

test('a short deadline is shared, so that a frozen server leaves time for the next', async () => {
  target = createLdapTarget(configurationFor([first, second], { operationTimeoutMs: 5_000 }), patient)
  await freeze(first)
  const outcome = await target.authenticate('alice', 'alicepw', { deadlineMs: 1_000 })
  expect(outcome).toMatchObject({ kind: 'ok', server: second.url })
})

test('with every server frozen the end is a timeout inside the deadline', async () => {
  target = createLdapTarget(configurationFor([first, second]), patient)
  await freeze(first)
  await freeze(second)
  const startedAt = performance.now()
  const outcome = await target.authenticate('alice', 'alicepw', { deadlineMs: 400 })
  expect(outcome).toMatchObject({ kind: 'timeout', attempts: [{ server: first.url }, { server: second.url }] })
  expect(performance.now() - startedAt).toBeLessThan(800)
})

test('with every server dead the end is server-down, and the first to come back is used without waiting', async () => {
  target = createLdapTarget(configurationFor([first, second]), patient)
  await Promise.all([first.stop('SIGKILL'), second.stop('SIGKILL')])
  expect(await target.authenticate('alice', 'wrong')).toMatchObject({
    kind: 'server-down',
    attempts: [
      { server: first.url, problem: expect.stringContaining('Nothing listens') as string },
      { server: second.url, problem: expect.stringContaining('Nothing listens') as string },
    ],
  })
  await second.restart()
  expect(await target.authenticate('alice', 'alicepw')).toMatchObject({ kind: 'ok', server: second.url })
  expect(await failuresOf(second)).toBe(0)
})

test('a server that was restarted between two sign-ins is asked again at once', async () => {
  target = createLdapTarget(configurationFor([first]), patient)
  expect(await target.authenticate('alice', 'alicepw')).toMatchObject({ kind: 'ok' })
  await first.restart()
  expect(await target.authenticate('alice', 'alicepw')).toMatchObject({ kind: 'ok', server: first.url })
})

test('a wrong password counts once, at one server', async () => {
  target = createLdapTarget(configurationFor([first, second]), patient)
  const dn = first.userDn('alice')
  expect(await target.authenticate('alice', 'wrong', { knownDn: dn })).toMatchObject({ kind: 'wrong-password' })
  expect([await failuresOf(first), await failuresOf(second)]).toEqual([1, 0])
  expect(await target.authenticate('alice', 'wrong')).toMatchObject({ kind: 'wrong-password' })
  expect([await failuresOf(first), await failuresOf(second)]).toEqual([2, 0])
})

test('an empty password reaches no server', async () => {
  target = createLdapTarget(configurationFor([first]), patient)
  const outcome = await target.authenticate('alice', '', { knownDn: first.userDn('alice') })
  expect(outcome).toEqual({ kind: 'wrong-password', server: '', detail: 'The password is empty.' })
  expect(target.health()).toEqual([{ server: first.url, state: 'unknown' }])
})

test('a wrong password of the query account is sent once, however many sign-ins wait for it', async () => {
  const queryBind = { kind: 'simple', dn: first.bindDn, password: 'outdated' } as const
  target = createLdapTarget(configurationFor([first], { queryBind }), patient)
  const outcomes = await Promise.all(Array.from({ length: 200 }, () => target.authenticate('alice', 'alicepw')))
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['query-bind-refused']))
  expect(await target.authenticate('alice', 'alicepw')).toMatchObject({
    kind: 'query-bind-refused',
    attempts: [{ server: first.url, problem: 'The server refused the query account: its DN or password is wrong.' }],
  })
  expect(await failuresOf(first, first.bindDn)).toBe(1)
})

test('a server whose certificate is refused is passed over, and both faults are told when there is no other', async () => {
  const servers = [{ url: first.ldapsUrl }, { url: second.ldapsUrl }]
  target = createLdapTarget(
    configurationFor([first], { servers, tls: 'ldaps', caPem: certificates.foreignCaPem }),
    patient,
  )
  const untrusted = expect.stringContaining('authority that is not trusted here') as string
  expect(await target.authenticate('alice', 'alicepw')).toEqual({
    kind: 'tls-refused',
    attempts: [
      { server: first.ldapsUrl, problem: untrusted },
      { server: second.ldapsUrl, problem: untrusted },
    ],
  })
})

test('after close nothing is asked any more', async () => {
  target = createLdapTarget(configurationFor([first]), patient)
  expect(await target.authenticate('alice', 'alicepw')).toMatchObject({ kind: 'ok' })
  await target.close()
  expect(await target.authenticate('alice', 'alicepw')).toMatchObject({ kind: 'server-down' })
})
