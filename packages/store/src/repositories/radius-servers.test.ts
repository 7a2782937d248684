import { describe, expect, it } from 'vitest'
import { actor, dataFolder, made, secret, testStore } from '../../test/data-folder.ts'
import { openEngineReader, openJournal, openMover } from '../engine.ts'
import type { RadiusServerFields } from '../types.ts'

function serverFields(fields: Partial<RadiusServerFields> = {}): RadiusServerFields {
  return {
    host: 'radius1.example',
    authenticationPort: 1812,
    accountingPort: 1813,
    transport: 'udp',
    timeoutSeconds: 3,
    tries: 3,
    messageAuthenticator: 'auto',
    caPem: null,
    certificatePem: null,
    ...fields,
  }
}

describe('RADIUS servers', () => {
  it('come back as they were saved, and their secrets to nobody but the engine', async () => {
    const dataDir = dataFolder()
    const { radiusServers } = await testStore(dataDir)
    const made1 = made(await radiusServers.create({ ...serverFields(), sharedSecret: secret }, actor))
    expect(made1).toMatchObject({
      ...serverFields(),
      place: 1,
      version: 1,
      hasSharedSecret: true,
      hasPrivateKey: false,
    })
    expect(JSON.stringify(made1)).not.toContain(secret)
    const engine = openEngineReader({ dataDir })
    expect(engine.radiusTarget()).toMatchObject({
      whenAllDead: 'silence',
      servers: [{ id: made1.id, host: 'radius1.example', sharedSecret: secret, privateKey: null }],
    })
    const radsec = serverFields({ transport: 'radsec', authenticationPort: 2083, caPem: 'CA', certificatePem: 'OURS' })
    made(await radiusServers.change(made1.id, { ...radsec, privateKey: 'KEY', version: 1 }, actor))
    expect(engine.radiusTarget().servers[0]).toMatchObject({ ...radsec, sharedSecret: null, privateKey: 'KEY' })
    expect(await radiusServers.secrets(made1.id)).toEqual({ sharedSecret: null, privateKey: 'KEY' })
    expect(await radiusServers.secrets('nobody')).toBeNull()
    engine.close()
  })

  it('are in the order of their adding until they are moved, each step in the audit trail', async () => {
    const { radiusServers, audit } = await testStore()
    for (const host of ['a', 'b', 'c']) made(await radiusServers.create(serverFields({ host }), actor))
    const order = async () => (await radiusServers.list()).map(({ host, place }) => `${place}${host}`).join(' ')
    const ids = new Map((await radiusServers.list()).map(({ host, id }) => [host, id]))
    expect(await order()).toBe('1a 2b 3c')
    expect(made(await radiusServers.move(ids.get('c') ?? '', 'up', actor)).place).toBe(2)
    expect(await order()).toBe('1a 2c 3b')
    made(await radiusServers.move(ids.get('a') ?? '', 'down', actor))
    expect(await order()).toBe('1c 2a 3b')
    const { total } = await audit.list({ limit: 1 })
    made(await radiusServers.move(ids.get('c') ?? '', 'up', actor))
    made(await radiusServers.move(ids.get('b') ?? '', 'down', actor))
    expect(await order()).toBe('1c 2a 3b')
    expect((await audit.list({ limit: 1 })).total).toBe(total)
    made(await radiusServers.remove(ids.get('a') ?? '', 1, actor))
    expect(await order()).toBe('1c 2b')
    made(await radiusServers.move(ids.get('b') ?? '', 'up', actor))
    expect(await order()).toBe('1b 2c')
    expect(await radiusServers.move('nobody', 'up', actor)).toEqual({ ok: false, problem: 'not-found' })
    const moved = (await audit.list({ limit: 10 })).rows.filter(({ action }) => action === 'moved')
    expect(moved).toHaveLength(3)
  })

  it('are changed and removed only as they were seen, and no two are the same', async () => {
    const { radiusServers } = await testStore()
    const { id } = made(await radiusServers.create(serverFields(), actor))
    made(await radiusServers.create(serverFields({ authenticationPort: 1645 }), actor))
    const taken = { ok: false, problem: 'already-exists', field: 'host' }
    expect(await radiusServers.create(serverFields(), actor)).toEqual(taken)
    const other = serverFields({ authenticationPort: 1645 })
    expect(await radiusServers.change(id, { ...other, version: 1 }, actor)).toEqual(taken)
    const stale = { ok: false, problem: 'changed-meanwhile', current: { id, version: 1 } }
    expect(await radiusServers.change(id, { ...serverFields(), version: 7 }, actor)).toMatchObject(stale)
    expect(await radiusServers.remove(id, 7, actor)).toMatchObject(stale)
  })

  it('keep what was learned of Message-Authenticator until they are another server', async () => {
    const dataDir = dataFolder()
    const { radiusServers } = await testStore(dataDir)
    const { id } = made(await radiusServers.create(serverFields(), actor))
    const journal = openJournal({ dataDir })
    journal.append([{ kind: 'radius-server-proven', serverId: id, atMs: 5 }])
    journal.append([{ kind: 'radius-server-proven', serverId: id, atMs: 9 }])
    const mover = openMover({ dataDir })
    mover.move(10)
    const seen = async () => (await radiusServers.list())[0]?.messageAuthenticatorSeenAt?.getTime() ?? null
    expect(await seen()).toBe(5)
    made(await radiusServers.change(id, { ...serverFields({ tries: 2 }), version: 1 }, actor))
    expect(await seen()).toBe(5)
    made(await radiusServers.change(id, { ...serverFields({ host: 'radius2.example' }), version: 2 }, actor))
    expect(await seen()).toBeNull()
    mover.close()
    journal.close()
  })
})
