import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readdir, readFile, readlink } from 'node:fs/promises'

import type { TestDatagram, TestSignInView } from '@sallyport/contract'
import { chapPassword, attribute, createSharedSecret, encodeRequest, packetCodes } from '@sallyport/radius'
import { startSlapd, type RunningSlapd } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeBase32 } from '../../oath/otpauth.ts'
import { totpCode } from '../../oath/totp.ts'
import { startRealServer, type RealServer } from '../test/real-server.ts'

const sharedSecret = 'the secret of the office VPN'
const tokenKey = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const people = ['ann', 'ben', 'cleo', 'dora', 'eve', 'fred', 'gina', 'hugo']

let slapd: RunningSlapd
let server: RealServer
let openAlways: readonly number[]
let administrator: string
let clientId: string
let usedCode = ''
const url = '/api/test-sign-ins'
const post = (path: string, body: object, cookie = administrator) => server.call('POST', path, { cookie, body })

beforeAll(async () => {
  slapd = await startSlapd({ users: people.map((uid) => ({ uid, password: `${uid}-secret` })) })
  server = await startRealServer()
  openAlways = await listening()
  administrator = await server.signInAs('administrator')
  clientId = await addClient('192.0.2.7', 'Office VPN')
  for (const username of people) await addUser(username, username !== 'hugo')
})
afterAll(async () => {
  await server.close()
  await slapd.remove()
})

async function addClient(address: string, applicationName: string, changes: object = {}): Promise<string> {
  const fields = {
    ...{ address, applicationName, sharedSecret, requireUserMatch: true, messageAuthenticator: 'auto' },
    ...{ factorMode: 'automatic', canBeChallenged: true, deviceTimeoutSeconds: 20, enabled: true },
  }
  const { body } = await post('/api/radius/clients', { ...fields, ...changes })
  return String(body['id'])
}

async function addUser(username: string, withToken: boolean): Promise<void> {
  const names = { username, firstName: '', lastName: '', email: '', description: '', enabled: true }
  const { body } = await post('/api/users', names)
  if (!withToken) return
  const token = { serialNumber: '', algorithm: 'SHA-1', digits: 6, stepSeconds: 30, manufacturer: '', model: '' }
  await post('/api/oath-tokens', { ...token, secret: tokenKey, userId: body['id'] })
}

async function useDirectory(): Promise<void> {
  const queryBind = { kind: 'simple', dn: slapd.bindDn, password: slapd.bindPassword }
  const limits = { connectTimeoutMs: 1000, operationTimeoutMs: 1000, sizeLimit: 100 }
  const userLookup = { kind: 'search', filter: '(uid={username})' }
  const ldap = { servers: [{ url: slapd.url }], tls: 'none', caPem: null, baseDn: slapd.baseDn, userLookup, queryBind }
  await server.call('PUT', '/api/directory/ldap', { cookie: administrator, body: { ...ldap, ...limits, version: 1 } })
  const body = { kind: 'ldap', version: 1 }
  expect((await server.call('PUT', '/api/radius/target', { cookie: administrator, body })).status).toBe(200)
}

const code = () => {
  const secret = decodeBase32(tokenKey) ?? new Uint8Array()
  return totpCode({ secret, algorithm: 'SHA-1', digits: 6, stepSeconds: 30 }, Date.now())
}
const wrongCode = () => (code() === '000000' ? '111111' : '000000')

const input = (username: string, changes: object = {}) => ({
  ...{ clientId, username, password: `${username}-secret`, method: 'pap', dryRun: false, attributes: [] },
  ...changes,
})

/** Reads on until the test stands still. */
async function settled(first: TestSignInView, cookie = administrator): Promise<TestSignInView> {
  let view = first
  for (let reads = 0; view.state === 'waiting' && reads < 60; reads++) {
    view = (await server.call('GET', `${url}/${view.id}`, { cookie })).body as TestSignInView
  }
  return view
}

async function start(username: string, changes: object = {}): Promise<TestSignInView> {
  const { status, body, text } = await post(url, input(username, changes))
  expect(status, text).toBe(200)
  return settled(body as TestSignInView)
}

async function answer({ id }: TestSignInView, text: string): Promise<TestSignInView> {
  return settled((await post(`${url}/${id}/answer`, { answer: text })).body as TestSignInView)
}

const valueOf = (datagram: TestDatagram | undefined, name: string) =>
  datagram?.attributes.find((each) => each.name === name)?.value
const userRow = async (username: string) => {
  const { body } = await server.call('GET', `/api/users?search=${username}`, { cookie: administrator })
  return (body['rows'] as Record<string, unknown>[])[0]
}

