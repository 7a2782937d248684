/** A last administrator who lost everything comes back in from the shell, beside a running server or without one. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '@sallyport/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseConfig } from '../../config.ts'
import { createArgon2id } from '../../passwords/argon2id.ts'
import { runCommand } from '../run-command.ts'

const actor = { id: null, name: 'test', address: null }
let folder: string
let store: Store
let id: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-administrator-'))
  store = await openStore({ dataDir: join(folder, 'data') })
  const made = await store.administrators.createFirst({ username: 'Ada', passwordHash: 'none' }, actor)
  if (!made.ok) throw new Error(made.problem)
  id = made.value.id
  const later = new Date(Date.now() + 3_600_000)
  await store.administrators.countFailedSignIn(id, later)
  await store.administratorFactors.setTotp(id, { secret: Buffer.alloc(20, 1), step: 1, keepSession: '' }, actor)
  await store.administratorFactors.replaceRecoveryCodes(id, ['one', 'two'], actor)
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

async function sallyport(dataDir: string, ...typed: readonly string[]) {
  const said = { out: '', complaint: '' }
  const nobody = () => Promise.resolve(null)
  const code = await runCommand(typed, {
    config: () => parseConfig({ SALLYPORT_DATA_DIR: dataDir }),
    migrationsDir: undefined,
    terminal: {
      print: (line) => (said.out += `${line}\n`),
      complain: (line) => (said.complaint += `${line}\n`),
      ...{ ask: nobody, askSecret: nobody },
    },
    version: 'test',
    clock: () => new Date(),
  })
  return { code, ...said }
}
const here = (...typed: readonly string[]) => sallyport(join(folder, 'data'), 'administrator', ...typed)

test('lists who there is, and what each signs in with', async () => {
  expect(await here('list')).toMatchObject({
    code: 0,
    out: 'Ada: administrator, locked, authenticator app, recovery codes left: 2\n',
  })
})

test('takes every second factor away, leaves the password, and the trail says that the shell did it', async () => {
  expect(await here('reset', 'ada', '--factors')).toMatchObject({ code: 0, complaint: '' })
  expect((await here('list')).out).toBe('Ada: administrator, locked, no second factor\n')
  expect((await store.administrators.byId(id))?.passwordHash).toBe('none')
  const { rows } = await store.audit.list({ limit: 1 })
  expect(rows[0]).toMatchObject({
    ...{ administrator: 'sallyport administrator reset', action: 'reset', subjectKind: 'administrator-factors' },
    subjectName: 'Ada',
  })
  expect(await store.audit.firstBroken()).toBeNull()
})

test('gives a new password, ends the lock, and keeps the second factors', async () => {
  const file = join(folder, 'password')
  await writeFile(file, 'a new one of five words\n')
  expect(await here('reset', 'Ada', '--password', '--passphrase-file', file)).toMatchObject({ code: 0, complaint: '' })
  const { passwordHash = '', lockedUntil } = (await store.administrators.byId(id)) ?? {}
  expect(await createArgon2id().verify(passwordHash, 'a new one of five words')).toBe(true)
  expect(lockedUntil).toBeNull()
  expect((await here('list')).out).toBe('Ada: administrator, authenticator app, recovery codes left: 2\n')
  const [entry] = (await store.audit.list({ limit: 1 })).rows
  expect(entry).toMatchObject({ administrator: 'sallyport administrator reset', action: 'changed' })
  expect(JSON.stringify(entry)).not.toContain('five words')
})

test('changes nothing where it is not said what, where nobody is called so, and where a password is too short', async () => {
  const file = join(folder, 'short')
  await writeFile(file, 'short\n')
  expect((await here('reset', 'Ada')).code).toBe(2)
  expect(await here('reset', 'Bob', '--factors')).toMatchObject({ code: 1, out: '' })
  expect((await here('reset', 'Ada', '--password', '--factors', '--passphrase-file', file)).code).toBe(2)
  expect((await here('list')).out).toContain('authenticator app')
})

test('makes no database where there is none', async () => {
  const nowhere = join(folder, 'nowhere')
  expect(await sallyport(nowhere, 'administrator', 'list')).toMatchObject({ code: 1 })
  expect((await sallyport(nowhere, 'administrator', 'list')).complaint).toContain('no database')
})
