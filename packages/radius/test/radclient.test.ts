/** Debian's radclient against our server. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

import { radclient, type RadclientOptions } from '@sallyport/tooling/servers'
import { afterEach, describe, expect, it } from 'vitest'

import {
  attribute,
  challengeResponse,
  createSharedSecret,
  createUdpServer,
  decodePacket,
  encodeResponse,
  hideSalted,
  mschapV2AcceptAttributes,
  ntPasswordHash,
  packetCodes,
  readAttribute,
  readMschapV2Challenge,
  readMschapV2Response,
  readOctets,
  readUserPassword,
  verifyChapPassword,
  verifyMessageAuthenticator,
  verifyMschapV2,
  verifyRequestAuthenticator,
  type Drop,
  type IncomingRequest,
  type PortKind,
} from '../src/index.ts'

const key = 'a secret of the tests'
const secret = createSharedSecret(key)
const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

const text = (octets: Uint8Array | undefined) => octets && new TextDecoder().decode(octets)

/** A server that knows alice: her password, then the code 123456 at a challenge. */
function decide(request: IncomingRequest<string>): void {
  const { packet } = request
  if (packet.code !== packetCodes.accessRequest) {
    request.respond({
      code: packet.code === packetCodes.statusServer ? packetCodes.accessAccept : packetCodes.accountingResponse,
      attributes: [],
    })
    return
  }
  const password = text(readUserPassword(packet, secret))
  const isChapRight = verifyChapPassword(packet, new TextEncoder().encode('alicepw'))
  if (text(readAttribute(packet, 'State')) === 'pending') {
    const code = password === '123456' ? packetCodes.accessAccept : packetCodes.accessReject
    request.respond({ code, attributes: [attribute('Class', Uint8Array.of(1, 2))] })
  } else if (isChapRight) {
    request.respond({ code: packetCodes.accessAccept, attributes: [] })
  } else if (password === 'alicepw') {
    const attributes = [
      attribute('State', new TextEncoder().encode('pending')),
      attribute('Reply-Message', 'Code, please'),
    ]
    request.respond({ code: packetCodes.accessChallenge, attributes })
  } else {
    request.respond({ code: packetCodes.accessReject, attributes: [] })
  }
}

async function serve(onRequest = decide, kind: PortKind = 'authentication', address = '127.0.0.1') {
  const requests: IncomingRequest<string>[] = []
  const drops: Drop<string>[] = []
  const server = createUdpServer<string>({
    clientFor: () => ({ client: 'vpn', secret, messageAuthenticator: 'optional', dropProxyStateWithout: true }),
    onRequest(request) {
      requests.push(request)
      onRequest(request)
    },
    onDrop: (drop) => drops.push(drop),
  })
  open.push(server)
  const { port } = await server.listen({ address, port: 0, kind })
  const ask = (attributes: readonly string[], options: Partial<RadclientOptions> = {}) =>
    radclient({ host: address, port, secret: key, attributes, ...options })
  return { server, port, requests, drops, ask }
}

const alice = (password: string) => ['User-Name = "alice"', `User-Password = "${password}"`]
const signed = 'Message-Authenticator = 0x00'

