/** A configuration that goes out as a file and comes in elsewhere, and files that cannot. */
import { mkdtemp, readFile as readText, rm, writeFile as writeText } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '@sallyport/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../cli/run-command.ts'
import { parseConfig } from '../config.ts'
import { serveFolder, sharedSecret, startTestServer, type TestServer } from '../test/running-server.ts'
import { addAlice, configure, secrets } from './test/full-configuration.ts'

const passphrase = 'a passphrase of the tests'
let folder: string
let server: TestServer

async function answers(of: TestServer): Promise<readonly unknown[]> {
  const alice = 'User-Name = "alice"'
  const right = 'User-Password = "four plain words here"'
  const asked = [
    await of.ask(alice, right, 'Calling-Station-Id = "192.0.2.7"'),
    await of.ask(alice, right, 'Calling-Station-Id = "198.51.100.7"'),
    await of.ask(alice, 'User-Password = "wrong"', 'Calling-Station-Id = "192.0.2.7"'),
    await of.ask('User-Name = "bob"', right, 'Calling-Station-Id = "192.0.2.7"'),
  ]
  return asked.map(({ code, get }) => [code, get('Class'), get('Tunnel-Password:1') !== undefined])
}

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

const sealedBy = () => ['--passphrase-file', join(folder, 'passphrase')]
const exported = async (dataDir: string) => (await sallyport(dataDir, 'config', 'export')).out

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-configuration-'))
  await writeText(join(folder, 'passphrase'), `${passphrase}\n`)
  server = await startTestServer(async (store) => {
    await configure(store)
    await addAlice(store)
  })
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

test('goes out without a secret, the same each time', async () => {
  const first = await exported(server.dataDir)
  for (const secret of [sharedSecret, ...Object.values(secrets)]) expect(first).not.toContain(secret)
  expect(first).toContain('client: 127.0.0.1')
  expect(first).toContain('ops@example.com')
  expect(first).toContain('secondFactorRequired: false')
  expect(await exported(server.dataDir)).toBe(first)
})

test('comes into an empty installation with its secrets: the export is the same, and so are the answers', async () => {
  const before = await answers(server)
  expect(before[0]).toEqual(['Access-Accept', expect.anything(), true])
  expect(before[1]).not.toEqual(before[0])
  const text = await exported(server.dataDir)
  const file = join(folder, 'with-secrets.yaml')
  expect(await sallyport(server.dataDir, 'config', 'export', file, '--with-secrets', ...sealedBy())).toMatchObject({
    code: 0,
  })
  const sealed = await readText(file, 'utf8')
  for (const secret of [sharedSecret, ...Object.values(secrets)]) expect(sealed).not.toContain(secret)

  const empty = join(folder, 'empty')
  const imported = await sallyport(empty, 'config', 'import', file, '--yes', ...sealedBy())
  expect(imported).toMatchObject({ code: 0, complaint: '' })
  expect(await exported(empty)).toBe(text)
  expect((await sallyport(empty, 'config', 'import', file, ...sealedBy())).out).toBe('Nothing would change.\n')
  const store = await openStore({ dataDir: empty })
  await addAlice(store)
  const { rows } = await store.audit.list({ limit: 50 })
  expect(rows.filter(({ administrator }) => administrator === 'sallyport config import').length).toBeGreaterThan(8)
  expect(await store.audit.firstBroken()).toBeNull()
  await store.close()
  const { dataDir, port } = server
  await server.stop()
  const other = await serveFolder(empty, port)
  try {
    expect(await answers(other)).toEqual(before)
  } finally {
    await other.close()
    server = await serveFolder(dataDir, port)
  }
}, 90_000)

test('without its secrets, an empty installation names what is missing, with the line, and stays empty', async () => {
  const file = join(folder, 'without-secrets.yaml')
  await sallyport(server.dataDir, 'config', 'export', file)
  const empty = join(folder, 'still-empty')
  const { code, complaint } = await sallyport(empty, 'config', 'import', file, '--yes')
  expect(code).toBe(1)
  for (const path of [
    'clients[0].sharedSecret',
    'servers[1].sharedSecret',
    'gateways[0].secret',
    'logReceivers[0].headerValue',
    'ldap.queryBind.password',
  ]) {
    expect(complaint).toMatch(new RegExp(`line \\d+: ${path.replaceAll(/[[\].]/gu, '\\$&')}: `, 'u'))
  }
  const store = await openStore({ dataDir: empty })
  expect(await store.radiusClients.list()).toEqual([])
  expect((await store.audit.list({ limit: 5 })).rows).toEqual([])
  await store.close()
})

