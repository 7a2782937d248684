/** Our RadSec server and client over real sockets: certificates, connections that break, and peers that dawdle. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect as connectTcp, createServer, type Server, type Socket } from 'node:net'
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls'

import { createCertificates, type CertificateFiles, type TestCertificates } from '@sallyport/tooling/servers'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'

import {
  attribute,
  createTlsClient,
  createTlsServer,
  decodePacket,
  encodeRequest,
  hideUserPassword,
  packetCodes,
  radsecSecret,
  readUserPassword,
  statusRequest,
  type ConnectionEnd,
  type Drop,
  type IncomingRequest,
  type TlsClientOptions,
  type TlsCredentials,
  type TlsServerOptions,
  type TlsSource,
} from '../src/index.ts'

let certificates: TestCertificates
let serverCredentials: TlsCredentials
let clientCredentials: TlsCredentials
const read = async (files: CertificateFiles): Promise<TlsCredentials> => ({
  certificate: await readFile(files.certificate, 'utf8'),
  key: await readFile(files.key, 'utf8'),
})
beforeAll(async () => {
  certificates = await createCertificates()
  serverCredentials = await read(certificates.server)
  clientCredentials = await read(certificates.client)
})
afterAll(() => certificates.remove())

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
})

const accept = (request: IncomingRequest<string>) =>
  void request.respond({ code: packetCodes.accessAccept, attributes: [attribute('Reply-Message', 'Welcome')] })

async function serve(
  onRequest: (request: IncomingRequest<string>) => void = accept,
  options: Partial<TlsServerOptions<string>> = {},
  port = 0,
) {
  const requests: IncomingRequest<string>[] = []
  const drops: Drop<string>[] = []
  const ends: ConnectionEnd[] = []
  const sources: TlsSource[] = []
  const server = createTlsServer<string>({
    credentials: serverCredentials,
    ca: certificates.caPem,
    clientFor(source) {
      sources.push(source)
      return { client: source.certificate.subject }
    },
    onRequest(request) {
      requests.push(request)
      onRequest(request)
    },
    onDrop: (drop) => drops.push(drop),
    onConnectionEnd: (end) => ends.push(end),
    ...options,
  })
  open.push(server)
  const listener = await server.listen({ address: '127.0.0.1', port })
  return { server, listener, requests, drops, ends, sources }
}

function clientOf(port: number, options: Partial<TlsClientOptions> = {}) {
  const client = createTlsClient({
    host: '127.0.0.1',
    port,
    credentials: clientCredentials,
    ca: certificates.caPem,
    watchdogMs: 0,
    backOffMs: 20,
    ...options,
  })
  open.push(client)
  return client
}

const pap = (password: string) => ({
  code: packetCodes.accessRequest,
  attributes: (authenticator: Uint8Array) => [
    attribute('User-Name', 'alice'),
    attribute('User-Password', hideUserPassword(password, radsecSecret, authenticator)),
  ],
})

const accessRequest = (identifier = 0) =>
  encodeRequest({
    code: packetCodes.accessRequest,
    identifier,
    attributes: [attribute('User-Name', 'alice')],
    secret: radsecSecret,
  })

/** A raw TLS connection of the right client, for what our own client would never do. */
async function dial(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const { certificate: cert, key } = clientCredentials
  const socket = connectTls({ host: '127.0.0.1', port, ca: certificates.caPem, cert, key, ...options })
  open.push({ close: () => socket.destroy() })
  socket.on('error', () => undefined)
  await once(socket, 'secureConnect')
  return socket
}

/** Unlike `once`, content with a socket that ends by an error. */
const closed = (socket: Socket) => new Promise((resolve) => socket.resume().once('close', resolve))

