/** What is said of data folders that are whole, and of those that are not; nothing in them changes. */
import { chmodSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dataFolder } from '../../test/data-folder.ts'
import { openStore } from '../index.ts'
import { dataPaths } from '../paths.ts'
import { examineData } from './examine-data.ts'

const readThroughBelow = 2 ** 30

async function madeFolder(): Promise<string> {
  const dataDir = dataFolder()
  const store = await openStore({ dataDir })
  await store.close()
  return dataDir
}

function wrongIn(dataDir: string) {
  const { state, findings } = examineData({ dataDir, readThroughBelow })
  return { state, wrong: findings.filter((each) => each.state === 'bad').map(({ subject }) => subject) }
}

test('a whole folder is usable, while a server has it open too, and no file of it changes', async () => {
  const dataDir = await madeFolder()
  const store = await openStore({ dataDir })
  try {
    const before = statSync(dataPaths(dataDir).database).mtimeMs
    expect(wrongIn(dataDir)).toEqual({ state: 'usable', wrong: [] })
    expect(statSync(dataPaths(dataDir).database).mtimeMs).toBe(before)
  } finally {
    await store.close()
  }
})

test('a folder that is not there, or empty, is made at the first start, and not by looking', () => {
  const dataDir = dataFolder()
  expect(wrongIn(dataDir)).toEqual({ state: 'absent', wrong: [] })
  expect(wrongIn(join(dataDir, 'nowhere'))).toEqual({ state: 'absent', wrong: [] })
  expect(readdirSync(dataDir)).toEqual([])
})

test('a key that others can read is named with the command that mends it', async () => {
  const dataDir = await madeFolder()
  chmodSync(dataPaths(dataDir).key, 0o644)
  const { findings } = examineData({ dataDir, readThroughBelow })
  expect(findings.find(({ subject }) => subject === 'key')).toMatchObject({
    state: 'bad',
    fix: expect.stringContaining(`chmod 600 ${dataPaths(dataDir).key}`) as string,
  })
})

test.each([
  ['a key that is gone', 'key', (dataDir: string) => rmSync(dataPaths(dataDir).key)],
  ['a damaged database', 'database', (dataDir: string) => writeFileSync(dataPaths(dataDir).database, 'no database')],
  [
    'another database’s key',
    'database',
    (dataDir: string) => writeFileSync(dataPaths(dataDir).key, `${Buffer.alloc(32, 7).toString('base64url')}\n`),
  ],
  [
    'a damaged journal',
    'journal',
    (dataDir: string) => writeFileSync(dataPaths(dataDir).journal, 'no database'.repeat(200)),
  ],
] as const)('%s is found', async (_what, subject, breakIt) => {
  const dataDir = await madeFolder()
  breakIt(dataDir)
  expect(wrongIn(dataDir)).toEqual({ state: 'unusable', wrong: [subject] })
})