describe('a change in the file', () => {
  const edited = async (name: string, ...edits: readonly (readonly [string, string])[]) => {
    let text = await exported(server.dataDir)
    for (const [from, to] of edits) {
      expect(text).toContain(from)
      text = text.replace(from, to)
    }
    const file = join(folder, name)
    await writeText(file, text)
    return file
  }

  test('is shown first; nothing changes before --yes, and the running server goes by it then', async () => {
    const file = await edited('changed.yaml', ['value: staff', 'value: guests'], ['language: de', 'language: en'])
    const shown = await sallyport(server.dataDir, 'config', 'import', file)
    expect(shown.code).toBe(0)
    expect(shown.out).toContain('~ company\n    language: de → en')
    expect(shown.out).toContain('    value: staff → guests')
    expect(shown.out).toContain('Nothing was changed')
    expect((await server.store.company.settings()).language).toBe('de')
    const done = await sallyport(server.dataDir, 'config', 'import', file, '--yes')
    expect(done.out).toContain('The running server goes by it.')
    const accepted = await server.ask(
      ...['User-Name = "alice"', 'User-Password = "four plain words here"', 'Calling-Station-Id = "192.0.2.7"'],
    )
    expect(accepted.output).toContain(`0x${Buffer.from('guests').toString('hex')}`)
  })

  test('of an order, and of what is left out, is made too', async () => {
    const text = await exported(server.dataDir)
    const servers = text.slice(text.indexOf('\nservers:\n') + 1, text.indexOf('\ngateways:\n') + 1)
    const [head = '', one = '', two = ''] = servers.split(/(?=^ {2}- )/mu)
    const file = join(folder, 'order.yaml')
    await writeText(file, `sallyport: 1\n${head}${two}${one}cacheRules: []\n`)
    const { out } = await sallyport(server.dataDir, 'config', 'import', file, '--yes')
    expect(out).toContain('↕ servers: another order')
    expect(out).toContain('- cacheRules: ')
    expect((await server.store.radiusServers.list()).map(({ host }) => host)).toEqual([
      'two.example.com',
      'one.example.com',
    ])
    expect(await server.store.cacheRules.list()).toEqual([])
    expect(await server.store.trustedNetworks.list()).toHaveLength(1)
  })

  test.each([
    ['devicesPerUser: 2', 'devicesPerUser: 200', /line \d+: company\.devicesPerUser: 1 to 20 devices/u],
    [
      'attribute: Calling-Station-Id',
      'attribute: User-Password',
      /trustedNetworks\[0\]\.attribute: Choose an attribute/u,
    ],
    ['company:', 'compnay:', /compnay: There is no such section/u],
    ['client: 127.0.0.1', 'client: 192.0.2.99', /No client of the list is “192.0.2.99”/u],
    ['sallyport: 1', 'sallyport: 2', /must say “sallyport: 1”/u],
    ['language: ', 'language: *name #', /alias|Alias/u],
    ['language: ', 'language: de\n  language: ', /unique/u],
    // A secret that is kept must not be sent elsewhere.
    ['host: one.example.com', 'host: evil.example.com', /servers\[\d\]\.sharedSecret/u],
    ['ldaps://ldap.example.com', 'ldaps://evil.example.com', /ldap\.queryBind\.password: /u],
  ])('that puts %j to %j is refused with its place, and nothing changes', async (from, to, message) => {
    const before = await exported(server.dataDir)
    const file = await edited('wrong.yaml', [from, to])
    const { code, complaint } = await sallyport(server.dataDir, 'config', 'import', file, '--yes')
    expect(complaint).toMatch(message)
    expect(code).toBe(1)
    expect(await exported(server.dataDir)).toBe(before)
  })
})

test('another passphrase opens nothing', async () => {
  const file = join(folder, 'sealed.yaml')
  await sallyport(server.dataDir, 'config', 'export', file, '--with-secrets', ...sealedBy())
  await writeText(join(folder, 'other'), 'another passphrase\n')
  const { code, complaint } = await sallyport(
    ...([server.dataDir, 'config', 'import', file, '--passphrase-file', join(folder, 'other')] as const),
  )
  expect([code, complaint]).toEqual([1, 'The passphrase does not open the secrets of this file.\n'])
})
