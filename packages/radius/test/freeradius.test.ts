/** Our client against FreeRADIUS. */
import { startFreeRadius } from '@sallyport/tooling/servers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import {
  attribute,
  chapPassword,
  createSharedSecret,
  createUdpClient,
  hideUserPassword,
  packetCodes,
  readAttribute,
  revealSalted,
  statusRequest,
  type Attribute,
  type ClientResult,
  type UdpClientOptions,
} from '../src/index.ts'

let server: Awaited<ReturnType<typeof startFreeRadius>>
beforeAll(async () => {
  server = await startFreeRadius({
    users: [
      { name: 'alice', password: 'alicepw', reply: ['Reply-Message := "Hello alice"'] },
      {
        name: 'tunnel',
        password: 'tunnelpw',
        reply: [
          'Tunnel-Password:2 := "a tunnel password of some length"',
          'MS-MPPE-Send-Key := 0x00112233445566778899aabbccddeeff',
        ],
      },
      ...Array.from({ length: 600 }, (_, index) => ({ name: `u${index}`, password: `p${index}` })),
    ],
  })
})
afterAll(() => server.stop())

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

const secret = createSharedSecret('testing123')
function client(options: Partial<UdpClientOptions> = {}) {
  const made = createUdpClient({
    secret,
    host: server.host,
    port: server.passwordPort,
    // FreeRADIUS 3.2.1 is older than CVE-2024-3596: it sends no Message-Authenticator of its own accord.
    requireMessageAuthenticator: false,
    ...options,
  })
  open.push(made)
  return made
}

const pap =
  (name: string, password: string, by = secret, more: readonly Attribute[] = []) =>
  (authenticator: Uint8Array) => [
    attribute('User-Name', name),
    attribute('User-Password', hideUserPassword(password, by, authenticator)),
    ...more,
  ]
const ask = (attributes: ReturnType<typeof pap>) => ({ code: packetCodes.accessRequest, attributes })
const codeOf = (result: ClientResult) => (result.ok ? result.packet.code : result.reason)

describe('our client and FreeRADIUS', () => {
  it('sign in with PAP, and are rejected with a wrong password', async () => {
    const asking = client()
    const accept = await asking.request(ask(pap('alice', 'alicepw')))
    expect(codeOf(accept)).toBe(packetCodes.accessAccept)
    expect(accept.ok && readAttribute(accept.packet, 'Reply-Message')).toBe('Hello alice')
    expect(codeOf(await asking.request(ask(pap('alice', 'wrong'))))).toBe(packetCodes.accessReject)
  })

  it('sign in with CHAP, whose challenge is the authenticator', async () => {
    const attributes = (password: string) => (authenticator: Uint8Array) => [
      attribute('User-Name', 'alice'),
      attribute('CHAP-Password', chapPassword(7, new TextEncoder().encode(password), authenticator)),
    ]
    const asking = client()
    expect(codeOf(await asking.request(ask(attributes('alicepw'))))).toBe(packetCodes.accessAccept)
    expect(codeOf(await asking.request(ask(attributes('wrong'))))).toBe(packetCodes.accessReject)
  })

  it('go through a challenge by its State', async () => {
    const asking = client({ port: server.challengePort })
    const challenge = await asking.request(ask(pap('alice', 'alicepw')))
    if (!challenge.ok) throw new Error(challenge.reason)
    expect(challenge.packet.code).toBe(packetCodes.accessChallenge)
    expect(readAttribute(challenge.packet, 'Prompt')).toBe(0)
    const state = challenge.packet.attributes.filter(({ type }) => type === 24)
    expect(state).toHaveLength(1)
    const answer = (code: string) => asking.request(ask(pap('alice', code, secret, state)))
    expect(codeOf(await answer('123456'))).toBe(packetCodes.accessAccept)
  })

  it('keep 600 sign-ins under way over several sockets', async () => {
    const asking = client({ sockets: 4, timeoutMs: 5_000 })
    const results = await Promise.all(
      Array.from({ length: 600 }, (_, index) => asking.request(ask(pap(`u${index}`, `p${index}`)))),
    )
    expect(results.filter((result) => codeOf(result) === packetCodes.accessAccept)).toHaveLength(600)
    expect(asking.openSockets).toBe(3)
  })

  it('reveal what FreeRADIUS hides with a salt', async () => {
    const accept = await client().request(ask(pap('tunnel', 'tunnelpw')))
    if (!accept.ok) throw new Error(accept.reason)
    const reveal = (hidden: Uint8Array | undefined) =>
      hidden && Buffer.from(revealSalted(hidden, secret, accept.requestAuthenticator) ?? [])
    const password = readAttribute(accept.packet, 'Tunnel-Password')
    expect(password?.tag).toBe(2)
    expect(reveal(password?.value)?.toString()).toBe('a tunnel password of some length')
    expect(reveal(readAttribute(accept.packet, 'MS-MPPE-Send-Key'))?.toString('hex')).toBe(
      '00112233445566778899aabbccddeeff',
    )
  })

  it('get no answer with a wrong secret, for the Message-Authenticator is not theirs', async () => {
    const wrong = createSharedSecret('wrong')
    const asking = client({ secret: wrong, timeoutMs: 150, tries: 2 })
    const result = await asking.request(ask(pap('alice', 'alicepw', wrong)))
    expect(result).toMatchObject({ ok: false, reason: 'timeout', tries: 2 })
  })

  it('do not believe an answer under another secret', async () => {
    const wrong = createSharedSecret('wrong')
    const asking = client({ secret: wrong, timeoutMs: 1_500, tries: 1 })
    const result = await asking.request({ ...ask(pap('alice', 'alicepw', wrong)), messageAuthenticator: false })
    expect(result).toMatchObject({ ok: false, reason: 'timeout', rejected: 'response-authenticator-invalid' })
  })

  it('ask and answer Status-Server', async () => {
    expect(codeOf(await client().request(statusRequest))).toBe(packetCodes.accessAccept)
  })

  it('account', async () => {
    const result = await client({ port: server.accountingPort }).request({
      code: packetCodes.accountingRequest,
      attributes: [attribute('Acct-Status-Type', 'Start'), attribute('Acct-Session-Id', '17')],
    })
    expect(codeOf(result)).toBe(packetCodes.accountingResponse)
  })
})