/** A relay whose connections a test can cut. */
async function relay(to: number) {
  const pairs: Socket[] = []
  const server: Server = createServer((near) => {
    const far = connectTcp(to, '127.0.0.1')
    near.pipe(far).pipe(near)
    for (const socket of [near, far]) socket.on('error', () => undefined)
    pairs.push(near, far)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => pairs.splice(0).forEach((socket) => socket.resetAndDestroy())
  open.push({
    close() {
      cut()
      server.close()
    },
  })
  return { port: (server.address() as { port: number }).port, cut, pairs }
}

describe('RadSec', () => {
  it('signs a user in, and hands over what the client’s certificate says', async () => {
    const { listener, requests, sources } = await serve()
    const result = await clientOf(listener.port).request(pap('correct horse'))
    expect(result).toMatchObject({ ok: true, tries: 1, packet: { code: packetCodes.accessAccept } })
    const [request] = requests
    expect(request && new TextDecoder().decode(readUserPassword(request.packet, request.secret))).toBe('correct horse')
    expect(request).toMatchObject({ client: 'CN=client1', messageAuthenticator: 'valid', localPort: listener.port })
    const [source] = sources
    expect(source).toMatchObject({ address: '127.0.0.1', family: 'IPv4' })
    expect(source?.certificate.alternativeNames).toContainEqual({ kind: 'DNS', value: 'client1' })
    expect(source?.certificate.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    expect(source?.certificate.expiresAt.getTime()).toBeGreaterThan(Date.now())
  })

  it('takes accounting and Status-Server on the same connection (RFC 6614 §2.1)', async () => {
    const { listener } = await serve((request) => {
      const isAccounting = request.packet.code === packetCodes.accountingRequest
      const code = isAccounting ? packetCodes.accountingResponse : packetCodes.accessAccept
      request.respond({ code, attributes: [] })
    })
    const client = clientOf(listener.port)
    const accounting = await client.request({
      code: packetCodes.accountingRequest,
      attributes: [attribute('Acct-Status-Type', 'Start'), attribute('Acct-Session-Id', '1')],
    })
    expect(accounting).toMatchObject({ ok: true, packet: { code: packetCodes.accountingResponse } })
    expect(await client.request(statusRequest)).toMatchObject({ ok: true, packet: { code: packetCodes.accessAccept } })
    expect(client.openConnections).toBe(1)
  })

  it('keeps 600 requests under way over three connections, answered in any order', async () => {
    const waiting: IncomingRequest<string>[] = []
    const { listener } = await serve((request) => {
      waiting.push(request)
      if (waiting.length === 600) for (const each of waiting.reverse()) accept(each)
    })
    const client = clientOf(listener.port, { timeoutMs: 10_000, tries: 1 })
    const results = await Promise.all(Array.from({ length: 600 }, () => client.request(pap('x'))))
    expect(results.filter(({ ok }) => ok)).toHaveLength(600)
    expect(client.openConnections).toBe(3)
  })

  it('queues what has no identifier, and goes on as they become free', async () => {
    const { listener } = await serve((request) => setImmediate(() => accept(request)))
    const client = clientOf(listener.port, { connections: 1, timeoutMs: 10_000 })
    const results = await Promise.all(Array.from({ length: 700 }, () => client.request(pap('x'))))
    expect(results.every(({ ok }) => ok)).toBe(true)
    expect(client.openConnections).toBe(1)
  })

  it('answers what is not wanted on this port by name (RFC 6614 §2.5)', async () => {
    const { listener, drops } = await serve()
    const socket = await dial(listener.port)
    socket.write(
      encodeRequest({ code: packetCodes.disconnectRequest, identifier: 3, attributes: [], secret: radsecSecret }),
    )
    const [reply] = (await once(socket, 'data')) as [Buffer]
    const decoded = decodePacket(reply)
    expect(decoded).toMatchObject({ ok: true, packet: { code: packetCodes.disconnectNak, identifier: 3 } })
    expect(drops.map(({ reason }) => reason)).toEqual(['unexpected-code'])
  })

  it('repeats an answer to a client that repeats its request, and does the work once', async () => {
    const { listener, requests, server } = await serve()
    const socket = await dial(listener.port)
    const bytes = accessRequest()
    const replies: Buffer[] = []
    socket.on('data', (chunk: Buffer) => replies.push(chunk))
    socket.write(bytes)
    await once(socket, 'data')
    socket.write(bytes)
    await once(socket, 'data')
    expect(replies[1]).toEqual(replies[0])
    expect(requests).toHaveLength(1)
    expect(server.counters.repeated).toBe(1)
  })
})

describe('certificates', () => {
  it.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['foreign', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ] as const)('of a client that are %s are refused by name, and nothing of its is read', async (which, detail) => {
    const { listener, ends, requests } = await serve()
    const credentials = await read(certificates[which])
    const client = clientOf(listener.port, { credentials })
    const result = await client.request(pap('x'))
    expect(result).toMatchObject({ ok: false, reason: 'send-failed' })
    expect(ends[0]).toMatchObject({ ending: 'certificate-refused', detail, source: { address: '127.0.0.1' } })
    expect(ends[0]?.source?.certificate?.subject).toBe('CN=localhost')
    expect(requests).toHaveLength(0)
  })

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('are demanded of clients in %s', async (version) => {
    const { listener, ends } = await serve()
    const versions = { minVersion: version, maxVersion: version }
    const socket = connectTls({ host: '127.0.0.1', port: listener.port, ca: certificates.caPem, ...versions })
    socket.on('error', () => undefined)
    socket.write(accessRequest())
    await closed(socket)
    await vi.waitFor(() => expect(ends).toMatchObject([{ ending: 'certificate-refused', detail: 'NO_CERTIFICATE' }]))
  })

  it.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['foreign', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['otherName', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)('of a server that are %s are refused by the client', async (which, systemError) => {
    const { listener, requests } = await serve(accept, { credentials: await read(certificates[which]) })
    const result = await clientOf(listener.port).request(pap('x'))
    expect(result).toMatchObject({ ok: false, reason: 'send-failed', tries: 0, systemError })
    expect(requests).toHaveLength(0)
  })

  it('are looked at for the name that they should have, when it is not the host’s', async () => {
    const { listener } = await serve()
    const client = clientOf(listener.port, { serverName: 'localhost' })
    expect(await client.request(pap('x'))).toMatchObject({ ok: true })
    expect(client.serverCertificate?.subject).toBe('CN=localhost')
    const other = clientOf(listener.port, { serverName: 'radius.example' })
    expect(await other.request(pap('x'))).toMatchObject({ systemError: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  })

  it('are renewed without closing a port, and not when they do not fit their key', async () => {
    const { listener, server } = await serve(accept, { credentials: await read(certificates.expired) })
    const { key } = clientCredentials
    expect(() => server.replaceCredentials({ ...serverCredentials, key }, certificates.caPem)).toThrow()
    server.replaceCredentials(serverCredentials, certificates.caPem)
    expect(await clientOf(listener.port).request(pap('x'))).toMatchObject({ ok: true })
  })

  it('do not help below TLS 1.2', async () => {
    const { listener, ends } = await serve()
    const old: ConnectionOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }
    await expect(dial(listener.port, old)).rejects.toThrow()
    await vi.waitFor(() =>
      expect(ends).toMatchObject([{ ending: 'handshake-failed', detail: 'ERR_SSL_UNSUPPORTED_PROTOCOL' }]),
    )
  })
})

describe('a connection to our server ends', () => {
  const ending = async (ends: readonly ConnectionEnd[]) => {
    await vi.waitFor(() => expect(ends).toHaveLength(1))
    return ends[0]
  }

  it('by name when it is cut inside a packet', async () => {
    const { listener, ends, requests } = await serve()
    const socket = await dial(listener.port)
    socket.write(Buffer.concat([accessRequest(1), accessRequest(2).subarray(0, 30)]))
    await once(socket, 'data')
    socket.end()
    expect(await ending(ends)).toMatchObject({ ending: 'cut-inside-packet', source: { address: '127.0.0.1' } })
    expect(requests).toHaveLength(1)
  })

  it.each([
    ['a Length below the header', Uint8Array.of(1, 0, 0, 19), 'length-below-header'],
    ['a Length beyond the maximum', Uint8Array.of(1, 0, 0x10, 1), 'length-beyond-maximum'],
    [
      'an attribute that overruns',
      Uint8Array.of(1, 0, 0, 22, ...new Uint8Array(16), 1, 9),
      'attribute-overruns-packet',
    ],
  ])('at %s (RFC 6613 §2.6.4)', async (_what, bytes, reason) => {
    const { listener, ends, drops } = await serve()
    const socket = await dial(listener.port)
    socket.write(bytes)
    await closed(socket)
    expect(await ending(ends)).toMatchObject({ ending: 'packet-refused', detail: reason })
    expect(drops.map((drop) => drop.reason)).toEqual([reason])
  })

  it('at a packet that is not signed as it must be, and at a client that nobody knows', async () => {
    const { listener, ends } = await serve()
    const forged = accessRequest()
    forged[30] = (forged[30] ?? 0) ^ 1
    const socket = await dial(listener.port)
    socket.write(forged)
    expect(await ending(ends)).toMatchObject({ detail: 'message-authenticator-invalid' })

    const strict = await serve(accept, { clientFor: () => undefined })
    const other = await dial(strict.listener.port)
    other.write(accessRequest())
    expect(await ending(strict.ends)).toMatchObject({ ending: 'packet-refused', detail: 'unknown-client' })
  })

  it('stays at a code that it does not know', async () => {
    const { listener, drops } = await serve()
    const socket = await dial(listener.port)
    socket.write(Buffer.concat([Uint8Array.of(99, 0, 0, 20, ...new Uint8Array(16)), accessRequest()]))
    await once(socket, 'data')
    expect(drops.map(({ reason }) => reason)).toEqual(['unknown-code'])
  })

  it('when a packet takes too long, however diligently its octets come', async () => {
    const { listener, ends } = await serve(accept, { packetTimeoutMs: 150 })
    const socket = await dial(listener.port)
    const bytes = accessRequest()
    let at = 0
    const drip = setInterval(() => socket.write(bytes.subarray(at, ++at)), 20)
    await closed(socket)
    clearInterval(drip)
    expect(await ending(ends)).toMatchObject({ ending: 'packet-timeout' })
  })

  it('when nothing comes for too long', async () => {
    const { listener, ends } = await serve(accept, { idleTimeoutMs: 100 })
    await dial(listener.port)
    expect(await ending(ends)).toMatchObject({ ending: 'idle' })
  })

  it('when the handshake never begins', async () => {
    const { listener, ends } = await serve(accept, { handshakeTimeoutMs: 100 })
    const socket = connectTcp(listener.port, '127.0.0.1')
    await closed(socket)
    expect(await ending(ends)).toMatchObject({ ending: 'handshake-timeout' })
  })

  it('at once when its address has too many, and makes room when one goes', async () => {
    const { listener, ends, server } = await serve(accept, { connectionsPerAddress: 2 })
    const [first] = [await dial(listener.port), await dial(listener.port)]
    const third = connectTcp(listener.port, '127.0.0.1')
    third.on('error', () => undefined)
    await closed(third)
    expect(await ending(ends)).toMatchObject({ ending: 'too-many-connections-of-address' })
    first.destroy()
    await vi.waitFor(() => expect(server.connections).toBe(1))
    await vi.waitFor(() => dial(listener.port))
  })

  it('when its reader does not read', async () => {
    const { listener, ends } = await serve((request) =>
      request.respond({
        code: packetCodes.accessAccept,
        attributes: Array.from({ length: 15 }, () => attribute('Reply-Message', 'x'.repeat(250))),
      }),
    )
    const socket = await dial(listener.port)
    socket.pause()
    for (let round = 0; ends.length === 0 && round < 400; round++) {
      for (let identifier = 0; identifier < 64; identifier++) socket.write(accessRequest(identifier))
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await ending(ends)).toMatchObject({ ending: 'slow-reader' })
  })

  it('with its server, handshakes included', async () => {
    const { listener, server, ends } = await serve()
    await dial(listener.port)
    const half = connectTcp(listener.port, '127.0.0.1')
    half.on('error', () => undefined)
    await once(half, 'connect')
    await vi.waitFor(() => expect(server.connections).toBe(1))
    const gone = closed(half)
    await server.close()
    await gone
    expect(ends.map(({ ending: why }) => why)).toContain('closed')
  })
})

describe('our client', () => {
  it('sends a request again over another connection when one is lost', async () => {
    const seen: IncomingRequest<string>[] = []
    const { listener } = await serve((request) => {
      seen.push(request)
      if (seen.length === 2) cut()
      else accept(request)
    })
    const { port, cut } = await relay(listener.port)
    const client = clientOf(port)
    expect(await client.request(pap('x'))).toMatchObject({ ok: true, tries: 1 })
    expect(await client.request(pap('y'))).toMatchObject({ ok: true, tries: 2 })
    expect(seen[2]?.packet.authenticator).toEqual(seen[1]?.packet.authenticator)
  })

  it('fails soon when nobody listens, backs off, and comes back', async () => {
    const first = await serve()
    const { port } = first.listener
    await first.server.close()
    const client = clientOf(port, { backOffMs: 40 })
    expect(await client.request(pap('x'))).toMatchObject({
      ok: false,
      reason: 'send-failed',
      systemError: 'ECONNREFUSED',
      tries: 0,
    })
    await serve(accept, {}, port)
    expect(await client.request(pap('x'))).toMatchObject({ ok: true })
  })

  it('fails at once while a long back-off lasts', async () => {
    const { listener, server } = await serve()
    await server.close()
    let now = 0
    const client = clientOf(listener.port, { backOffMs: 10_000, clock: () => now })
    expect(await client.request(pap('x'))).toMatchObject({ reason: 'send-failed' })
    await serve(accept, {}, listener.port)
    expect(await client.request(pap('x'))).toMatchObject({ reason: 'send-failed', systemError: 'ECONNREFUSED' })
    now = 10_001
    expect(await client.request(pap('x'))).toMatchObject({ ok: true })
  })

  it('gives up in its time, and does not take a late answer for that of another request', async () => {
    const held: IncomingRequest<string>[] = []
    const { listener } = await serve((request) => {
      if (held.push(request) > 1) accept(request)
    })
    const client = clientOf(listener.port, { timeoutMs: 100, tries: 1 })
    expect(await client.request(pap('x'))).toMatchObject({ ok: false, reason: 'timeout', tries: 1 })
    held.forEach(accept)
    expect(await client.request(pap('y'))).toMatchObject({ ok: true })
    expect(client.rejected).toEqual({})
    expect(client.openConnections).toBe(1)
  })

  it('asks a silent server whether it lives, and leaves one that does not answer', async () => {
    const { listener, requests } = await serve()
    const { port, pairs } = await relay(listener.port)
    const client = clientOf(port, { watchdogMs: 50, watchdogTimeoutMs: 100 })
    expect(await client.request(pap('x'))).toMatchObject({ ok: true })
    await vi.waitFor(() => expect(requests.at(-1)?.packet.code).toBe(packetCodes.statusServer))
    expect(client.openConnections).toBe(1)
    for (const socket of pairs) socket.unpipe().pause()
    await vi.waitFor(() => expect(client.openConnections).toBe(0))
    expect(await client.request(pap('x'))).toMatchObject({ ok: true })
  })

  it('ends a connection whose answers are not signed', async () => {
    const { listener } = await serve()
    const client = clientOf(listener.port, { requireMessageAuthenticator: true })
    expect(await client.request(pap('x'))).toMatchObject({ ok: true })
    const unsigned = await serve((request) =>
      request.respond({ code: packetCodes.accessAccept, attributes: [], messageAuthenticator: false }),
    )
    const other = clientOf(unsigned.listener.port, { requireMessageAuthenticator: true, tries: 1 })
    expect(await other.request(pap('x'))).toMatchObject({
      ok: false,
      reason: 'send-failed',
      rejected: 'message-authenticator-missing',
    })
    expect(other.rejected).toEqual({ 'message-authenticator-missing': 1 })
  })

  it('is aborted and closed', async () => {
    const { listener } = await serve(() => undefined)
    const client = clientOf(listener.port)
    const controller = new AbortController()
    const aborted = client.request({ ...pap('x'), signal: controller.signal })
    const waiting = client.request(pap('y'))
    await vi.waitFor(() => expect(client.openConnections).toBe(1))
    controller.abort()
    expect(await aborted).toMatchObject({ ok: false, reason: 'aborted' })
    await client.close()
    expect(await waiting).toMatchObject({ ok: false, reason: 'closed' })
    expect(await client.request(pap('z'))).toMatchObject({ ok: false, reason: 'closed', tries: 0 })
    expect(client.openConnections).toBe(0)
  })
})
