import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { VpnSessionDetails } from '@sallyport/contract'
import {
  attribute,
  createSharedSecret,
  decodePacket,
  encodeRequest,
  packetCodes,
  proxyStates,
  verifyResponseAuthenticator,
  type Packet,
} from '@sallyport/radius'
import { openStore, type Store } from '@sallyport/store'
import { freeUdpPort, radclient } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { startEngineThreads, type EngineHandle } from '../engine/control.ts'

const sharedSecret = 'the secret of the office'
const actor = { id: null, name: 'test', address: null }
const device = ['NAS-IP-Address = 192.0.2.9', 'NAS-Identifier = "fw1"']

let dataDir: string
let store: Store
let engine: EngineHandle
let port: number

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sallyport-accounting-'))
  store = await openStore({ dataDir })
  port = await freeUdpPort()
  const settings = await store.settings.radius()
  const authenticationPorts = [await freeUdpPort()]
  await store.settings.changeRadius({ ...settings, enabled: true, authenticationPorts, accountingPorts: [port] }, actor)
  await store.radiusClients.create(
    {
      ...{ address: '127.0.0.1', applicationName: 'Office VPN', sharedSecret, requireUserMatch: true },
      ...{ messageAuthenticator: 'auto', factorMode: 'automatic', canBeChallenged: true },
      ...{
        deviceTimeoutSeconds: 60,
        allowedMethods: [],
        fallbackOath: false,
        pushWithoutNumber: false,
        enabled: true,
        nasIdentifier: '',
        certificateName: '',
        vendorProfile: 'other',
        limitProxyState: true,
      },
    },
    actor,
  )
  const alice = { username: 'alice', firstName: '', lastName: '', email: '', description: '', enabled: true }
  await store.users.create(alice, actor)
  engine = await startEngineThreads({
    dataDir,
    addresses: ['127.0.0.1'],
    onProblem: (where, message) => expect.fail(`${where}: ${message}`),
    onDeath: (thread, error) => expect.fail(`${thread}: ${error.message}`),
  })
})
afterAll(async () => {
  await engine.stop()
  await store.close()
  await rm(dataDir, { recursive: true })
})

const account = (...attributes: readonly string[]) =>
  radclient({
    ...{ host: '127.0.0.1', port, secret: sharedSecret, code: 'acct', retries: 1, timeoutSeconds: 2 },
    attributes: [...device, ...attributes],
  })

/** What the report says of a session, once what was answered has been moved there. */
async function sessions(sessionId: string): Promise<VpnSessionDetails[]> {
  await engine.configChanged({ topic: 'users', ids: [] })
  const { rows } = await store.vpnSessions.list({}, { limit: 200 })
  const details = await Promise.all(rows.map(({ id }) => store.vpnSessions.byId(id)))
  return details.filter((session) => session !== null).filter((session) => session.sessionId === sessionId)
}

/** Sends octets as they are, from one socket, and resolves with the answer to each. */
async function exchange(...datagrams: readonly Uint8Array[]): Promise<Buffer[]> {
  const socket = createSocket('udp4')
  const answers: Buffer[] = []
  for (const datagram of datagrams) {
    socket.send(datagram, port, '127.0.0.1')
    const [answer] = (await once(socket, 'message', { signal: AbortSignal.timeout(5_000) })) as [Buffer]
    answers.push(answer)
  }
  socket.close()
  return answers
}

function decoded(octets: Uint8Array): Packet {
  const result = decodePacket(octets)
  if (!result.ok) throw new Error(result.failure)
  return result.packet
}

