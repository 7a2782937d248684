import { attribute, createSharedSecret, packetCodes, readUserPassword, type ClientResult } from '@sallyport/radius'
import { createUdpClient, hideUserPassword, type Attribute } from '@sallyport/radius'
import { afterEach, describe, expect, test, vi } from 'vitest'

import { totpCode } from '../oath/totp.ts'
import {
  startTestEngine,
  tokenSecret,
  udpServer,
  userWithToken,
  type EngineSettings,
  type TestEngine,
} from './test/test-engine.ts'
import { accept, startStubServer, stubSecret, type StubServer } from './test/stub-radius-server.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function engineFor(settings: Partial<EngineSettings>): Promise<TestEngine> {
  const running = await startTestEngine(settings)
  closing.push(running.stop)
  return running
}

async function stub(onRequest?: StubServer['onRequest']): Promise<StubServer> {
  const server = await startStubServer(onRequest)
  closing.push(() => server.stop())
  return server
}

function device(running: TestEngine) {
  const secret = createSharedSecret(running.secret)
  const client = createUdpClient({ secret, host: running.host, port: running.port, tries: 1, timeoutMs: 9_000 })
  closing.push(() => client.close())
  return (name: string, password: string, more: readonly Attribute[] = [], options = {}): Promise<ClientResult> =>
    client.request({
      code: packetCodes.accessRequest,
      attributes: (authenticator) => [
        attribute('User-Name', name),
        { type: 2, value: hideUserPassword(password, secret, authenticator) },
        ...more,
      ],
      ...options,
    })
}

const codeNow = () => totpCode({ secret: tokenSecret, algorithm: 'SHA-1', digits: 6, stepSeconds: 30 }, Date.now())
const codeOf = (result: ClientResult) => (result.ok ? result.packet.code : result.reason)
const state = (running: TestEngine, at = 0) => running.engine.status().targetServers[at]?.state
const becomes = (running: TestEngine, wanted: string, at = 0) =>
  vi.waitFor(() => expect(state(running, at)).toBe(wanted), { timeout: 8_000, interval: 50 })

describe('a request on its way to a RADIUS server', () => {
  test('has its password hidden anew, without the code at its end, and Message-Authenticator', async () => {
    const server = await stub()
    const running = await engineFor({ servers: [udpServer(server.port, stubSecret)], users: [userWithToken('alice')] })
    const ask = device(running)
    const code = codeNow()
    expect(codeOf(await ask('alice', `secret,${code}`))).toBe(packetCodes.accessAccept)
    const [request] = server.requests
    const password = request && readUserPassword(request.packet, createSharedSecret(stubSecret))
    expect(Buffer.from(password ?? []).toString()).toBe('secret')
    expect(request?.packet.attributes[0]?.type).toBe(80)
  })

  test('carries the device’s Proxy-State, and the answer carries it back', async () => {
    const server = await stub()
    const running = await engineFor({ servers: [udpServer(server.port, stubSecret)] })
    const proxyState = { type: 33, value: Buffer.from('the proxy before') }
    const result = await device(running)('bob', 'secret', [proxyState])
    expect(server.requests[0]?.packet.attributes).toContainEqual({ type: 33, value: new Uint8Array(proxyState.value) })
    expect(result.ok && result.packet.attributes.filter(({ type }) => type === 33)).toHaveLength(1)
  })
})

