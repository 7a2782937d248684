import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { actor, dataFolder, made, testStore, userFields } from '../../test/data-folder.ts'
import { dataPaths } from '../paths.ts'
import { openLogRoom } from './open-log-room.ts'

it('finds in pieces what was done to the trail, as the whole walk does', async () => {
  const dataDir = dataFolder()
  const store = await testStore(dataDir)
  for (let number = 1; number <= 5; number++) made(await store.users.create(userFields(`user${number}`), actor))
  const room = openLogRoom({ dataDir })
  onTestFinished(() => room.close())
  expect(await room.checkAudit(() => Promise.resolve())).toBeNull()
  const file = new Database(dataPaths(dataDir).database)
  onTestFinished(() => void file.close())
  file.exec("UPDATE AuditEntry SET administrator = 'nobody' WHERE sequence = 3")
  expect(await room.checkAudit(() => Promise.resolve())).toBe(3)
  expect(await store.audit.firstBroken()).toBe(3)
})
