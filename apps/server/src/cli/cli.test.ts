/** The program `sallyport` as a shell runs it, beside a server that signs people in. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ntPasswordHash } from '@sallyport/radius'
import type { Store } from '@sallyport/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hotpCode } from '../oath/hotp.ts'
import { createArgon2id } from '../passwords/argon2id.ts'
import { actor, serveFolder, sharedSecret, startTestServer, type TestServer } from '../test/running-server.ts'

const password = 'four plain words here'
const seed = Buffer.from('12345678901234567890')
const key = { secret: seed, algorithm: 'SHA-1', digits: 6 } as const
const program = fileURLToPath(new URL('../sallyport.ts', import.meta.url))
let folder: string
let passphraseFile: string
let server: TestServer

interface Ran {
  readonly code: number
  readonly out: string
  readonly complaint: string
}

function sallyport(dataDir: string, ...typed: readonly string[]): Promise<Ran> {
  const args = ['--import', import.meta.resolve('tsx'), program, ...typed]
  const env = { PATH: '/usr/bin:/bin', SALLYPORT_DATA_DIR: dataDir }
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { env }, (error, out, complaint) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, complaint }),
    )
    child.stdin?.end()
  })
}

async function people(store: Store): Promise<void> {
  await store.settings.changeTarget({ kind: 'built-in', version: 1 }, actor)
  const argon2id = createArgon2id()
  const kept = { hash: await argon2id.hash(password), ntHash: ntPasswordHash(password), mustChange: false }
  for (const [username, enabled, withToken] of [
    ['alice', true, true],
    ['bob', false, true],
    ['carol', true, false],
    ['dave', true, true],
  ] as const) {
    const names = { firstName: '', lastName: '', email: '', description: '', enabled }
    const added = await store.users.create({ ...names, username, password: kept }, actor)
    if (!added.ok) throw new Error(added.problem)
    if (username === 'dave') await store.people.block(added.value.id, { reason: 'left', until: null }, actor)
    if (!withToken) continue
    const token = { type: 'hotp', algorithm: 'SHA-1', digits: 6, stepSeconds: 30, notBefore: null } as const
    const more = { serialNumber: username, userId: added.value.id, secret: seed, manufacturer: '', model: '' }
    await store.oathTokens.create({ ...token, ...more }, actor)
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-cli-'))
  passphraseFile = join(folder, 'passphrase')
  await writeFile(passphraseFile, 'a passphrase of the tests\n')
  await writeFile(join(folder, 'secret'), `${sharedSecret}\n`)
  await writeFile(join(folder, 'password'), `${password}${hotpCode(key, 8)}\n`)
  server = await startTestServer(people)
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

/** What a fixed set of sign-ins is answered, each with a code that was not used before. */
async function answers(of: TestServer, counter: number): Promise<(string | undefined)[]> {
  const code = hotpCode(key, counter)
  const typed = [
    ['alice', password + code],
    ['alice', password + code],
    ['alice', 'not the password'],
    ['bob', password + code],
    ['carol', password],
    ['dave', password + code],
    ['nobody', password],
  ] as const
  const codes: (string | undefined)[] = []
  for (const [name, secret] of typed) {
    codes.push((await of.ask(`User-Name = "${name}"`, `User-Password = "${secret}"`)).code)
  }
  return codes
}

async function report(store: Store): Promise<readonly string[]> {
  const { rows } = await store.signIns.list({}, { limit: 100 })
  return rows.map(({ id, username, result, reason }) => [id, username, result, reason].join(' '))
}

