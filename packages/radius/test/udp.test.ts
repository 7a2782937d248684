/** Our server and our client over real sockets. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

import { afterEach, describe, expect, it } from 'vitest'

import {
  attribute,
  createSharedSecret,
  createUdpClient,
  createUdpServer,
  encodeRequest,
  hideUserPassword,
  packetCodes,
  readAttribute,
  readUserPassword,
  statusRequest,
  vendorAttribute,
  type Drop,
  type IncomingRequest,
  type KnownClient,
  type Listener,
  type PortKind,
  type UdpClientOptions,
  type UdpServer,
} from '../src/index.ts'

const secret = createSharedSecret('a secret of the tests')
const known: KnownClient<string> = {
  client: 'vpn',
  secret,
  messageAuthenticator: 'optional',
  dropProxyStateWithout: true,
}

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

interface Setup {
  readonly server: UdpServer
  readonly listener: Listener
  readonly requests: IncomingRequest<string>[]
  readonly drops: Drop<string>[]
}

async function serve(
  onRequest?: (request: IncomingRequest<string>) => void,
  options: {
    kind?: PortKind
    address?: string
    client?: KnownClient<string> | null
    clock?: () => number
    pendingLimit?: number
  } = {},
): Promise<Setup> {
  const requests: IncomingRequest<string>[] = []
  const drops: Drop<string>[] = []
  const server = createUdpServer<string>({
    clientFor: () => (options.client === null ? undefined : (options.client ?? known)),
    onRequest(request) {
      requests.push(request)
      onRequest?.(request)
    },
    onDrop: (drop) => drops.push(drop),
    ...(options.clock && { clock: options.clock }),
    ...(options.pendingLimit !== undefined && { pendingLimit: options.pendingLimit }),
  })
  open.push(server)
  const listener = await server.listen({
    address: options.address ?? '127.0.0.1',
    port: 0,
    kind: options.kind ?? 'authentication',
  })
  return { server, listener, requests, drops }
}

function clientOf(listener: Listener, options: Partial<UdpClientOptions> = {}) {
  const client = createUdpClient({ secret, host: listener.address, port: listener.port, ...options })
  open.push(client)
  return client
}

/** A bare socket, which sends what no client would. */
async function bare(listener: Listener): Promise<{ exchange(bytes: Uint8Array): Promise<Buffer>; send: Send }> {
  const socket: Socket = createSocket('udp4')
  open.push({ close: () => socket.close() })
  await new Promise<void>((resolve) => socket.connect(listener.port, listener.address, resolve))
  const send: Send = (bytes) => new Promise((resolve) => socket.send(bytes, () => resolve()))
  return {
    send,
    async exchange(bytes) {
      const answered = once(socket, 'message')
      await send(bytes)
      const [datagram] = (await answered) as [Buffer]
      return datagram
    },
  }
}
type Send = (bytes: Uint8Array) => Promise<void>

const pap = (password: string) => (authenticator: Uint8Array) => [
  attribute('User-Name', 'alice'),
  attribute('User-Password', hideUserPassword(password, secret, authenticator)),
]
const accept = (request: IncomingRequest<string>) =>
  void request.respond({ code: packetCodes.accessAccept, attributes: [attribute('Reply-Message', 'Welcome')] })

const accessRequest = (identifier: number, fill: number) =>
  encodeRequest({
    code: packetCodes.accessRequest,
    identifier,
    authenticator: new Uint8Array(16).fill(fill),
    secret,
    attributes: [attribute('User-Name', 'alice')],
  })

