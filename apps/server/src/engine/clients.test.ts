/** How RADIUS clients are told apart and what is learned of them, asked by radclient. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { startRunningEngine, type RunningEngine } from './test/running-engine.ts'

let running: RunningEngine
beforeAll(async () => {
  running = await startRunningEngine()
})
afterAll(() => running.stop())

const proxied = 'Proxy-State = 0x70726f7879'
const signed = 'Message-Authenticator = 0x00'

describe('clients that share an address', () => {
  const [east, west, rest] = ['the secret of the east', 'the secret of the west', 'the secret of the rest']

  test('are told apart by NAS-Identifier, each with its own secret; whoever names none of them is not known', async () => {
    const named = 'NAS-Identifier = '
    await running.addClient(east, { nasIdentifier: 'east', applicationName: 'East' })
    await running.addClient(west, { nasIdentifier: 'west', applicationName: 'West' })
    expect((await running.ask(east, `${named}"east"`, signed)).reply?.code).toBe('Access-Accept')
    expect((await running.ask(west, `${named}"west"`, signed)).reply?.code).toBe('Access-Accept')
    expect((await running.ask(west, `${named}"east"`, signed)).reply).toBeUndefined()
    const dropsBefore = (await running.engine.status()).drops['unknown-client'] ?? 0
    expect((await running.ask(east, `${named}"north"`, signed)).reply).toBeUndefined()
    expect((await running.ask(east, signed)).reply).toBeUndefined()
    expect((await running.engine.status()).drops['unknown-client']).toBe(dropsBefore + 2)

    await running.addClient(rest, { applicationName: 'Rest' })
    expect((await running.ask(rest, `${named}"north"`, signed)).reply?.code).toBe('Access-Accept')
    expect((await running.ask(rest, signed)).reply?.code).toBe('Access-Accept')
    expect((await running.ask(rest, `${named}"east"`, signed)).reply).toBeUndefined()
  })
})

describe('a request with Proxy-State and no Message-Authenticator', () => {
  const secret = 'the secret behind a proxy'
  const named = 'NAS-Identifier = "proxied"'

  test('is dropped and what was learned is shown, until the client is told to allow it', async () => {
    const id = await running.addClient(secret, { nasIdentifier: 'proxied', applicationName: 'Behind a proxy' })
    expect((await running.ask(secret, named, proxied)).reply).toBeUndefined()
    expect((await running.engine.status()).drops['proxy-state-without-message-authenticator']).toBe(1)
    const before = await client(id)
    expect(before).toMatchObject({ methodsSeen: [], messageAuthenticatorSeenAt: null })
    expect(before?.proxyStateSeenAt).toBeInstanceOf(Date)
    if (!before) return

    await running.store.radiusClients.change(id, { ...before, limitProxyState: false }, server)
    await running.apply('clients')
    const { reply } = await running.ask(secret, named, proxied)
    expect(reply?.code).toBe('Access-Accept')
    expect(reply?.attributes).toContainEqual({ name: 'Proxy-State', value: '0x70726f7879' })
    expect((await client(id))?.methodsSeen).toEqual(['pap'])
  })

  test('that is signed comes through, and Message-Authenticator is learned', async () => {
    const id = await running.addClient(secret, { nasIdentifier: 'signed', applicationName: 'Signs' })
    const signs = 'NAS-Identifier = "signed"'
    expect((await running.ask(secret, signs, proxied, signed)).reply?.code).toBe('Access-Accept')
    expect(await client(id)).toMatchObject({ methodsSeen: ['pap'] })
    expect((await client(id))?.messageAuthenticatorSeenAt).toBeInstanceOf(Date)
    expect((await running.ask(secret, signs)).reply).toBeUndefined()
  })

  const server = { id: null, name: 'test', address: null }
  const client = async (id: string) => {
    await running.apply('clients')
    return (await running.store.radiusClients.list()).find((row) => row.id === id)
  }
})