describe('servers that fail', () => {
  test('a port where nobody listens costs nobody a sign-in, and is said in words', async () => {
    const gone = await startStubServer()
    const { port } = gone
    await gone.stop()
    const second = await stub()
    const running = await engineFor({ servers: [udpServer(port, stubSecret), udpServer(second.port, stubSecret)] })
    expect(codeOf(await device(running)('bob', 'secret'))).toBe(packetCodes.accessAccept)
    await becomes(running, 'down')
    expect(running.engine.status().targetServers[0]?.problem).toContain('Nothing listens')
    expect(running.facts('server')).toEqual([`127.0.0.1:${second.port}`])
  })

  test('one that is silent is dead after its window, another takes over inside the request, and it comes back', async () => {
    const first = await stub(() => undefined)
    first.speaksStatus = false
    const second = await stub()
    const servers = [udpServer(first.port, stubSecret), udpServer(second.port, stubSecret)]
    const running = await engineFor({ servers })
    const ask = device(running)
    expect(codeOf(await ask('bob', 'secret'))).toBe(packetCodes.accessAccept)
    await becomes(running, 'down')
    const before = first.requests.length
    expect(codeOf(await ask('carol', 'secret'))).toBe(packetCodes.accessAccept)
    first.speaksStatus = true
    first.onRequest = accept
    await becomes(running, 'up')
    expect(codeOf(await ask('dave', 'secret'))).toBe(packetCodes.accessAccept)
    expect(running.facts('server')).toEqual([`127.0.0.1:${first.port}`])
    expect(first.requests.length).toBeGreaterThan(before)
  })

  test('one slow person does not make a live server dead', async () => {
    const first = await stub((request) => {
      const name = request.packet.attributes.find(({ type }) => type === 1)?.value
      if (Buffer.from(name ?? []).toString() === 'slow') setTimeout(() => accept(request), 3_500)
      else accept(request)
    })
    const second = await stub()
    const servers = [udpServer(first.port, stubSecret), udpServer(second.port, stubSecret)]
    const running = await engineFor({ servers })
    const ask = device(running)
    await ask('bob', 'secret')
    const slow = ask('slow', 'secret')
    expect(codeOf(await slow)).toBe(packetCodes.accessAccept)
    expect(state(running)).toBe('up')
    expect(second.requests).toHaveLength(0)
    expect(running.facts('server')).toEqual([`127.0.0.1:${first.port}`])
  })

  test.each(['silence', 'reject'] as const)('when all are dead, the device meets %s', async (whenAllDead) => {
    const gone = await startStubServer()
    const { port } = gone
    await gone.stop()
    const running = await engineFor({ servers: [udpServer(port, stubSecret)], whenAllDead })
    const result = await device(running)('bob', 'secret', [], { timeoutMs: 3_000 })
    expect(codeOf(result)).toBe(whenAllDead === 'reject' ? packetCodes.accessReject : 'timeout')
    expect(running.signIns().at(-1)).toMatchObject({ reason: 'target-down' })
  })

  test('a hostile server is counted by name and convinces nobody', async () => {
    const first = await stub((request) => {
      const right = request.answer(packetCodes.accessAccept)
      request.send(right.subarray(0, 10))
      request.send(right.subarray(0, right.length - 3))
      request.send(request.answer(packetCodes.accessAccept, [], { identifier: (request.packet.identifier + 1) % 256 }))
      request.send(request.answer(packetCodes.accountingResponse))
      for (let at = 0; at < 1_000; at++) {
        request.send(request.answer(packetCodes.accessAccept, [], { secret: 'another secret' }))
      }
    })
    first.speaksStatus = false
    const second = await stub()
    const servers = [udpServer(first.port, stubSecret), udpServer(second.port, stubSecret)]
    const running = await engineFor({ servers })
    expect(codeOf(await device(running)('bob', 'secret'))).toBe(packetCodes.accessAccept)
    expect(running.facts('server')).toEqual([`127.0.0.1:${second.port}`])
    await becomes(running, 'down')
    const [status] = running.engine.status().targetServers
    expect(status?.problem).toContain('bad authenticator')
    expect(status?.rejected?.['response-authenticator-invalid']).toBeGreaterThan(500)
    expect(Object.keys(status?.rejected ?? {})).toEqual(
      expect.arrayContaining(['too-short', 'length-beyond-datagram', 'unknown-identifier', 'unexpected-code']),
    )
    expect(running.errors).toEqual([])
  })

  test('a right answer that comes a thousand times is one answer', async () => {
    const server = await stub((request) => {
      const right = request.answer(packetCodes.accessAccept)
      for (let at = 0; at < 1_000; at++) request.send(right)
    })
    const running = await engineFor({ servers: [udpServer(server.port, stubSecret)] })
    expect(codeOf(await device(running)('bob', 'secret'))).toBe(packetCodes.accessAccept)
    expect(running.signIns()).toHaveLength(1)
  })

  test('once it has proven itself, an answer without Message-Authenticator is not believed', async () => {
    const server = await stub()
    const running = await engineFor({ servers: [udpServer(server.port, stubSecret)] })
    const ask = device(running)
    const bare: StubServer['onRequest'] = (request) =>
      request.send(request.answer(packetCodes.accessAccept, [], { messageAuthenticator: false }))
    server.onRequest = bare
    expect(codeOf(await ask('bob', 'secret'))).toBe(packetCodes.accessAccept)
    server.onRequest = accept
    expect(codeOf(await ask('bob', 'secret'))).toBe(packetCodes.accessAccept)
    expect(running.records).toContainEqual({
      kind: 'radius-server-proven',
      serverId: `server-${server.port}`,
      atMs: expect.any(Number) as number,
    })
    server.onRequest = bare
    expect(codeOf(await ask('bob', 'secret', [], { timeoutMs: 2_000 }))).toBe('timeout')
  })
})