describe('a server and a client', () => {
  it.each(['127.0.0.1', '::1'])('sign a user in over %s', async (address) => {
    const { listener, requests } = await serve(accept, { address })
    const result = await clientOf(listener).request({
      code: packetCodes.accessRequest,
      attributes: pap('correct horse'),
    })
    expect(result).toMatchObject({ ok: true, tries: 1, packet: { code: packetCodes.accessAccept } })
    const [request] = requests
    expect(request).toMatchObject({ client: 'vpn', messageAuthenticator: 'valid', localPort: listener.port })
    expect(request?.source.address).toBe(address)
    expect(request && new TextDecoder().decode(readUserPassword(request.packet, secret))).toBe('correct horse')
    if (result.ok) expect(readAttribute(result.packet, 'Reply-Message')).toBe('Welcome')
  })

  it('copy Proxy-State in order, behind a leading Message-Authenticator (RFC 2865 §5.33)', async () => {
    const { listener } = await serve(accept)
    const states = [1, 2, 3].map((n) => attribute('Proxy-State', Uint8Array.of(n)))
    const result = await clientOf(listener).request({
      code: packetCodes.accessRequest,
      attributes: [attribute('User-Name', 'alice'), ...states],
    })
    if (!result.ok) throw new Error(result.reason)
    expect(result.packet.attributes.map(({ type }) => type)).toEqual([80, 18, 33, 33, 33])
    expect(result.packet.attributes.slice(2).map(({ value }) => value[0])).toEqual([1, 2, 3])
  })

  it('ask and answer Status-Server (RFC 5997 §3)', async () => {
    const { listener } = await serve((request) => {
      expect(request.packet.code).toBe(packetCodes.statusServer)
      request.respond({ code: packetCodes.accessAccept, attributes: [] })
    })
    expect(await clientOf(listener).request(statusRequest)).toMatchObject({ ok: true })
  })

  it('account (RFC 2866)', async () => {
    const { listener, requests } = await serve(
      (request) => void request.respond({ code: packetCodes.accountingResponse, attributes: [] }),
      { kind: 'accounting' },
    )
    const result = await clientOf(listener).request({
      code: packetCodes.accountingRequest,
      attributes: [attribute('Acct-Status-Type', 'Start'), attribute('Acct-Session-Id', '17')],
    })
    expect(result).toMatchObject({ ok: true, packet: { code: packetCodes.accountingResponse } })
    expect(requests[0] && readAttribute(requests[0].packet, 'Acct-Status-Type')).toBe(1)
  })

  it('keep 1,000 requests under way over four sockets, and answer them in any order', async () => {
    const held: IncomingRequest<string>[] = []
    const { listener } = await serve((request) => {
      held.push(request)
      if (held.length === 1000) held.reverse().forEach(accept)
    })
    const client = clientOf(listener, { sockets: 4 })
    const results = await Promise.all(
      Array.from({ length: 1000 }, () => client.request({ code: packetCodes.accessRequest, attributes: pap('x') })),
    )
    expect(results.every(({ ok }) => ok)).toBe(true)
    expect(client.openSockets).toBe(4)
    expect(client.outstanding).toBe(0)
  })

  it('queue what is beyond the last identifier, and lose nothing', async () => {
    const { listener } = await serve(accept)
    const client = clientOf(listener, { sockets: 1 })
    const results = await Promise.all(
      Array.from({ length: 700 }, () => client.request({ code: packetCodes.accessRequest, attributes: pap('x') })),
    )
    expect(results.every(({ ok }) => ok)).toBe(true)
    expect(client.openSockets).toBe(1)
  })
})

