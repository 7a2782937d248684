import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { actor, dataFolder, made, testStore, userFields } from '../../test/data-folder.ts'
import { dataPaths } from '../paths.ts'

it('leaves what comes from the directory to the directory, and says so', async () => {
  const dataDir = dataFolder()
  const store = await testStore(dataDir, () => new Date(1_000_000))
  const { id: userId } = made(await store.users.create(userFields('alice'), actor))
  const proof = {
    ...{ userId, place: 'phone' as const, way: 'text' as const, value: '+4930901820', extension: '', code: '123456' },
    ...{ sessionHash: 'one', network: '192.0.2.1', expiresAt: new Date(2_000_000) },
  }
  const begun = await store.contacts.begin(proof, [])
  if (typeof begun === 'number') throw new Error('nothing limits this')
  const database = new Database(dataPaths(dataDir).database)
  database.prepare(`UPDATE User SET phone = '+49301', directoryId = 'entry-1'`).run()
  expect(database.prepare('SELECT sealedCode FROM ContactProof').pluck().get()).not.toContain('123456')
  database.close()
  expect((await store.contacts.read(userId))?.phone).toEqual({ value: '+49301', extension: '', fromDirectory: true })
  expect(await store.contacts.put(begun.id, actor)).toBeNull()
  expect(await store.contacts.remove(userId, 'phone', actor)).toBeNull()
  expect((await store.contacts.read(userId))?.phone.value).toBe('+49301')
})
