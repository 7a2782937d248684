/** The ways to a server of the target RADIUS server(s): by IPv6, by a name that DNS moves, and by RadSec that is asked after its health. */
import { readFile } from 'node:fs/promises'

import {
  attribute,
  createSharedSecret,
  decodePacket,
  encodeRequest,
  hideUserPassword,
  packetCodes,
  readAttribute,
} from '@sallyport/radius'
import {
  createCertificates,
  radclient,
  startFreeRadius,
  startFreeRadiusRadsec,
  type TestCertificates,
} from '@sallyport/tooling/servers'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'

import { createRadiusPrimary } from '../access/primary/radius.ts'
import type { PrimaryOutcome, PrimaryQuestion } from '../access/primary-target.ts'
import { startStubServer } from './test/stub-radius-server.ts'
import { startTestEngine, udpServer } from './test/test-engine.ts'

const users = [{ name: 'bob', password: 'bobpw' }]
let certificates: TestCertificates
const closing: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  certificates = await createCertificates()
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
afterAll(() => certificates.remove())

const becomes = (read: () => string | undefined, wanted: string) =>
  vi.waitFor(() => expect(read()).toBe(wanted), { timeout: 15_000, interval: 50 })

test('a server at an IPv6 address is asked like any other, and the next one takes over from it', async () => {
  const [first, second] = [await startFreeRadius({ users, address: '::1' }), await startFreeRadius({ users })]
  closing.push(
    () => second.stop(),
    () => first.stop(),
  )
  const servers = [
    udpServer(first.passwordPort, first.secret, { host: '::1' }),
    udpServer(second.passwordPort, second.secret),
  ]
  const running = await startTestEngine({ servers })
  closing.push(() => running.stop())
  const { host, port, secret } = running
  const ask = (password: string) =>
    radclient({
      ...{ host, port, secret, timeoutSeconds: 8, retries: 1 },
      attributes: ['User-Name = "bob"', `${password} = "bobpw"`, 'Message-Authenticator = 0x00'],
    })
  const name = `[::1]:${first.passwordPort}`
  for (const method of ['User-Password', 'CHAP-Password', 'MS-CHAP-Password']) {
    expect((await ask(method)).reply?.code, method).toBe('Access-Accept')
    expect(running.facts('server')).toEqual([name])
  }
  expect(running.engine.status().targetServers[0]).toMatchObject({ server: name, state: 'up' })
  await first.stop()
  expect((await ask('User-Password')).reply?.code).toBe('Access-Accept')
  expect(running.facts('server')).toEqual([`127.0.0.1:${second.passwordPort}`])
  await becomes(() => running.engine.status().targetServers[0]?.state, 'down')
}, 30_000)

test('a name that DNS moves to another address is followed, and no sign-in is lost while DNS does not answer', async () => {
  const before = await startFreeRadius({ users, address: '::1' })
  const after = await startStubServer(
    (request) =>
      request.send(
        request.answer(packetCodes.accessAccept, [attribute('Reply-Message', 'moved')], { secret: before.secret }),
      ),
    before.passwordPort,
  )
  closing.push(
    () => before.stop(),
    () => after.stop(),
  )
  let addresses: readonly string[] | Error = ['::1']
  let aheadMs = 0
  let asked = 0
  const clock = () => Date.now() + aheadMs
  const server = udpServer(before.passwordPort, before.secret, { host: 'radius.example' })
  const target = createRadiusPrimary(() => ({ whenAllDead: 'silence', servers: [server] }), {
    clock,
    lookUp: (name) => {
      asked++
      expect(name).toBe('radius.example')
      return addresses instanceof Error ? Promise.reject(addresses) : Promise.resolve(addresses)
    },
    onProven: () => undefined,
  })
  closing.push(() => target.close())
  const said = (outcome: PrimaryOutcome) =>
    outcome.kind === 'ok' && readAttribute({ attributes: outcome.attributes ?? [] }, 'Reply-Message')
  const signIn = () => target.check(question(clock() + 8_000))

  expect((await signIn()).kind).toBe('ok')
  expect(asked).toBe(1)
  // Within the minute nobody asks; after it, an answer that fails leaves what was known.
  await signIn()
  expect(asked).toBe(1)
  addresses = new Error('ENOTFOUND')
  aheadMs += 61_000
  expect(said(await signIn())).toBeUndefined()
  expect((await signIn()).kind).toBe('ok')
  expect(asked).toBeGreaterThan(1)
  // One more address: the one in use stays in use.
  addresses = ['127.0.0.1', '::1']
  aheadMs += 61_000
  for (let turn = 0; turn < 3; turn++) expect(said(await signIn())).toBeUndefined()
  addresses = ['127.0.0.1']
  aheadMs += 61_000
  await vi.waitFor(async () => expect(said(await signIn())).toBe('moved'), { timeout: 5_000 })
}, 30_000)

test('a RadSec server is found alive by Status-Server before anybody signs in, dead, and alive again when it is back', async () => {
  const certificate = { certificate: certificates.server, caFile: certificates.caFile }
  const doomed = await startFreeRadiusRadsec({ ...certificate, users })
  closing.push(() => doomed.stop())
  const server = udpServer(doomed.port, '', {
    transport: 'radsec',
    caPem: certificates.caPem,
    certificatePem: await readFile(certificates.client.certificate, 'utf8'),
    privateKey: await readFile(certificates.client.key, 'utf8'),
  })
  const running = await startTestEngine({ servers: [server] })
  closing.push(() => running.stop())
  const state = () => running.engine.status().targetServers[0]?.state
  await becomes(state, 'up')
  expect(running.signIns()).toEqual([])
  await doomed.stop()
  const { host, port, secret } = running
  const attributes = ['User-Name = "bob"', 'User-Password = "bobpw"', 'Message-Authenticator = 0x00']
  await radclient({ host, port, secret, attributes, retries: 1, timeoutSeconds: 3 })
  await becomes(state, 'down')
  const back = await startFreeRadiusRadsec({ ...certificate, users, port: doomed.port })
  closing.push(() => back.stop())
  await becomes(state, 'up')
  expect(running.signIns().filter(({ result }) => result === 'accepted')).toEqual([])
}, 60_000)

/** Asks as bob by PAP. */
function question(deadlineMs: number): PrimaryQuestion {
  const secret = createSharedSecret('secret of the device')
  const authenticator = Buffer.alloc(16, 7)
  const decoded = decodePacket(
    encodeRequest({
      ...{ code: packetCodes.accessRequest, identifier: 1, authenticator, secret },
      attributes: [attribute('User-Name', 'bob'), { type: 2, value: hideUserPassword('bobpw', secret, authenticator) }],
    }),
  )
  if (!decoded.ok) throw new Error(decoded.failure)
  // What a target reads of it.
  const request = { packet: decoded.packet, secret } as PrimaryQuestion['request']
  return { username: 'bob', method: 'pap', password: 'bobpw', request, relay: null, deadlineMs }
}
