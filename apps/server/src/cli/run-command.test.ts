/** What a shell is told about what was typed, without a server. */
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../config.ts'
import { runCommand } from './run-command.ts'

/** @param answers what somebody types at the terminal; null: nobody is there */
async function run(typed: readonly string[], answers: readonly string[] | null = null) {
  const said = { out: '', complaint: '' }
  let asked = 0
  const ask = () => Promise.resolve(answers === null ? null : (answers[asked++] ?? ''))
  const code = await runCommand(typed, {
    config: () => parseConfig({ SALLYPORT_DATA_DIR: '/nowhere/at/all' }),
    migrationsDir: undefined,
    terminal: {
      print: (line) => (said.out += `${line}\n`),
      complain: (line) => (said.complaint += `${line}\n`),
      ask,
      askSecret: ask,
    },
    version: '1.2.3',
    clock: () => new Date(),
  })
  return { code, ...said }
}

describe('what was typed wrongly', () => {
  test.each([
    [['nonsense'], 'There is no command “nonsense”'],
    [['audit'], 'There is no command “audit”'],
    [['backup'], 'Name the file that the backup goes to'],
    [['backup', 'x', 'y'], 'and nothing else'],
    [['backup', 'x', '--unknown'], "Unknown option '--unknown'"],
    [['backup', 'x'], 'Nobody is there to type the passphrase'],
    [['backup', 'x', '--without-key', '--passphrase-file', 'y'], 'Either --passphrase-file or --without-key'],
    [['simulate'], '--user'],
    [['simulate', '--user', 'a'], '--secret-file'],
    [['simulate', '--user', 'a', '--secret-file', 'x', '--server', 'vpn'], '--server is an IP address'],
    [['simulate', '--user', 'a', '--secret-file', 'x', '--method', 'eap'], '--method is one of pap'],
    [['simulate', '--user', 'a', '--secret-file', 'x', '--port', '70000'], '--port is a number from 1 to 65535'],
    [['config', 'export', '--passphrase-file', 'y'], 'say --with-secrets too'],
    [['config', 'import'], 'Name the file of the configuration'],
    [['import', 'other', 'x'], 'Name a product (duo, nps, freeradius)'],
    [['tls', 'create', 'x'], '--name mfa.example.com'],
    [['tls', 'create', 'x', '--name', 'a b'], '“a b” is no host name'],
    [['doctor', 'x'], 'There is nothing to name'],
    [['setup', '--username', 'a b'], '--username: Use letters'],
  ])('%j is named, and nothing is done', async (typed, message) => {
    const { code, complaint } = await run(typed)
    expect(complaint).toContain(message)
    expect(code).toBe(2)
  })

  test('a new passphrase is typed twice', async () => {
    const { code, complaint } = await run(['backup', 'x'], ['one passphrase', 'another one'])
    expect([code, complaint.split('\n')[0]]).toEqual([2, 'These were two different ones.'])
  })
})

test('help names every command, and a command what it takes', async () => {
  const { code, out } = await run([])
  expect(code).toBe(0)
  for (const name of [
    'start',
    'setup',
    'doctor',
    'config export',
    'config import',
    'backup',
    'restore',
    'audit verify',
    'audit export',
    'simulate',
  ]) {
    expect(out).toContain(`  sallyport ${name}`)
  }
  expect((await run(['restore', '--help'])).out).toContain('one-time bypasses')
  expect((await run(['--version'])).out).toBe('1.2.3\n')
})

test.each([
  [['backup', '/nowhere/else', '--without-key'], 'holds no database'],
  [['restore', '/nowhere/else', '--with-key-file'], '/nowhere/else is not there'],
  [['audit', 'verify', '/nowhere/else'], '/nowhere/else'],
])('%j says which file is missing', async (typed, message) => {
  const { code, complaint } = await run(typed)
  expect(complaint).toContain(message)
  expect(complaint).not.toContain('    at ')
  expect(code).toBe(1)
})
