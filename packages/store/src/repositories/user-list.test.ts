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
  [{ search: '+49 30' }, /User_usernameKey_key.*User_emailKey_id_idx.*User_phone_idx.*User_backupPhone_idx/],
  [{ standing: 'blocked' }, /SEARCH UserBlock USING COVERING INDEX UserBlock_endedAt_until_userId_idx/],
  [{ standing: 'locked' }, /SEARCH User USING (COVERING )?INDEX User_factorLockedUntil_idx/],
  [{ standing: 'bypassed' }, /SEARCH OneTimeBypass USING INDEX OneTimeBypass_expiresAt_userId_idx/],
  [{ standing: 'must-change-pin' }, /SEARCH UserPin USING INDEX UserPin_mustChange_idx/],
  [{ standing: 'without-factor' }, /^(?!.*User_phone_idx).*OathToken_userId_idx.*AppDevice_userId_idx/],
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

it.each([
  ['+49 30 1234', ['ann']],
  ['0049 (30) 12-34', ['ann']],
  ['4930', ['ann', 'bert']],
  ['+49305', ['bert']],
  // What is too short to be a number, or stands in its middle, finds names alone.
  ['49', []],
  ['1234', ['1234']],
  ['+1 234', []],
])('who is called by the number %s is found', async (search, usernames) => {
  const { users } = await testStore(dataFolder())
  const person = { firstName: '', lastName: '', email: '', description: '', enabled: true }
  const people = [
    { ...person, username: 'ann', phone: '+49301234' },
    { ...person, username: 'bert', phone: '+14155550123', backupPhone: '+49305678' },
    { ...person, username: '1234' },
  ]
  await users.createMany(people, { id: null, name: 'test', address: null })
  const { rows, total } = await users.list({ search, sort: 'username', direction: 'ascending', limit: 50 })
  expect(rows.map(({ username }) => username)).toEqual([...usernames].sort())
  expect(total).toBe(usernames.length)
})
