import { describe, expect, it } from 'vitest'
import { actor, clientFields, dataFolder, made, secret, testStore } from '../../test/data-folder.ts'
import { signInRecord } from '../../test/sign-in-record.ts'
import { openEngineReader, openJournal, openMover } from '../engine.ts'

describe('RADIUS clients', () => {
  it('come back as they were saved', async () => {
    const store = await testStore()
    const client = made(await store.radiusClients.create({ ...clientFields(), sharedSecret: secret }, actor))
    expect(client).toMatchObject({ ...clientFields(), version: 1, lastSeenAt: null, signInsLastDay: 0 })
    const fields = clientFields({ applicationName: 'Office', vendorProfile: 'citrix', limitProxyState: false })
    const changed = made(await store.radiusClients.change(client.id, { ...fields, version: 1 }, actor))
    expect(changed).toMatchObject({ ...fields, id: client.id, version: 2 })
    expect(await store.radiusClients.list()).toEqual([changed])
    expect(made(await store.radiusClients.remove(client.id, 2, actor))).toEqual(changed)
    expect(await store.radiusClients.list()).toEqual([])
  })

  it('keep their secret unless they are given another', async () => {
    const dataDir = dataFolder()
    const { radiusClients } = await testStore(dataDir)
    const { id } = made(await radiusClients.create({ ...clientFields(), sharedSecret: secret }, actor))
    made(await radiusClients.change(id, { ...clientFields(), version: 1 }, actor))
    const engine = openEngineReader({ dataDir })
    expect(engine.clients()[0]?.sharedSecret).toBe(secret)
    made(await radiusClients.change(id, { ...clientFields(), sharedSecret: 'ünother', version: 2 }, actor))
    expect(engine.clients()[0]?.sharedSecret).toBe('ünother')
    engine.close()
  })

  it('share an address where the NAS-Identifier tells them apart', async () => {
    const { radiusClients } = await testStore()
    const named = clientFields({ nasIdentifier: 'east' })
    made(await radiusClients.create({ ...clientFields(), sharedSecret: secret }, actor))
    made(await radiusClients.create({ ...named, sharedSecret: secret }, actor))
    const west = made(
      await radiusClients.create({ ...clientFields({ nasIdentifier: 'West' }), sharedSecret: secret }, actor),
    )
    const taken = { ok: false, problem: 'already-exists', field: 'nasIdentifier' }
    expect(await radiusClients.create({ ...named, sharedSecret: secret }, actor)).toEqual(taken)
    expect(await radiusClients.change(west.id, { ...named, version: 1 }, actor)).toEqual(taken)
    made(await radiusClients.change(west.id, { ...clientFields({ nasIdentifier: 'west' }), version: 1 }, actor))
  })

  it('share no address', async () => {
    const { radiusClients } = await testStore()
    const { id } = made(await radiusClients.create({ ...clientFields(), sharedSecret: secret }, actor))
    const other = clientFields({ address: '192.0.2.11' })
    made(await radiusClients.create({ ...other, sharedSecret: secret }, actor))
    const taken = { ok: false, problem: 'already-exists', field: 'address' }
    expect(await radiusClients.create({ ...clientFields(), sharedSecret: secret }, actor)).toEqual(taken)
    expect(await radiusClients.change(id, { ...other, version: 1 }, actor)).toEqual(taken)
  })

  it('are changed and removed only as they were seen', async () => {
    const { radiusClients } = await testStore()
    const { id } = made(await radiusClients.create({ ...clientFields(), sharedSecret: secret }, actor))
    const current = { id, version: 1 }
    const stale = { ok: false, problem: 'changed-meanwhile', current }
    expect(await radiusClients.change(id, { ...clientFields(), version: 7 }, actor)).toMatchObject(stale)
    expect(await radiusClients.remove(id, 7, actor)).toMatchObject(stale)
    expect(await radiusClients.remove('nobody', 1, actor)).toEqual({ ok: false, problem: 'not-found' })
  })

  it('hand out their secret for a test, also where they are disabled', async () => {
    const { radiusClients } = await testStore()
    const fields = clientFields({ enabled: false })
    const { id } = made(await radiusClients.create({ ...fields, sharedSecret: secret }, actor))
    expect(await radiusClients.forTest(id)).toEqual({ ...fields, id, sharedSecret: secret })
    expect(await radiusClients.forTest('nobody')).toBeNull()
  })

  it('show the sign-ins of the last day, tests left out', async () => {
    const dataDir = dataFolder()
    const { radiusClients } = await testStore(dataDir)
    const one = made(await radiusClients.create({ ...clientFields(), sharedSecret: secret }, actor))
    const other = clientFields({ address: '192.0.2.11', applicationName: 'Wi-Fi' })
    made(await radiusClients.create({ ...other, sharedSecret: secret }, actor))
    const journal = openJournal({ dataDir })
    const hourMs = 3_600_000
    for (const age of [1, 23, 25]) {
      journal.append([{ kind: 'sign-in', signIn: signInRecord({ clientId: one.id, atMs: Date.now() - age * hourMs }) }])
    }
    journal.append([{ kind: 'sign-in', signIn: signInRecord({ clientId: one.id, atMs: Date.now(), test: true }) }])
    journal.close()
    const mover = openMover({ dataDir })
    mover.move(10)
    mover.close()
    expect((await radiusClients.list()).map(({ signInsLastDay }) => signInsLastDay)).toEqual([2, 0])
    expect(made(await radiusClients.change(one.id, { ...clientFields(), version: 1 }, actor)).signInsLastDay).toBe(2)
  })
})
