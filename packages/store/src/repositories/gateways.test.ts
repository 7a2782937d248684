import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { GatewayConfiguration } from '@sallyport/contract'
import { actor, dataFolder, made, secret, testStore } from '../../test/data-folder.ts'
import { dataPaths } from '../paths.ts'
import type { GatewayFields } from '../types.ts'

const smtp: GatewayConfiguration = {
  ...{ type: 'smtp', host: 'mail.example', port: 587, security: 'starttls', caPem: null, username: 'vpn' },
  ...{ from: 'vpn@example.com', fromName: 'VPN', timeoutSeconds: 10 },
}
const voice: GatewayConfiguration = {
  ...{ type: 'http-voice', url: 'https://calls.example/', caPem: null, timeoutSeconds: 10 },
  callbackUrl: 'https://login.example.com',
}

function fields(name: string, configuration: GatewayConfiguration = smtp): GatewayFields {
  return { name, enabled: true, configuration }
}

describe('gateways', () => {
  it('come back as they were saved, their secrets apart and sealed', async () => {
    const dataDir = dataFolder()
    const { gateways, audit } = await testStore(dataDir)
    const gateway = made(await gateways.create({ ...fields('Mail'), secret }, actor))
    expect(gateway).toMatchObject({
      ...fields('Mail'),
      kind: 'mail',
      place: 1,
      hasSecret: true,
      hasCallbackSecret: false,
    })
    expect(JSON.stringify(gateway)).not.toContain(secret)
    expect(await gateways.secrets(gateway.id)).toEqual({ secret })
    const changed = made(
      await gateways.change(
        gateway.id,
        { ...fields('Mail'), callbackSecret: 'other', version: 1, keepsSecret: true },
        actor,
      ),
    )
    expect(changed).toMatchObject({ hasSecret: true, hasCallbackSecret: true, version: 2 })
    expect(await gateways.secrets(gateway.id)).toEqual({ secret, callbackSecret: 'other' })
    expect(await gateways.secrets('nobody')).toBeNull()
    expect(readFileSync(dataPaths(dataDir).database).includes(secret)).toBe(false)
    expect(JSON.stringify(await audit.list({ limit: 10 }))).not.toContain(secret)
  })

  it('are in an order of their own for each kind, each step in the audit trail', async () => {
    const { gateways, audit } = await testStore()
    for (const name of ['a', 'b', 'c']) made(await gateways.create(fields(name), actor))
    made(await gateways.create(fields('v', voice), actor))
    const order = async () => (await gateways.list()).map(({ name, place }) => `${place}${name}`).join(' ')
    const ids = new Map((await gateways.list()).map(({ name, id }) => [name, id]))
    expect(await order()).toBe('1a 2b 3c 1v')
    expect(made(await gateways.move(ids.get('c') ?? '', 'up', actor)).place).toBe(2)
    made(await gateways.remove(ids.get('a') ?? '', 1, actor))
    expect(await order()).toBe('1c 2b 1v')
    const { total } = await audit.list({ limit: 1 })
    made(await gateways.move(ids.get('c') ?? '', 'up', actor))
    made(await gateways.move(ids.get('v') ?? '', 'down', actor))
    expect((await audit.list({ limit: 1 })).total).toBe(total)
    expect(await gateways.move('nobody', 'up', actor)).toEqual({ ok: false, problem: 'not-found' })
    await gateways.noteTest(ids.get('b') ?? '', '+4930123456', actor)
    expect((await audit.list({ limit: 1 })).rows[0]).toMatchObject({
      ...{ action: 'tested', subjectKind: 'gateway', subjectName: 'b' },
    })
  })

  it('are changed and removed only as they were seen, keep their type, and have names of their own', async () => {
    const { gateways } = await testStore()
    const { id } = made(await gateways.create(fields('a'), actor))
    made(await gateways.create(fields('b'), actor))
    const taken = { ok: false, problem: 'already-exists', field: 'name' }
    expect(await gateways.create(fields('a'), actor)).toEqual(taken)
    expect(await gateways.change(id, { ...fields('b'), version: 1, keepsSecret: true }, actor)).toEqual(taken)
    expect(await gateways.change(id, { ...fields('a', voice), version: 1, keepsSecret: true }, actor)).toEqual({
      ok: false,
      problem: 'not-found',
    })
    expect(await gateways.change(id, { ...fields('a'), version: 7, keepsSecret: true }, actor)).toMatchObject({
      problem: 'changed-meanwhile',
    })
    expect(await gateways.remove(id, 7, actor)).toMatchObject({ problem: 'changed-meanwhile' })
  })
})