test('without a target the engine is silent, and the log says why; RADIUS need not be enabled', async () => {
  const view = await start('ann')
  expect(view).toMatchObject({ state: 'unanswered', signIn: { reason: 'no-target', test: true } })
  expect(view.datagrams).toHaveLength(1)
})

describe('with a directory', () => {
  beforeAll(useDirectory)

  test('a right password and the right code are accepted, every datagram is told, and the sign-in is marked', async () => {
    const first = await start('ann', { attributes: [{ name: 'Calling-Station-Id', value: '198.51.100.7' }] })
    expect(first).toMatchObject({ state: 'challenged', message: 'Enter the code that your token shows.' })
    usedCode = code()
    const last = await answer(first, usedCode)
    expect(last).toMatchObject({ state: 'accepted', mschapProof: null, signIn: { result: 'accepted', test: true } })
    expect(last.signIn?.rounds).toHaveLength(2)
    expect(last.datagrams.map(({ round, code: name }) => [round, name])).toEqual([
      [1, 'Access-Request'],
      [1, 'Access-Challenge'],
      [2, 'Access-Request'],
      [2, 'Access-Accept'],
    ])
    const [asked, challenge, answered] = last.datagrams
    expect(valueOf(asked, 'User-Password')).toBe('••••')
    expect(valueOf(asked, 'NAS-IP-Address')).toBe('192.0.2.7')
    expect(valueOf(answered, 'Calling-Station-Id')).toBe('198.51.100.7')
    expect(valueOf(answered, 'State')).toBe(valueOf(challenge, 'State'))
    for (const each of last.datagrams) expect(each).toMatchObject({ messageAuthenticator: 'valid', refused: null })
    expect(challenge).toMatchObject({ authenticator: 'valid' })
    expect(JSON.stringify(last)).not.toMatch(/ann-secret|the secret of the office/)
  })

  test('counts neither on Status, nor as the user’s last sign-in, nor as a sign of life of the device', async () => {
    expect((await userRow('ann'))?.['lastSignInAt']).toBeNull()
    const { body } = await server.call('GET', '/api/status', { cookie: administrator })
    const hour = body['lastHour'] as Record<string, number>[]
    expect(hour.reduce((sum, minute) => sum + Number(minute['accepted']) + Number(minute['challenged']), 0)).toBe(0)
    const { body: clients } = await server.call('GET', '/api/radius/clients', { cookie: administrator })
    expect(clients['rows']).toMatchObject([
      { signInsLastDay: 0, lastSeenAt: null, messageAuthenticatorSeenAt: null, applicationName: 'Office VPN' },
    ])
  })

  test('no code that a test has used works again', async () => {
    const view = await answer(await start('ann'), usedCode)
    expect(view).toMatchObject({ state: 'challenged', signIn: { reason: 'reused-code' } })
  })

  test('a wrong password is refused, and only the log knows why', async () => {
    const view = await start('ben', { password: 'mistyped' })
    expect(view).toMatchObject({ state: 'rejected', message: null, signIn: { reason: 'wrong-password' } })
    expect(view.datagrams[1]?.attributes.map(({ name }) => name)).toEqual(['Message-Authenticator'])
  })

  test('wrong codes count towards the user’s lock, which holds in a test as well', async () => {
    let view = await start('cleo')
    for (let wrong = 0; wrong < 5; wrong++) {
      if (view.state !== 'challenged') view = await start('cleo')
      view = await answer(view, wrongCode())
    }
    expect((await userRow('cleo'))?.['factorLockedUntil']).not.toBeNull()
    expect(await start('cleo')).toMatchObject({ state: 'rejected', signIn: { reason: 'factor-locked' } })
  })

  test.each([
    ['chap', ['CHAP-Password', 'CHAP-Challenge']],
    ['ms-chap-v2', ['MS-CHAP-Challenge', 'MS-CHAP2-Response']],
  ])('%s is sent as a device would, and refused by a directory that needs the password', async (method, names) => {
    const view = await start('ben', { method })
    expect(view).toMatchObject({ state: 'rejected', signIn: { reason: 'method-not-supported' } })
    expect(view.datagrams[0]?.attributes.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
    expect(view.datagrams[0]?.attributes.map(({ name }) => name)).not.toContain('User-Password')
  })

  describe('a dry run', () => {
    test('says of a right password what would be asked, opens no challenge and lets nobody in', async () => {
      const view = await start('dora', { dryRun: true })
      expect(view).toMatchObject({ state: 'rejected', signIn: { reason: 'dry-run', factor: 'oath', test: true } })
      const stage = view.signIn?.rounds[0]?.stages.find(({ stage: name }) => name === 'second-factor')
      expect(stage?.facts.at(-1)).toEqual({ name: 'would', value: expect.stringContaining('by a challenge') as string })
      expect(view.datagrams.map(({ code: name }) => name)).toEqual(['Access-Request', 'Access-Reject'])
    })

    test('uses no code up that came with the password', async () => {
      const now = code()
      const dry = await start('dora', { dryRun: true, password: `dora-secret,${now}` })
      expect(dry.signIn).toMatchObject({ reason: 'dry-run' })
      expect(await start('dora', { password: `dora-secret,${now}` })).toMatchObject({ state: 'accepted' })
    })

    test('of a wrong password ends at the target', async () => {
      const view = await start('dora', { dryRun: true, password: 'mistyped' })
      expect(view).toMatchObject({ state: 'rejected', signIn: { reason: 'wrong-password' } })
    })

    test('names the second factor’s own reason where it would refuse', async () => {
      expect(await start('hugo', { dryRun: true })).toMatchObject({ signIn: { reason: 'no-usable-factor' } })
    })

    test('lets nobody in through a client that asks no second factor of strangers', async () => {
      const open = await addClient('192.0.2.8', 'Lenient', { requireUserMatch: false })
      const { body } = await server.call('GET', '/api/users?search=gina', { cookie: administrator })
      const [gina] = body['rows'] as { id: string; version: number }[]
      const path = `/api/users/${String(gina?.id)}?version=${String(gina?.version)}`
      expect((await server.call('DELETE', path, { cookie: administrator })).status).toBe(204)
      const dry = await start('gina', { clientId: open, dryRun: true })
      expect(dry).toMatchObject({ state: 'rejected', signIn: { reason: 'dry-run' } })
      const real = await start('gina', { clientId: open })
      expect(real).toMatchObject({ state: 'accepted', signIn: { reason: 'password-only-unmatched-user' } })
    })
  })

  test('a client that must not be sent Message-Authenticator gets none, and sends none', async () => {
    const never = await addClient('192.0.2.9', 'Old', { messageAuthenticator: 'never-send' })
    const view = await start('eve', { clientId: never })
    expect(view.state).toBe('challenged')
    expect(view.datagrams.map(({ messageAuthenticator }) => messageAuthenticator)).toEqual(['absent', 'absent'])
    expect(view.datagrams[1]).toMatchObject({ authenticator: 'valid', refused: null })
  })

  test('only datagrams from the announced port are the client’s: others meet silence and leave no trace', async () => {
    const view = await start('eve')
    expect(view.state).toBe('challenged')
    const port = await testPort()
    const before = (await signIns()).length
    const stranger = createSocket('udp4')
    stranger.bind(0, '127.0.0.1')
    await once(stranger, 'listening')
    const heard: Buffer[] = []
    stranger.on('message', (message) => heard.push(message))
    const secret = createSharedSecret(sharedSecret)
    const challenge = Buffer.alloc(16, 1)
    const named = attribute('User-Name', 'eve')
    const proof = attribute('CHAP-Password', chapPassword(1, Buffer.from('eve-secret'), challenge))
    const state = attribute('State', Buffer.from(valueOf(view.datagrams[1], 'State') ?? ''))
    const tries = [
      [named, proof, attribute('CHAP-Challenge', challenge)],
      [named, proof, state],
    ]
    for (const [identifier, attributes] of tries.entries()) {
      const bytes = encodeRequest({ code: packetCodes.accessRequest, identifier, attributes, secret })
      await new Promise<void>((resolve) => stranger.send(bytes, port, '127.0.0.1', () => resolve()))
    }
    // Answered after the stranger's were read from the same socket: by then they would have been decided.
    const last = await answer(view, code())
    expect(last.state).toBe('accepted')
    expect(heard).toEqual([])
    expect(await signIns()).toHaveLength(before)
    stranger.close()
  })

  test('the port is closed when the test has ended, and a second test takes the place of the first', async () => {
    const first = await start('fred')
    const port = await testPort()
    const second = await start('fred')
    expect(await testPort()).not.toBe(port)
    expect((await server.call('GET', `${url}/${first.id}`, { cookie: administrator })).status).toBe(404)
    const stopped = await server.call('DELETE', `${url}/${second.id}`, { cookie: administrator })
    expect(stopped.body).toMatchObject({ state: 'stopped' })
    expect(await openPorts()).toEqual([])
    expect((await post(`${url}/${second.id}/answer`, { answer: code() })).status).toBe(400)
  })

  test('is not for other roles, and one administrator’s test is not another’s', async () => {
    const view = await start('fred')
    for (const role of ['operator', 'auditor'] as const) {
      const cookie = await server.signInAs(role)
      expect((await post(url, input('fred'), cookie)).status).toBe(403)
      expect((await server.call('GET', `${url}/${view.id}`, { cookie })).status).toBe(403)
      expect((await post(`${url}/${view.id}/answer`, { answer: code() }, cookie)).status).toBe(403)
    }
    const other = await server.signInAs('administrator')
    expect((await server.call('GET', `${url}/${view.id}`, { cookie: other })).status).toBe(404)
    expect((await post(`${url}/${view.id}/answer`, { answer: code() }, other)).status).toBe(404)
    expect((await answer(view, code())).state).toBe('accepted')
  })

  test('the trail has who tried whom, and no password is anywhere', async () => {
    const { body, text } = await server.call('GET', '/api/reports/changes?limit=200', { cookie: administrator })
    const tests = (body['rows'] as Record<string, unknown>[]).filter(({ action }) => action === 'tested')
    expect(tests.at(-1)).toMatchObject({
      administrator: 'administrator-0',
      subjectName: 'ann',
      after: { client: 'Office VPN', clientId, method: 'pap', dryRun: false },
    })
    for (const where of [text, server.log(), JSON.stringify(await signIns())])
      expect(where).not.toMatch(/-secret|mistyped|the secret of the office/)
  })

  test.each([
    [{ attributes: [{ name: 'State', value: 'x' }] }, 'attributes.0.name'],
    [{ attributes: [{ name: 'User-Password', value: 'x' }] }, 'attributes.0.name'],
    [{ attributes: [{ name: 'NAS-Port', value: 'first' }] }, 'attributes.0.value'],
    [{ attributes: [{ name: 'NAS-IP-Address', value: '192.0.2' }] }, 'attributes.0.value'],
    [{ method: 'eap' }, 'method'],
    [{ clientId: '00000000-0000-4000-8000-000000000000' }, 'clientId'],
    [{ password: 'ü'.repeat(65) }, 'password'],
  ])('refuses %j at %s before anything is sent', async (changes, path) => {
    const before = (await signIns()).length
    expect((await post(url, input('ben', changes))).body).toMatchObject({ status: 400, errors: [{ path }] })
    expect(await signIns()).toHaveLength(before)
  })

  test('a disabled client is said to be disabled', async () => {
    const off = await addClient('192.0.2.10', 'Off', { enabled: false })
    const { body } = await post(url, input('ben', { clientId: off }))
    expect(body).toMatchObject({
      errors: [{ path: 'clientId', message: expect.stringContaining('disabled') as string }],
    })
  })

  test('wrong passwords for one name are slowed down over all administrators', async () => {
    const two = [await server.signInAs('administrator'), await server.signInAs('administrator')]
    const statuses: number[] = []
    for (let tries = 0; tries < 11; tries++) {
      const cookie = two[tries % 2]
      const { status, body } = await post(url, input('nobody-of-ours', { password: 'guess' }), cookie)
      statuses.push(status)
      if (status === 200) await settled(body as TestSignInView, cookie)
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429])
  })

  test('a directory that is down is silence, with the reason', async () => {
    await slapd.stop()
    administrator = await server.signInAs('administrator')
    const view = await start('fred')
    expect(view).toMatchObject({ state: 'unanswered', signIn: { reason: 'target-down', result: 'unanswered' } })
    expect(view.datagrams.every(({ direction }) => direction === 'sent')).toBe(true)
  })
})

async function signIns(): Promise<unknown[]> {
  const { body } = await server.call('GET', '/api/reports/sign-ins?limit=200', { cookie: administrator })
  return body['rows'] as unknown[]
}

/** The tests' ports: RADIUS is not enabled, and what was open before any test is not one of theirs. */
async function openPorts(): Promise<number[]> {
  return (await listening()).filter((port) => !openAlways.includes(port))
}

/** UDP ports of loopback that this process listens on, peers none. */
async function listening(): Promise<number[]> {
  const mine = new Set<string>()
  for (const fd of await readdir('/proc/self/fd')) {
    const target = await readlink(`/proc/self/fd/${fd}`).catch(() => '')
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1]
    if (inode !== undefined) mine.add(inode)
  }
  return (await readFile('/proc/net/udp', 'utf8'))
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , remote, , , , , , , inode]) => remote === '00000000:0000' && mine.has(inode ?? ''))
    .map(([, local = '']) => parseInt(local.split(':')[1] ?? '', 16))
}

/** The one port that is open once those of ended tests are closed. */
async function testPort(): Promise<number> {
  await expect.poll(openPorts).toHaveLength(1)
  return (await openPorts())[0] ?? 0
}