describe('accounting by radclient', () => {
  test('of a session from its Start to its Stop is answered, and makes one row', async () => {
    const session = ['Acct-Session-Id = "A1"', 'User-Name = "CORP\\\\alice"']
    const answers = [
      await account(...session, 'Acct-Status-Type = Start', 'Calling-Station-Id = "198.51.100.7"'),
      await account(...session, 'Acct-Status-Type = Interim-Update', 'Framed-IP-Address = 10.8.0.7'),
      await account(
        ...session,
        ...['Acct-Status-Type = Stop', 'Acct-Session-Time = 60', 'Acct-Terminate-Cause = User-Request'],
        ...['Acct-Input-Octets = 7', 'Acct-Input-Gigawords = 1'],
      ),
    ]
    expect(answers.map(({ reply }) => reply?.code)).toEqual(Array(3).fill('Accounting-Response'))
    expect(await sessions('A1')).toEqual([
      expect.objectContaining({
        ...{ state: 'ended', cause: 'user-request', seconds: 60, inputOctets: 2 ** 32 + 7, startSeen: true },
        ...{ username: 'CORP\\alice', assignedAddresses: ['10.8.0.7'], callingStation: '198.51.100.7' },
        ...{ deviceAddress: '127.0.0.1', nasIdentifier: 'fw1' },
        user: expect.objectContaining({ username: 'alice' }) as unknown,
        client: expect.objectContaining({ name: 'Office VPN' }) as unknown,
      }),
    ])
  })

  test('ends what a device had open when it restarts, by Accounting-On as by Accounting-Off', async () => {
    for (const [sessionId, restart] of [
      ['B1', 'Accounting-On'],
      ['B2', 'Accounting-Off'],
    ] as const) {
      await account(`Acct-Session-Id = "${sessionId}"`, 'Acct-Status-Type = Start')
      expect((await account(`Acct-Status-Type = ${restart}`)).reply?.code).toBe('Accounting-Response')
      expect(await sessions(sessionId)).toEqual([
        expect.objectContaining({ state: 'ended', cause: 'device-restarted' }),
      ])
    }
  })

  test('that cannot be recorded meets silence, and is counted by name', async () => {
    expect((await account('Acct-Status-Type = Start')).reply).toBeUndefined()
    expect((await engine.status()).drops).toMatchObject({
      'accounting-without-session': 1,
    })
  })

  test('of what is no session is answered, and makes no row (RFC 2867)', async () => {
    const { reply } = await account('Acct-Session-Id = "C1"', 'Acct-Status-Type = Tunnel-Start')
    expect(reply?.code).toBe('Accounting-Response')
    expect(await sessions('C1')).toEqual([])
  })

  test('under a wrong secret meets silence', async () => {
    const wrong = { host: '127.0.0.1', port, secret: 'another secret', code: 'acct' } as const
    const attributes = ['Acct-Session-Id = "D1"', 'Acct-Status-Type = Start']
    expect((await radclient({ ...wrong, attributes, retries: 1, timeoutSeconds: 1 })).reply).toBeUndefined()
    expect(await sessions('D1')).toEqual([])
  })

  test('ports answer Status-Server by Accounting-Response (RFC 5997 §3)', async () => {
    const status = { host: '127.0.0.1', port, secret: sharedSecret, code: 'status' } as const
    const { reply } = await radclient({ ...status, attributes: ['Message-Authenticator = 0x00'] })
    expect(reply?.code).toBe('Accounting-Response')
  })
})

describe('an Accounting-Request', () => {
  const secret = createSharedSecret(sharedSecret)
  const request = (sessionId: string, messageAuthenticator = false) =>
    encodeRequest({
      ...{ code: packetCodes.accountingRequest, identifier: 9, authenticator: Buffer.alloc(16), secret },
      messageAuthenticator,
      attributes: [
        attribute('Acct-Status-Type', 'Start'),
        attribute('Acct-Session-Id', sessionId),
        attribute('Proxy-State', Buffer.from('one')),
        attribute('Proxy-State', Buffer.from('two')),
      ],
    })

  test('sent again is answered by the same octets, with its Proxy-State, and recorded once', async () => {
    const asked = request('E1')
    const answers = await exchange(asked, asked, asked)
    const [first = Buffer.alloc(0)] = answers
    expect(answers).toEqual([first, first, first])
    const answer = decoded(first)
    expect(verifyResponseAuthenticator(answer, secret, asked.subarray(4, 20))).toBe(true)
    expect(answer.code).toBe(packetCodes.accountingResponse)
    expect(proxyStates(answer).map(({ value }) => Buffer.from(value).toString())).toEqual(['one', 'two'])
    expect(answer.attributes.some(({ type }) => type === 80)).toBe(false)
    expect(await sessions('E1')).toHaveLength(1)
  })

  test('with Message-Authenticator is answered with one', async () => {
    const [answer = Buffer.alloc(0)] = await exchange(request('E2', true))
    expect(decoded(answer).attributes.some(({ type }) => type === 80)).toBe(true)
  })
})