describe('radclient', () => {
  it('signs in with PAP through a challenge, with and without Message-Authenticator', async () => {
    const { ask, requests } = await serve()
    for (const more of [[], [signed]]) {
      const challenge = await ask([...alice('alicepw'), ...more])
      expect(challenge.reply).toMatchObject({ code: 'Access-Challenge' })
      const names = challenge.reply?.attributes.map(({ name }) => name)
      expect(names).toEqual(['Message-Authenticator', 'State', 'Reply-Message'])
      const state = challenge.reply?.attributes[1]?.value ?? ''
      const accept = await ask([...alice('123456'), `State = ${state}`, ...more])
      expect(accept).toMatchObject({ exitCode: 0, reply: { code: 'Access-Accept' } })
      expect(accept.reply?.attributes.at(-1)).toEqual({ name: 'Class', value: '0x0102' })
    }
    expect(requests.map((request) => request.messageAuthenticator)).toEqual(['absent', 'absent', 'valid', 'valid'])
  })

  it('is rejected with a wrong password, over IPv6 as well', async () => {
    const { ask } = await serve(decide, 'authentication', '::1')
    expect(await ask(alice('wrong'))).toMatchObject({ exitCode: 1, reply: { code: 'Access-Reject' } })
  })

  it('signs in with CHAP', async () => {
    const { ask } = await serve()
    expect((await ask(['User-Name = "alice"', 'CHAP-Password = "alicepw"'])).reply?.code).toBe('Access-Accept')
    expect((await ask(['User-Name = "alice"', 'CHAP-Password = "wrong"'])).reply?.code).toBe('Access-Reject')
  })

  it('sends the MS-CHAP response that we compute (RFC 2433 §A.5)', async () => {
    const { ask, requests } = await serve()
    await ask(['User-Name = "alice"', 'MS-CHAP-Password = "alicepw"'])
    const [request] = requests
    const challenge = request && readOctets(request.packet, 'MS-CHAP-Challenge')
    const response = request && readOctets(request.packet, 'MS-CHAP-Response')
    if (!challenge || !response) throw new Error('no MS-CHAP in the request')
    // Ident, flags and the response of LAN Manager come before the one of NT.
    expect(response.subarray(26)).toEqual(challengeResponse(challenge, ntPasswordHash('alicepw')))
  })

  it('reads the proof and the keys of our MS-CHAPv2 (RFC 2548 §2.3.3, §2.4)', async () => {
    const ntHash = ntPasswordHash('clientPass')
    const { ask } = await serve((request) => {
      const response = readMschapV2Response(request.packet)
      const authenticatorChallenge = readMschapV2Challenge(request.packet)
      const proof =
        response &&
        authenticatorChallenge &&
        verifyMschapV2({ ntHash, username: 'User', authenticatorChallenge, response })
      if (!proof) return void request.respond({ code: packetCodes.accessReject, attributes: [] })
      const attributes = mschapV2AcceptAttributes(proof, secret, request.packet.authenticator)
      request.respond({ code: packetCodes.accessAccept, attributes })
    })
    // The example of RFC 2759 §9.2.
    const peer = '21402324255E262A28295F2B3A337C7E'
    const answer = '82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF'
    const { reply } = await ask([
      'User-Name = "User"',
      'MS-CHAP-Challenge = 0x5B5D7C7D7B3F2F3E3C2C602132262628',
      `MS-CHAP2-Response = 0x0500${peer}${'00'.repeat(8)}${answer}`,
    ])
    const success = Buffer.from('S=407A5589115FD0D6209F510FE9C04566932CDA56').toString('hex')
    expect(reply?.attributes).toContainEqual({ name: 'MS-CHAP2-Success', value: `0x05${success}` })
    const sendKey = { name: 'MS-MPPE-Send-Key', value: '0x8b7cdc149b993a1ba118cb153f56dccb' }
    expect(reply?.attributes).toContainEqual(sendKey)
  })

  it('gets silence, and we a name, with a wrong secret and Message-Authenticator', async () => {
    const { ask, drops, requests } = await serve()
    const result = await ask([...alice('alicepw'), signed], { secret: 'wrong', retries: 1, timeoutSeconds: 0.3 })
    expect(result.reply).toBeUndefined()
    expect(drops.map(({ reason }) => reason)).toEqual(['message-authenticator-invalid'])
    expect(requests).toHaveLength(0)
  })

  it('is answered Status-Server', async () => {
    const { ask } = await serve()
    const result = await ask([signed], { code: 'status' })
    expect(result.reply?.code).toBe('Access-Accept')
  })

  it('accounts', async () => {
    const { ask, requests } = await serve(decide, 'accounting')
    const result = await ask(['Acct-Status-Type = Start', 'Acct-Session-Id = "17"', 'NAS-IP-Address = 192.0.2.1'], {
      code: 'acct',
    })
    expect(result.reply?.code).toBe('Accounting-Response')
    const [request] = requests
    expect(request && readAttribute(request.packet, 'Acct-Session-Id')).toBe('17')
  })

  it('reads the attributes that we hide for it: Tunnel-Password and an MPPE key', async () => {
    const { ask } = await serve((request) => {
      const hide = (plain: string, salt: number) =>
        hideSalted(new TextEncoder().encode(plain), secret, request.packet.authenticator, Uint8Array.of(0x80, salt))
      request.respond({
        code: packetCodes.accessAccept,
        attributes: [
          attribute('Tunnel-Password', { tag: 1, value: hide('a tunnel password of some length', 1) }),
          attribute('MS-MPPE-Send-Key', hide('0123456789abcdef', 2)),
          attribute('Tunnel-Type', { tag: 1, value: 'L2TP' }),
          attribute('Framed-IPv6-Prefix', '2001:db8::/32'),
        ],
      })
    })
    const { reply } = await ask(alice('alicepw'))
    expect(reply?.attributes.slice(1)).toEqual([
      { name: 'Tunnel-Password:1', value: 'a tunnel password of some length' },
      { name: 'MS-MPPE-Send-Key', value: `0x${Buffer.from('0123456789abcdef').toString('hex')}` },
      { name: 'Tunnel-Type:1', value: 'L2TP' },
      { name: 'Framed-IPv6-Prefix', value: '2001:db8::/32' },
    ])
  })

  it('retransmits when a reply is lost, and gets the same octets, while the work was done once', async () => {
    const { port, requests, server } = await serve()
    // A relay that loses the first reply.
    const replies: Buffer[] = []
    const front = createSocket('udp4')
    const back = createSocket('udp4')
    open.push({ close: () => front.close() }, { close: () => back.close() })
    front.bind(0, '127.0.0.1')
    await once(front, 'listening')
    let client = 0
    front.on('message', (datagram, from) => {
      client = from.port
      back.send(datagram, port, '127.0.0.1')
    })
    back.on('message', (datagram) => {
      replies.push(datagram)
      if (replies.length > 1) front.send(datagram, client, '127.0.0.1')
    })
    const result = await radclient({
      host: '127.0.0.1',
      port: front.address().port,
      secret: key,
      attributes: alice('alicepw'),
      timeoutSeconds: 0.3,
    })
    expect(result.reply?.code).toBe('Access-Challenge')
    expect(replies).toHaveLength(2)
    expect(replies[1]).toEqual(replies[0])
    expect(requests).toHaveLength(1)
    expect(server.counters.repeated).toBe(1)
  })
})

describe('radclient’s CoA-Request and Disconnect-Request (RFC 5176 §2.3)', () => {
  it.each([
    ['coa', packetCodes.coaAck, 'CoA-ACK'],
    ['disconnect', packetCodes.disconnectAck, 'Disconnect-ACK'],
  ] as const)('are verified, and our answer to %s believed', async (code, answer, name) => {
    const socket = createSocket('udp4')
    open.push({ close: () => socket.close() })
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    const seen: unknown[] = []
    socket.on('message', (datagram, from) => {
      const decoded = decodePacket(datagram)
      if (!decoded.ok) throw new Error(decoded.failure)
      const { packet } = decoded
      seen.push(verifyRequestAuthenticator(packet, secret), verifyMessageAuthenticator(packet, secret))
      const attributes = [attribute('Acct-Session-Id', '17')]
      socket.send(
        encodeResponse({ code: answer, request: packet, attributes, secret, messageAuthenticator: true }),
        from.port,
        from.address,
      )
    })
    const result = await radclient({
      host: '127.0.0.1',
      port: socket.address().port,
      secret: key,
      code,
      attributes: ['User-Name = "alice"', signed],
    })
    expect(seen).toEqual([true, 'valid'])
    expect(result.reply?.code).toBe(name)
  })
})
