import type { UserListQuery } from '@sallyport/contract'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { dataFolder, testStore } from '../../test/data-folder.ts'
import { dataPaths } from '../paths.ts'
import { conditions, keysSql } from './user-list.ts'

const order = { ascending: true, isNull: false, areFew: false, most: 101 }
const byIndex: readonly (readonly [Partial<UserListQuery>, RegExp])[] = [
  [{}, /USING INDEX User_usernameKey_key/],
  [{ enabled: 'false' }, /USING INDEX User_enabled_usernameKey_idx/],
  [{ search: 'ann' }, /User_usernameKey_key.*User_firstNameKey_id_idx.*User_lastNameKey_id_idx.*User_emailKey_id_idx/],
  [{ standing: 'blocked' }, /SEARCH UserBlock USING COVERING INDEX UserBlock_endedAt_until_userId_idx/],
  [{ standing: 'locked' }, /SEARCH User USING (COVERING )?INDEX User_factorLockedUntil_idx/],
  [{ standing: 'bypassed' }, /SEARCH OneTimeBypass USING INDEX OneTimeBypass_expiresAt_userId_idx/],
  [{ standing: 'must-change-pin' }, /SEARCH UserPin USING INDEX UserPin_mustChange_idx/],
  [{ standing: 'without-factor' }, /OathToken_userId_idx.*AppDevice_userId_idx/],
]

it.each(byIndex)('%j is found along an index', async (filter, plan) => {
  const dataDir = dataFolder()
  await testStore(dataDir)
  const file = new Database(dataPaths(dataDir).database)
  onTestFinished(() => void file.close())
  const { sql, values } = keysSql('username', conditions(filter, new Date()), order)
  const plain = values.map((value) => (value instanceof Date ? value.getTime() : Number(value) || String(value)))
  const steps = file.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...plain) as { detail: string }[]
  const said = steps.map(({ detail }) => detail).join('; ')
  expect(said).toMatch(plan)
  // Nothing is read from its first row to its last without an index to go by.
  expect(said).not.toMatch(/SCAN \w+(?! USING)(;|$)/)
})
