/** RadSec against FreeRADIUS on both ends: as the server of our client, and as a proxy whose home server is ours. */
import { readFile } from 'node:fs/promises'

import {
  createCertificates,
  radclient,
  startFreeRadiusProxy,
  startFreeRadiusRadsec,
  type CertificateFiles,
  type RunningFreeRadiusProxy,
  type RunningFreeRadiusRadsec,
  type TestCertificates,
} from '@sallyport/tooling/servers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import {
  attribute,
  createTlsClient,
  createTlsServer,
  hideUserPassword,
  packetCodes,
  radsecSecret,
  readAttribute,
  readUserPassword,
  statusRequest,
  type ClientResult,
  type ConnectionEnd,
  type IncomingRequest,
  type TlsClientOptions,
} from '../src/index.ts'

let certificates: TestCertificates
let server: RunningFreeRadiusRadsec
const read = async (files: CertificateFiles) => ({
  certificate: await readFile(files.certificate, 'utf8'),
  key: await readFile(files.key, 'utf8'),
})
beforeAll(async () => {
  certificates = await createCertificates()
  server = await startFreeRadiusRadsec({
    certificate: certificates.server,
    caFile: certificates.caFile,
    users: [
      { name: 'alice', password: 'alicepw', reply: ['Reply-Message := "Hello alice"'] },
      ...Array.from({ length: 300 }, (_, index) => ({ name: `u${index}`, password: `p${index}` })),
    ],
  })
})
const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})
afterAll(async () => {
  await server.stop()
  await certificates.remove()
})

async function clientOf(port: number, options: Partial<TlsClientOptions> = {}) {
  const client = createTlsClient({
    host: '127.0.0.1',
    port,
    credentials: await read(certificates.client),
    ca: certificates.caPem,
    ...options,
  })
  open.push(client)
  return client
}

const pap = (name: string, password: string) => ({
  code: packetCodes.accessRequest,
  attributes: (authenticator: Uint8Array) => [
    attribute('User-Name', name),
    attribute('User-Password', hideUserPassword(password, radsecSecret, authenticator)),
  ],
})
const codeOf = (result: ClientResult) => (result.ok ? result.packet.code : result)

describe('our client and FreeRADIUS over RadSec', () => {
  it('sign in, are rejected, account and ask for its state, all on one connection', async () => {
    const client = await clientOf(server.port)
    const accept = await client.request(pap('alice', 'alicepw'))
    expect(codeOf(accept)).toBe(packetCodes.accessAccept)
    expect(accept.ok && readAttribute(accept.packet, 'Reply-Message')).toBe('Hello alice')
    expect(codeOf(await client.request(pap('alice', 'wrong')))).toBe(packetCodes.accessReject)
    const accounting = { attributes: [attribute('Acct-Status-Type', 'Start'), attribute('Acct-Session-Id', '17')] }
    const acknowledged = await client.request({ code: packetCodes.accountingRequest, ...accounting })
    expect(codeOf(acknowledged)).toBe(packetCodes.accountingResponse)
    expect(codeOf(await client.request(statusRequest))).toBe(packetCodes.accessAccept)
    expect(client.openConnections).toBe(1)
    expect(client.serverCertificate?.subject).toBe('CN=localhost')
  })

  it('keep 300 sign-ins under way over two connections', async () => {
    const client = await clientOf(server.port, { timeoutMs: 10_000 })
    const all = Array.from({ length: 300 }, (_, index) => client.request(pap(`u${index}`, `p${index}`)))
    const codes = (await Promise.all(all)).map(codeOf)
    expect(new Set(codes)).toEqual(new Set([packetCodes.accessAccept]))
    expect(client.openConnections).toBe(2)
  })

  it.each(['expired', 'foreign'] as const)('do not sign in with a client certificate that is %s', async (which) => {
    const client = await clientOf(server.port, { credentials: await read(certificates[which]), backOffMs: 20 })
    expect(await client.request(pap('alice', 'alicepw'))).toMatchObject({ ok: false, reason: 'send-failed' })
  })

  it('go on after it was restarted', async () => {
    const certificate = { certificate: certificates.server, caFile: certificates.caFile }
    const users = [{ name: 'alice', password: 'alicepw' }]
    const first = await startFreeRadiusRadsec({ ...certificate, users })
    const client = await clientOf(first.port, { backOffMs: 20 })
    expect(codeOf(await client.request(pap('alice', 'alicepw')))).toBe(packetCodes.accessAccept)
    await first.stop()
    expect(await client.request(pap('alice', 'alicepw'))).toMatchObject({ ok: false, systemError: 'ECONNREFUSED' })
    const second = await startFreeRadiusRadsec({ ...certificate, users, port: first.port })
    try {
      expect(codeOf(await client.request(pap('alice', 'alicepw')))).toBe(packetCodes.accessAccept)
    } finally {
      await second.stop()
    }
  })
})