describe('backup, destroy, restore', () => {
  test('gives the same answers to the same sign-ins and the same reports', async () => {
    const before = await answers(server, 0)
    expect(before[0]).toBe('Access-Accept')
    expect(before.filter((code) => code === 'Access-Accept')).toHaveLength(1)
    await server.reported('nobody', 'no-password-kept')
    const reported = await report(server.store)
    const file = join(folder, 'backup')
    const made = await sallyport(server.dataDir, 'backup', file, '--passphrase-file', passphraseFile)
    expect(made).toMatchObject({ code: 0, complaint: '' })
    expect(made.out).toContain('4 users, 3 OATH tokens, 1 RADIUS clients, 0 administrators, 7 sign-ins')
    // What comes after the backup is not in it.
    await answers(server, 1)
    await server.close()
    const restoredDir = join(folder, 'restored')
    const restored = await sallyport(restoredDir, 'restore', file, '--passphrase-file', passphraseFile)
    expect(restored).toMatchObject({ code: 0, complaint: '' })
    server = await serveFolder(restoredDir, server.port)
    expect(await report(server.store)).toEqual(reported)
    expect(await answers(server, 2)).toEqual(before)
    const [newest] = (await server.store.audit.list({ limit: 1 })).rows
    expect(newest).toMatchObject({
      action: 'restored',
      administrator: 'sallyport restore',
      after: { version: 'development' },
    })
    expect(await server.store.audit.firstBroken()).toBeNull()
    const again = await sallyport(restoredDir, 'restore', file, '--passphrase-file', passphraseFile)
    expect(again.code).toBe(1)
    expect(again.complaint).toMatch(/sallyport\.db is there already/)
  }, 120_000)
})

test('doctor exits with 0 beside a server that is well, and with 1 where something is wrong', async () => {
  const well = await sallyport(server.dataDir, 'doctor', '--json')
  expect(well).toMatchObject({ code: 0, complaint: '' })
  expect(JSON.parse(well.out)).toMatchObject({ ok: true })
  expect(well.out).not.toContain(sharedSecret)
  const lost = join(folder, 'lost')
  await mkdir(lost, { mode: 0o700 })
  await writeFile(join(lost, 'sallyport.db'), 'no database')
  const wrong = await sallyport(lost, 'doctor')
  expect(wrong.code).toBe(1)
  expect(wrong.out).toMatch(/WRONG.*sallyport\.db/u)
}, 60_000)

describe('the trail of changes', () => {
  test('is exported and holds; an old entry that was edited is named', async () => {
    const file = join(folder, 'trail.jsonl')
    expect((await sallyport(server.dataDir, 'audit', 'export', file)).code).toBe(0)
    const whole = await sallyport(folder, 'audit', 'verify', file)
    expect(whole).toMatchObject({ code: 0, complaint: '' })
    const lines = await readFile(file, 'utf8')
    await writeFile(file, lines.replace('"subjectName":"bob"', '"subjectName":"bobby"'))
    const edited = await sallyport(folder, 'audit', 'verify', file)
    expect(edited.code).toBe(1)
    expect(edited.complaint).toMatch(/created user bobby/)
  }, 60_000)
})

describe('simulate', () => {
  const over = () => ['--server', '127.0.0.1', '--port', String(server.port), '--secret-file', join(folder, 'secret')]

  test('signs in over the wire, and exits by what came of it', async () => {
    const typed = ['simulate', '--user', 'alice', ...over(), '--password-file', join(folder, 'password')]
    const accepted = await sallyport(folder, ...typed)
    expect(accepted.out).toMatch(/^Access-Accept after/)
    expect(accepted.code).toBe(0)
    const used = await sallyport(folder, ...typed)
    expect(used.out).toMatch(/^Access-Reject after/)
    expect(used.code).toBe(1)
  }, 60_000)
})

test('setup makes the first administrator, and no second one', async () => {
  const dataDir = join(folder, 'new')
  const typed = ['setup', '--username', 'ada', '--passphrase-file', passphraseFile]
  expect(await sallyport(dataDir, ...typed)).toMatchObject({ code: 0, complaint: '' })
  const again = await sallyport(dataDir, ...typed)
  expect(again.code).toBe(1)
  expect(again.complaint).toContain('There is an administrator already')
}, 30_000)