describe('duplicates (RFC 5080 §2.2.2)', () => {
  it('are ignored in flight, and answered with the same octets afterwards', async () => {
    const { server, listener, requests, drops } = await serve()
    const socket = await bare(listener)
    const bytes = accessRequest(7, 1)
    await socket.send(bytes)
    await expect.poll(() => requests.length).toBe(1)
    await socket.send(bytes)
    await expect.poll(() => drops.map(({ reason }) => reason)).toEqual(['duplicate-in-flight'])

    requests.forEach(accept)
    const first = await socket.exchange(bytes)
    const second = await socket.exchange(bytes)
    expect(second).toEqual(first)
    expect(requests).toHaveLength(1)
    expect(server.counters.repeated).toBeGreaterThan(0)
  })

  it('are new again after 30 s', async () => {
    let nowMs = 0
    const { server, listener, requests } = await serve(accept, { clock: () => nowMs })
    const socket = await bare(listener)
    await socket.exchange(accessRequest(7, 1))
    nowMs = 29_999
    await socket.exchange(accessRequest(7, 1))
    expect(requests).toHaveLength(1)
    nowMs = 30_000
    await socket.exchange(accessRequest(7, 1))
    expect(requests).toHaveLength(2)
    expect(server.counters).toMatchObject({ repliesKept: 1, repeated: 1 })
  })

  it('are superseded by another authenticator: the older request is not answered any more', async () => {
    const { server, listener, requests } = await serve()
    const socket = await bare(listener)
    await socket.send(accessRequest(7, 1))
    await expect.poll(() => requests.length).toBe(1)
    await socket.send(accessRequest(7, 2))
    await expect.poll(() => requests.length).toBe(2)
    const [older, newer] = requests
    expect(older?.superseded).toBe(true)
    expect(newer?.superseded).toBe(false)
    expect(older?.respond({ code: packetCodes.accessAccept, attributes: [] })).toBe('superseded')
    expect(newer?.respond({ code: packetCodes.accessAccept, attributes: [] })).toBe('sent')
    expect(newer?.respond({ code: packetCodes.accessReject, attributes: [] })).toBe('already-settled')
    expect(server.counters).toMatchObject({ superseded: 1, answered: 1, pending: 0 })
  })

  it('are processed anew once the first was ignored', async () => {
    const { server, listener, requests } = await serve((request) => request.ignore())
    const socket = await bare(listener)
    await socket.send(accessRequest(7, 1))
    await socket.send(accessRequest(7, 1))
    await expect.poll(() => requests.length).toBe(2)
    expect(server.counters.pending).toBe(0)
  })

  it('end at the pending limit: what is beyond is dropped by name', async () => {
    const { listener, requests, drops } = await serve(undefined, { pendingLimit: 3 })
    const socket = await bare(listener)
    for (let identifier = 0; identifier < 5; identifier++) await socket.send(accessRequest(identifier, 1))
    await expect.poll(() => drops.map(({ reason }) => reason)).toEqual(['pending-limit', 'pending-limit'])
    expect(requests).toHaveLength(3)
  })
})

describe('drops', () => {
  const without = (attributes = [attribute('User-Name', 'alice')], code = packetCodes.accessRequest as 1 | 12) =>
    encodeRequest({ code, identifier: 1, secret, attributes, messageAuthenticator: false })

  async function reasonFor(bytes: Uint8Array, options: Parameters<typeof serve>[1] = {}): Promise<string | undefined> {
    const { server, listener, requests, drops } = await serve(undefined, options)
    await (await bare(listener)).send(bytes)
    await expect.poll(() => drops.length + requests.length).toBe(1)
    const reason = drops[0]?.reason
    if (reason) expect(server.counters.dropped).toEqual({ [reason]: 1 })
    return reason
  }

  it('an unknown client', async () => {
    expect(await reasonFor(without(), { client: null })).toBe('unknown-client')
  })

  it('a malformed packet, by its name', async () => {
    expect(await reasonFor(Uint8Array.of(1, 2, 3))).toBe('too-short')
  })

  it('a Message-Authenticator under another secret', async () => {
    const client = { ...known, secret: createSharedSecret('another') }
    expect(await reasonFor(accessRequest(1, 1), { client })).toBe('message-authenticator-invalid')
  })

  it('a missing Message-Authenticator where the client must send it', async () => {
    const client: KnownClient<string> = { ...known, messageAuthenticator: 'require' }
    expect(await reasonFor(without(), { client })).toBe('message-authenticator-missing')
  })

  it('nothing, where it need not', async () => {
    expect(await reasonFor(without())).toBeUndefined()
  })

  it('EAP-Message without Message-Authenticator (RFC 3579 §3.3)', async () => {
    expect(await reasonFor(without([attribute('EAP-Message', Uint8Array.of(2, 0, 0, 4))]))).toBe(
      'message-authenticator-missing',
    )
  })

  it('Proxy-State without Message-Authenticator, unless the client may', async () => {
    const bytes = without([attribute('Proxy-State', Uint8Array.of(1))])
    expect(await reasonFor(bytes)).toBe('proxy-state-without-message-authenticator')
    expect(await reasonFor(bytes, { client: { ...known, dropProxyStateWithout: false } })).toBeUndefined()
  })

  it('Status-Server without Message-Authenticator (RFC 5997 §3)', async () => {
    expect(await reasonFor(without([], packetCodes.statusServer))).toBe('message-authenticator-missing')
  })

  it('a Message-Authenticator of a wrong length', async () => {
    const bytes = without([attribute('User-Name', 'x'.repeat(15))])
    bytes[20] = 80
    expect(await reasonFor(bytes)).toBe('message-authenticator-malformed')
  })

  it('an Accounting-Request under another secret', async () => {
    const bytes = encodeRequest({
      code: packetCodes.accountingRequest,
      identifier: 1,
      secret: createSharedSecret('another'),
      attributes: [],
    })
    expect(await reasonFor(bytes, { kind: 'accounting' })).toBe('request-authenticator-invalid')
  })

  it('codes that do not belong on the port', async () => {
    expect(await reasonFor(accessRequest(1, 1), { kind: 'accounting' })).toBe('unexpected-code')
  })

  it('a request whose handler throws, and serves the next', async () => {
    let calls = 0
    const { listener, drops } = await serve((request) => {
      if (calls++ === 0) throw new Error('a bug')
      accept(request)
    })
    const client = clientOf(listener, { timeoutMs: 200, tries: 20 })
    const result = await client.request({ code: packetCodes.accessRequest, attributes: pap('x') })
    expect(result.ok).toBe(true)
    expect(result.tries).toBeGreaterThan(1)
    expect(drops).toMatchObject([{ reason: 'handler-failed', detail: 'Error: a bug' }])
  })
})

