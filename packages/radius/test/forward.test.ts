/** A proxy made of our server and our client, between radclient and FreeRADIUS: over UDP, and over RadSec. */
import { readFile } from 'node:fs/promises'

import {
  createCertificates,
  radclient,
  startFreeRadius,
  startFreeRadiusRadsec,
  type FreeRadiusUser,
  type TestCertificates,
} from '@sallyport/tooling/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  createSharedSecret,
  createTlsClient,
  createUdpClient,
  createUdpServer,
  forwardReply,
  forwardRequest,
  generateNtResponse,
  mppeKeys,
  hashNtPasswordHash,
  ntPasswordHash,
  radsecSecret,
  type SharedSecret,
  type TlsClient,
  type UdpClient,
} from '../src/index.ts'

const nearKey = 'of the device'
const near = createSharedSecret(nearKey)
const users: readonly FreeRadiusUser[] = [
  {
    name: 'alice',
    password: 'alice has a long password',
    reply: ['Reply-Message := "Hello alice"', 'Tunnel-Password:2 := "a tunnel password of some length"'],
  },
]

let certificates: TestCertificates
const stops: (() => Promise<void>)[] = []
const ports: Partial<Record<'UDP' | 'RadSec', number>> = {}

async function proxyTo(client: UdpClient | TlsClient, secret: SharedSecret): Promise<number> {
  const server = createUdpServer<string>({
    clientFor: () => ({ client: 'vpn', secret: near, messageAuthenticator: 'optional', dropProxyStateWithout: true }),
    onRequest(request) {
      const { packet } = request
      const proxyState = Uint8Array.of(1, 2, 3)
      const asked = client.request({
        code: packet.code,
        attributes: (authenticator) => forwardRequest(packet, near, { secret, authenticator, proxyState }).attributes,
      })
      void asked.then((result) => {
        if (!result.ok) {
          request.ignore()
          return
        }
        const from = { secret, authenticator: result.requestAuthenticator }
        const { attributes } = forwardReply(result.packet, from, { secret: near, authenticator: packet.authenticator })
        request.respond({ code: result.packet.code, attributes })
      })
    },
  })
  stops.push(
    () => client.close(),
    () => server.close(),
  )
  return (await server.listen({ address: '127.0.0.1', port: 0, kind: 'authentication' })).port
}

beforeAll(async () => {
  certificates = await createCertificates()
  const farKey = 'of-the-home-server'
  const udp = await startFreeRadius({ users, secret: farKey })
  stops.push(() => udp.stop())
  const tls = await startFreeRadiusRadsec({ users, certificate: certificates.server, caFile: certificates.caFile })
  stops.push(() => tls.stop())
  const far = createSharedSecret(farKey)
  const overUdp = createUdpClient({
    secret: far,
    host: udp.host,
    port: udp.passwordPort,
    requireMessageAuthenticator: false,
  })
  const overTls = createTlsClient({
    host: tls.host,
    port: tls.port,
    ca: certificates.caPem,
    credentials: {
      certificate: await readFile(certificates.client.certificate, 'utf8'),
      key: await readFile(certificates.client.key, 'utf8'),
    },
  })
  ports.UDP = await proxyTo(overUdp, far)
  ports.RadSec = await proxyTo(overTls, radsecSecret)
})
afterAll(async () => {
  for (const stop of stops.reverse()) await stop()
  await certificates.remove()
})

describe.each(['UDP', 'RadSec'] as const)('radclient through our proxy to FreeRADIUS over %s', (by) => {
  const ask = (attributes: readonly string[]) =>
    radclient({
      host: '127.0.0.1',
      port: ports[by] ?? 0,
      secret: nearKey,
      attributes: ['User-Name = "alice"', ...attributes, 'Message-Authenticator = 0x00'],
    })

  it('signs in with PAP, and reads the tunnel password; its own Proxy-State comes back, ours does not', async () => {
    const { reply } = await ask(['User-Password = "alice has a long password"', 'Proxy-State = 0x77'])
    expect(reply).toMatchObject({ code: 'Access-Accept' })
    expect(reply?.attributes.slice(1)).toEqual([
      { name: 'Reply-Message', value: 'Hello alice' },
      { name: 'Tunnel-Password:2', value: 'a tunnel password of some length' },
      { name: 'Proxy-State', value: '0x77' },
    ])
    expect((await ask(['User-Password = "wrong"'])).reply?.code).toBe('Access-Reject')
  })

  it('signs in with CHAP, whose challenge was the authenticator of its own request', async () => {
    expect((await ask(['CHAP-Password = "alice has a long password"'])).reply?.code).toBe('Access-Accept')
    expect((await ask(['CHAP-Password = "wrong"'])).reply?.code).toBe('Access-Reject')
  })

  it('signs in with MS-CHAPv2, and reads the keys', async () => {
    const ntHash = ntPasswordHash('alice has a long password')
    const challenge = new Uint8Array(16).fill(0x11)
    const response = generateNtResponse(challenge, challenge, 'alice', ntHash)
    const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex')
    const { reply } = await ask([
      `MS-CHAP-Challenge = 0x${hex(challenge)}`,
      `MS-CHAP2-Response = 0x0700${hex(challenge)}${'00'.repeat(8)}${hex(response)}`,
    ])
    expect(reply?.code).toBe('Access-Accept')
    const { sendKey, recvKey } = mppeKeys(hashNtPasswordHash(ntHash), response)
    expect(reply?.attributes).toContainEqual({ name: 'MS-MPPE-Send-Key', value: `0x${hex(sendKey)}` })
    expect(reply?.attributes).toContainEqual({ name: 'MS-MPPE-Recv-Key', value: `0x${hex(recvKey)}` })
  })
})