describe('our server behind FreeRADIUS as a RadSec proxy', () => {
  const requests: IncomingRequest<string>[] = []
  const ends: ConnectionEnd[] = []
  let proxy: RunningFreeRadiusProxy | undefined
  afterEach(async () => {
    await proxy?.stop()
    proxy = undefined
  })

  async function serve() {
    requests.length = 0
    ends.length = 0
    const own = createTlsServer<string>({
      credentials: await read(certificates.server),
      ca: certificates.caPem,
      clientFor: (source) => ({ client: source.certificate.subject }),
      onRequest(request) {
        requests.push(request)
        const { packet } = request
        const password = readUserPassword(packet, request.secret)
        const isRight = password && new TextDecoder().decode(password) === 'alicepw'
        const code =
          packet.code === packetCodes.accountingRequest
            ? packetCodes.accountingResponse
            : isRight
              ? packetCodes.accessAccept
              : packetCodes.accessReject
        request.respond({ code, attributes: isRight ? [attribute('Reply-Message', 'From behind')] : [] })
      },
      onConnectionEnd: (end) => ends.push(end),
    })
    open.push(own)
    return (await own.listen({ address: '127.0.0.1', port: 0 })).port
  }

  const ask = (through: RunningFreeRadiusProxy, password: string) =>
    radclient({
      host: through.host,
      port: through.port,
      secret: through.secret,
      attributes: ['User-Name = "alice"', `User-Password = "${password}"`],
    })

  it('answers sign-ins and accounting, knows the proxy by its certificate, and returns its Proxy-State', async () => {
    const homePort = await serve()
    proxy = await startFreeRadiusProxy({ certificate: certificates.client, caFile: certificates.caFile, homePort })
    const right = await ask(proxy, 'alicepw')
    expect(right.reply?.code).toBe('Access-Accept')
    expect(right.reply?.attributes).toContainEqual({ name: 'Reply-Message', value: 'From behind' })
    expect((await ask(proxy, 'wrong')).reply?.code).toBe('Access-Reject')
    const accounting = await radclient({
      host: proxy.host,
      port: proxy.accountingPort,
      secret: proxy.secret,
      code: 'acct',
      attributes: ['Acct-Status-Type = Start', 'Acct-Session-Id = "17"', 'NAS-IP-Address = 127.0.0.1'],
    })
    expect(accounting.reply?.code).toBe('Accounting-Response')
    expect(requests.map(({ client }) => client)).toEqual(['CN=client1', 'CN=client1', 'CN=client1'])
    expect(requests.every(({ packet }) => readAttribute(packet, 'Proxy-State') !== undefined)).toBe(true)
  })

  it('refuses a proxy whose certificate is of an authority that nobody named', async () => {
    const homePort = await serve()
    proxy = await startFreeRadiusProxy({ certificate: certificates.foreign, caFile: certificates.caFile, homePort })
    const result = await radclient({
      host: proxy.host,
      port: proxy.port,
      secret: proxy.secret,
      attributes: ['User-Name = "alice"', 'User-Password = "alicepw"'],
      retries: 1,
      timeoutSeconds: 1,
    })
    expect(result.reply?.code).not.toBe('Access-Accept')
    expect(ends[0]).toMatchObject({ ending: 'certificate-refused', detail: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })
    expect(requests).toHaveLength(0)
  })
})