describe('a client', () => {
  it('retransmits the same octets, and takes the answer to either', async () => {
    const { listener, requests, drops } = await serve()
    const pending = clientOf(listener, { timeoutMs: 100, tries: 100 }).request({
      code: packetCodes.accessRequest,
      attributes: pap('x'),
    })
    await expect.poll(() => drops.length, { timeout: 5_000 }).toBeGreaterThan(0)
    requests.forEach(accept)
    const result = await pending
    expect(result.ok).toBe(true)
    expect(result.tries).toBeGreaterThan(1)
    expect(requests).toHaveLength(1)
    expect(new Set(drops.map(({ reason }) => reason))).toEqual(new Set(['duplicate-in-flight']))
  })

  it('says timeout after its last try, and what it did not believe', async () => {
    const { listener } = await serve(
      (request) =>
        void request.respond({ code: packetCodes.accessAccept, attributes: [], messageAuthenticator: false }),
    )
    const strict = clientOf(listener, { timeoutMs: 500, tries: 2 })
    expect(await strict.request({ code: packetCodes.accessRequest, attributes: pap('x') })).toMatchObject({
      ok: false,
      reason: 'timeout',
      tries: 2,
      rejected: 'message-authenticator-missing',
    })
    const lenient = clientOf(listener, { requireMessageAuthenticator: false })
    expect(await lenient.request({ code: packetCodes.accessRequest, attributes: pap('x') })).toMatchObject({ ok: true })
  })

  it('waits for a late answer longer than it transmits, where it is told to', async () => {
    const { listener, requests, drops } = await serve()
    const pending = clientOf(listener, { timeoutMs: 20, tries: 2 }).request({
      code: packetCodes.accessRequest,
      attributes: pap('x'),
      waitMs: 5_000,
    })
    await expect.poll(() => drops.length).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 100))
    requests.forEach(accept)
    expect(await pending).toMatchObject({ ok: true, tries: 2 })
  })

  it('tells of an error of the system and of an answer that it does not believe as they come', async () => {
    const told: string[] = []
    const tell = {
      onSystemError: (code: string) => told.push(code),
      onRejected: (failure: string) => told.push(failure),
    }
    const { server, listener } = await serve(
      (request) =>
        void request.respond({ code: packetCodes.accessAccept, attributes: [], messageAuthenticator: false }),
    )
    const client = clientOf(listener, { timeoutMs: 5_000, tries: 1, ...tell })
    void client.request({ code: packetCodes.accessRequest, attributes: pap('x') })
    await expect.poll(() => told).toEqual(['message-authenticator-missing'])
    await server.close()
    void client.request({ code: packetCodes.accessRequest, attributes: pap('x') })
    await expect.poll(() => told).toContain('ECONNREFUSED')
  })

  it('stops when it is told to', async () => {
    const { listener, requests } = await serve()
    const client = clientOf(listener)
    const controller = new AbortController()
    const pending = client.request({
      code: packetCodes.accessRequest,
      attributes: pap('x'),
      signal: controller.signal,
    })
    await expect.poll(() => requests.length).toBe(1)
    controller.abort()
    expect(await pending).toMatchObject({ ok: false, reason: 'aborted' })
    expect(client.outstanding).toBe(0)
  })

  it('ends what is under way when it closes', async () => {
    const { listener, requests } = await serve()
    const client = clientOf(listener)
    const pending = client.request({ code: packetCodes.accessRequest, attributes: pap('x') })
    await expect.poll(() => requests.length).toBe(1)
    await client.close()
    expect(await pending).toMatchObject({ ok: false, reason: 'closed' })
  })

  it('names the system’s error when nobody listens', async () => {
    const { server, listener } = await serve()
    await server.close()
    const result = await clientOf(listener, { timeoutMs: 200, tries: 3 }).request({
      code: packetCodes.accessRequest,
      attributes: pap('x'),
    })
    expect(result).toMatchObject({ ok: false, systemError: 'ECONNREFUSED' })
  })

  it('tells of every datagram both ways, from the port that it named before it sent anything', async () => {
    const { listener, requests } = await serve((request) => {
      if (requests.length > 1) accept(request)
      else request.ignore()
    })
    const seen: string[] = []
    const onDatagram: UdpClientOptions['onDatagram'] = (datagram) =>
      seen.push(datagram.direction === 'sent' ? `sent ${datagram.transmission}` : `received ${datagram.verdict}`)
    const client = clientOf(listener, { timeoutMs: 100, tries: 3, onDatagram })
    const port = await client.open()
    expect(seen).toEqual([])
    await client.request({ code: packetCodes.accessRequest, attributes: pap('x') })
    expect(seen).toEqual(['sent 1', 'sent 2', 'received valid'])
    expect(requests.map(({ source }) => source.port)).toEqual([port, port])
    expect(client.openSockets).toBe(1)
  })

  it('throws for attributes that do not fit, and gives the identifier back', async () => {
    const { listener } = await serve(accept)
    const client = clientOf(listener)
    const tooMany = Array.from({ length: 20 }, () => vendorAttribute(9, 1, new Uint8Array(247)))
    await expect(client.request({ code: packetCodes.accessRequest, attributes: tooMany })).rejects.toThrow('of 4096')
    expect(client.outstanding).toBe(0)
  })
})