describe('the target’s own questions', () => {
  test('pass through any number of rounds under our State, at the server that asks, and then comes our factor', async () => {
    const first = await stub((request) => {
      const given = request.packet.attributes.find(({ type }) => type === 24)?.value
      const round = given === undefined ? 0 : Number(Buffer.from(given).toString())
      if (round === 3) {
        accept(request)
        return
      }
      const asked = [
        attribute('Reply-Message', `Question ${round + 1}`),
        attribute('State', Buffer.from(`${round + 1}`)),
      ]
      request.send(request.answer(packetCodes.accessChallenge, asked))
    })
    const second = await stub()
    const servers = [udpServer(first.port, stubSecret), udpServer(second.port, stubSecret)]
    const running = await engineFor({ servers, users: [userWithToken('alice')] })
    const ask = device(running)
    let result = await ask('alice', 'secret')
    for (let round = 1; round <= 3; round++) {
      if (!result.ok) throw new Error(result.reason)
      expect(result.packet.code).toBe(packetCodes.accessChallenge)
      const values = new Map(result.packet.attributes.map(({ type, value }) => [type, Buffer.from(value).toString()]))
      expect(values.get(18)).toBe(`Question ${round}`)
      expect(values.get(24)).toHaveLength(22)
      // The order changes meanwhile: the conversation stays where it began.
      if (round === 2) await running.use({ servers: servers.toReversed() })
      const back = attribute('State', Buffer.from(values.get(24) ?? ''))
      // Somebody else's, whoever found it.
      expect(codeOf(await ask('mallory', `answer ${round}`, [back]))).toBe(packetCodes.accessReject)
      result = await ask('alice', `answer ${round}`, [back])
      expect(running.facts('server')).toEqual([`127.0.0.1:${first.port}`])
    }
    expect(second.requests).toHaveLength(0)
    const last = first.requests.at(-1)?.packet
    expect(Buffer.from((last && readUserPassword(last, createSharedSecret(stubSecret))) ?? []).toString()).toBe(
      'answer 3',
    )
    if (!result.ok) throw new Error(result.reason)
    expect(result.packet.code).toBe(packetCodes.accessChallenge)
    const ours = result.packet.attributes.find(({ type }) => type === 24)
    const code = codeNow()
    expect(codeOf(await ask('alice', code, ours ? [ours] : []))).toBe(packetCodes.accessAccept)
    expect(running.signIns().at(-1)).toMatchObject({ roundNumber: 5, reason: 'password-and-code' })
  })

  test('end after a bound', async () => {
    const server = await stub((request) => request.send(request.answer(packetCodes.accessChallenge)))
    const running = await engineFor({ servers: [udpServer(server.port, stubSecret)] })
    const ask = device(running)
    let result = await ask('alice', 'secret')
    let rounds = 1
    while (result.ok && result.packet.code === packetCodes.accessChallenge && rounds < 100) {
      rounds++
      result = await ask(
        'alice',
        '',
        result.packet.attributes.filter(({ type }) => type === 24),
      )
    }
    expect(codeOf(result)).toBe(packetCodes.accessReject)
    expect(rounds).toBe(64)
    expect(running.signIns().at(-1)?.reason).toBe('too-many-rounds')
  })

  test('are not asked of a device that cannot show them', async () => {
    const server = await stub((request) => request.send(request.answer(packetCodes.accessChallenge)))
    const client = { canBeChallenged: false }
    const running = await engineFor({ servers: [udpServer(server.port, stubSecret)], client })
    expect(codeOf(await device(running)('alice', 'secret'))).toBe(packetCodes.accessReject)
    expect(running.signIns().at(-1)?.reason).toBe('factor-needs-challenge')
  })
})

