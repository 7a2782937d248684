/** FreeRADIUS and radclient against each other: what our tests lean on works by itself. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { afterAll, describe, expect, it } from 'vitest'

import { startFreeRadiusLdap, startFreeRadius, type RunningFreeRadius } from './freeradius.ts'
import { startFreeRadiusUdpProxy } from './freeradius-udp-proxy.ts'
import { radclient, type RadclientOptions } from './radclient.ts'
import { startSlapd } from './slapd.ts'

const running: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const stop of running.splice(0).reverse()) await stop()
})

const user = (name: string, password: string) => [`User-Name = "${name}"`, `User-Password = "${password}"`]

async function signInWithChallenge(server: RunningFreeRadius, name: string, password: string, code: string) {
  const ask = (attributes: string[]): Partial<RadclientOptions> & RadclientOptions => ({
    host: server.host,
    port: server.challengePort,
    secret: server.secret,
    attributes,
  })
  const first = await radclient(ask(user(name, password)))
  expect(first.reply?.code).toBe('Access-Challenge')
  const state = first.reply?.attributes.find((each) => each.name === 'State')?.value ?? ''
  return radclient(ask([...user(name, code), `State = ${state}`]))
}

describe('FreeRADIUS with a users file', async () => {
  const server = await startFreeRadius()
  running.push(() => server.stop())
  const { host, secret } = server

  it('accepts the right password with the user’s attributes, and rejects a wrong one', async () => {
    const port = server.passwordPort
    const right = await radclient({ host, port, secret, attributes: user('alice', 'alicepw') })
    expect(right).toMatchObject({
      exitCode: 0,
      reply: { code: 'Access-Accept', attributes: [{ name: 'Reply-Message', value: 'Hello alice' }] },
    })
    const wrong = await radclient({ host, port, secret, attributes: user('alice', 'wrong') })
    expect(wrong).toMatchObject({ exitCode: 1, reply: { code: 'Access-Reject' } })
  })

  it('asks for a code and takes the right one', async () => {
    expect((await signInWithChallenge(server, 'alice', 'alicepw', '123456')).reply?.code).toBe('Access-Accept')
    expect((await signInWithChallenge(server, 'alice', 'alicepw', '654321')).reply?.code).toBe('Access-Reject')
  })

  it('acknowledges accounting', async () => {
    const result = await radclient({
      host,
      port: server.accountingPort,
      secret,
      code: 'acct',
      attributes: ['Acct-Status-Type = Start', 'Acct-Session-Id = "17"', 'NAS-IP-Address = 127.0.0.1'],
    })
    expect(result.reply?.code).toBe('Accounting-Response')
  })

  it('leaves radclient without a reply when nobody answers', async () => {
    const result = await radclient({
      host,
      port: server.passwordPort,
      secret: 'wrong',
      attributes: [...user('alice', 'alicepw'), 'Message-Authenticator = 0x00'],
      retries: 1,
      timeoutSeconds: 0.3,
    })
    expect(result.reply).toBeUndefined()
    expect(result.exitCode).not.toBe(0)
  })
})

describe('FreeRADIUS with one-time codes', async () => {
  const secretBase32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  const server = await startFreeRadius({ code: { kind: 'totp', secretBase32 } })
  running.push(() => server.stop())

  it('takes the code of the clock', async () => {
    const { stdout } = await promisify(execFile)('oathtool', ['--totp', '--base32', secretBase32])
    expect((await signInWithChallenge(server, 'alice', 'alicepw', stdout.trim())).reply?.code).toBe('Access-Accept')
  })
})

describe('FreeRADIUS in front of a directory', async () => {
  const slapd = await startSlapd()
  running.push(() => slapd.remove())
  const server = await startFreeRadiusLdap({
    ldap: {
      url: slapd.url,
      baseDn: slapd.baseDn,
      bindDn: slapd.bindDn,
      bindPassword: slapd.bindPassword,
    },
  })
  running.push(() => server.stop())

  it('binds as the user, and asks for a code on the other port', async () => {
    const { host, secret, passwordPort: port } = server
    const right = await radclient({ host, port, secret, attributes: user('alice', 'alicepw') })
    expect(right.reply?.code).toBe('Access-Accept')
    const wrong = await radclient({ host, port, secret, attributes: user('alice', 'wrong') })
    expect(wrong.reply?.code).toBe('Access-Reject')
    expect((await signInWithChallenge(server, 'bob', 'bobpw', '123456')).reply?.code).toBe('Access-Accept')
  })
})

describe('FreeRADIUS as a proxy', async () => {
  const home = await startFreeRadius()
  running.push(() => home.stop())
  const { secret } = home
  const proxy = await startFreeRadiusUdpProxy({ homePorts: [home.passwordPort], secret })
  running.push(() => proxy.stop())

  it('passes on what its home server says', async () => {
    const { host, port } = proxy
    const right = await radclient({ host, port, secret, attributes: user('alice', 'alicepw') })
    expect(right.reply).toMatchObject({ code: 'Access-Accept', attributes: [{ value: 'Hello alice' }] })
    const wrong = await radclient({ host, port, secret, attributes: user('alice', 'wrong') })
    expect(wrong.reply?.code).toBe('Access-Reject')
  })
})