describe('a listener', () => {
  it('rejects with the system’s error when the port is held, and leaves the others', async () => {
    const { server, listener } = await serve(accept)
    await expect(
      server.listen({ address: '127.0.0.1', port: listener.port, kind: 'authentication' }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE', syscall: 'bind' })
    expect(await clientOf(listener).request(statusRequest)).toMatchObject({ ok: true })
  })

  it('takes IPv4 and IPv6 on the same port side by side', async () => {
    const { server, listener, requests } = await serve(accept, { address: '0.0.0.0' })
    const six = await server.listen({ address: '::', port: listener.port, kind: 'authentication' })
    for (const host of ['127.0.0.1', '::1']) {
      const result = await clientOf(six, { host }).request(statusRequest)
      expect(result).toMatchObject({ ok: true })
    }
    expect(requests.map(({ source }) => `${source.family} ${source.address}`)).toEqual(['IPv4 127.0.0.1', 'IPv6 ::1'])
  })

  it('keeps nothing of what it drops', async () => {
    const { server, listener } = await serve()
    const socket = await bare(listener)
    for (let count = 0; count < 2_000; count++) await socket.send(Uint8Array.of(1, count & 0xff, count >> 8))
    await expect.poll(() => server.counters.dropped['too-short'] ?? 0).toBeGreaterThan(100)
    expect(server.counters).toMatchObject({ accepted: 0, pending: 0, repliesKept: 0 })
  })

  it('closes at once: a late answer goes nowhere', async () => {
    const { listener, requests } = await serve()
    void clientOf(listener, { timeoutMs: 50, tries: 1 }).request({
      code: packetCodes.accessRequest,
      attributes: pap('x'),
    })
    await expect.poll(() => requests.length).toBe(1)
    await listener.close()
    expect(requests[0]?.respond({ code: packetCodes.accessAccept, attributes: [] })).toBe('closed')
  })
})