describe('what does not fit into a packet', () => {
  /** 15 × 255 and what is left, with Message-Authenticator and header: so many octets in all. */
  const filling = (bytes: number): Attribute[] => {
    const left = bytes - 20 - 18 - 15 * 255
    return [...Array<number>(15).fill(255), left].map((each) => attribute('Class', Buffer.alloc(each - 2, 'x')))
  }
  const proxyState = { type: 33, value: Buffer.from('the proxy before') }

  test('is refused by name before anybody is let in, and fills a packet to its last octet', async () => {
    const server = await stub((request) => request.send(request.answer(packetCodes.accessAccept, filling(4_096 - 18))))
    const running = await engineFor({ servers: [udpServer(server.port, stubSecret)] })
    const ask = device(running)
    const whole = await ask('bob', 'secret')
    expect(codeOf(whole)).toBe(packetCodes.accessAccept)
    const fits = { ...proxyState, value: proxyState.value.subarray(0, 16) }
    expect(codeOf(await ask('bob', 'secret', [fits]))).toBe(packetCodes.accessAccept)
    const over = { ...proxyState, value: Buffer.alloc(17) }
    expect(codeOf(await ask('bob', 'secret', [over]))).toBe(packetCodes.accessReject)
    expect(running.signIns().at(-1)).toMatchObject({ result: 'rejected', reason: 'reply-too-long' })
    expect(running.facts('reply-length')).toEqual(['4097 of 4096 octets'])
    expect(running.errors).toEqual([])
  })

  test('is not asked either; and a refusal is told without what the target added to it', async () => {
    const server = await stub((request) =>
      request.send(request.answer(packetCodes.accessChallenge, filling(4_096 - 20))),
    )
    const running = await engineFor({ servers: [udpServer(server.port, stubSecret)] })
    const ask = device(running)
    expect(codeOf(await ask('bob', 'secret'))).toBe(packetCodes.accessReject)
    expect(running.signIns().at(-1)?.reason).toBe('reply-too-long')
    server.onRequest = (request) => request.send(request.answer(packetCodes.accessReject, filling(4_096)))
    expect(codeOf(await ask('bob', 'secret'))).toBe(packetCodes.accessReject)
    const bare = await ask('bob', 'secret', [proxyState])
    expect(bare.ok && bare.packet.attributes.map(({ type }) => type)).toEqual([80, 33])
    expect(running.errors).toEqual([])
  })
})

describe('a sign-in that the device retries', () => {
  test('asks the target once, and every retry hears the same', async () => {
    const server = await stub((request) => {
      if (server.requests.filter((each) => each.packet.authenticator !== request.packet.authenticator).length > 0)
        return
      setTimeout(
        () => request.send(request.answer(packetCodes.accessAccept, [attribute('Class', Buffer.from('x'))])),
        900,
      )
    })
    const running = await engineFor({ servers: [udpServer(server.port, stubSecret, { timeoutSeconds: 5 })] })
    const ask = device(running)
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => ask('bob', 'secret')))
    expect(results.map(codeOf)).toEqual(Array(5).fill(packetCodes.accessAccept))
    for (const result of results)
      expect(result.ok && result.packet.attributes.some(({ type }) => type === 25)).toBe(true)
    expect(server.requests).toHaveLength(1)
    expect(running.signIns()).toHaveLength(1)
    expect(running.facts('retries-joined')).toEqual(['4'])
  })

  test('is another one where the password or the station is another', async () => {
    const server = await stub((request) => void setTimeout(() => accept(request), 300))
    const running = await engineFor({ servers: [udpServer(server.port, stubSecret)] })
    const ask = device(running)
    const from = (text: string) => [attribute('Calling-Station-Id', text)]
    await Promise.all([
      ask('bob', 'secret', from('a')),
      ask('bob', 'secret', from('b')),
      ask('bob', 'other', from('a')),
      ask('carol', 'secret', from('a')),
    ])
    expect(server.requests).toHaveLength(4)
    expect(running.signIns()).toHaveLength(4)
  })

  test('is asked anew when the verdict has been told', async () => {
    const server = await stub()
    const running = await engineFor({ servers: [udpServer(server.port, stubSecret)] })
    const ask = device(running)
    await ask('bob', 'secret')
    await ask('bob', 'secret')
    expect(server.requests).toHaveLength(2)
  })
})

test('moving the servers and choosing them anew loses no sign-in', async () => {
  const first = await stub((request) => void setTimeout(() => accept(request), 400))
  const second = await stub()
  const [one, two] = [udpServer(first.port, stubSecret), udpServer(second.port, stubSecret)]
  const running = await engineFor({ servers: [one, two] })
  const waiting = device(running)('bob', 'secret')
  await vi.waitFor(() => expect(first.requests).toHaveLength(1))
  await running.use({ servers: [two] })
  expect(codeOf(await waiting)).toBe(packetCodes.accessAccept)
  expect(first.requests).toHaveLength(1)
})
