import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hotpCode } from '../../oath/hotp.ts'
import { totpCode } from '../../oath/totp.ts'
import { pskcDocument, type MadeKey, type Wrapping } from '../import/tokens/pskc/test-documents.ts'
import { startConsole, type TestConsole } from '../test/console.ts'
import { takenTokens, uploadTokens, type GivenKey } from '../test/token-files.ts'

const run = promisify(execFile)
const maker = fileURLToPath(new URL('../import/tokens/test/make-pskc.py', import.meta.url))
let console: TestConsole
let cookie: string
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-pskc-'))
  console = await startConsole()
  cookie = await console.signInAs('administrator')
})
afterAll(async () => {
  await console.close()
  await rm(folder, { recursive: true })
})

const upload = (file: string, key?: GivenKey) => uploadTokens({ from: console, as: cookie }, file, key)
const kinds: readonly Omit<MadeKey, 'serial' | 'secret'>[] = [
  {},
  { digits: 8, interval: 60 },
  { suite: 'HMAC-SHA256', digits: 7 },
  { suite: 'HMAC-SHA512' },
  { type: 'hotp', counter: 3 },
  { type: 'hotp', digits: 8, counter: 1_000_000 },
]

/** @param lengths of the secrets, octets, from which the kinds go up */
function madeKeys(name: string, lengths = (at: number) => 20 + at): readonly MadeKey[] {
  return kinds.map((kind, at) => ({ ...kind, serial: `${name}-${at}`, secret: randomBytes(lengths(at)) }))
}

async function written(name: string, xml: string): Promise<string> {
  const path = join(folder, `${name}.xml`)
  await writeFile(path, xml)
  return path
}

async function expectOathtoolsCodes(keys: readonly MadeKey[], xml: string, given: GivenKey): Promise<void> {
  const ready = await upload(xml, given)
  expect(ready.body, ready.text).toMatchObject({ format: 'pskc', good: keys.length, refused: 0 })
  await takenTokens({ from: console, as: cookie }, ready.body['id'])
  const nowMs = console.now().getTime()
  for (const { serial, secret, ...made } of keys) {
    const token = (await console.store.oathTokens.list({ search: serial, limit: 1 })).rows[0]
    if (!token) throw new Error(`${serial} is not there`)
    const kept = await console.store.oathTokens.secret(token.id)
    if (!kept) throw new Error('no secret is kept')
    const isHotp = made.type === 'hotp'
    const counter = (token.lastUsedStep ?? -1) + 1
    const ours = isHotp ? hotpCode({ ...token, secret: kept }, counter) : totpCode({ ...token, secret: kept }, nowMs)
    const hash = (made.suite ?? 'HMAC-SHA1').replace('HMAC-', '')
    const { stdout } = await run('oathtool', [
      ...(isHotp ? ['--hotp', `--counter=${made.counter ?? 0}`] : [`--totp=${hash}`]),
      ...(isHotp ? [] : [`--time-step-size=${made.interval ?? 30}s`, `--now=@${Math.floor(nowMs / 1000)}`]),
      ...[`--digits=${made.digits ?? 6}`, Buffer.from(secret).toString('hex')],
    ])
    expect(ours, serial).toBe(stdout.trim())
  }
}

describe('our documents', () => {
  const wrappings = {
    plain: [{ kind: 'plain' }, { kind: 'none' }, []],
    key: [
      { kind: 'cbc', bits: 256, key: Buffer.alloc(32, 5) },
      { kind: 'key', key: '05'.repeat(32) },
      ['-s', '05'.repeat(32)],
    ],
    passphrase: [
      ...([
        { kind: 'passphrase', bits: 128, passphrase: 'qwerty' },
        { kind: 'passphrase', passphrase: 'qwerty' },
      ] as const),
      ['-p', 'qwerty'],
    ],
  } as const satisfies Record<string, readonly [Wrapping, GivenKey, readonly string[]]>

  test.each(['plain', 'key', 'passphrase'] as const)(
    '(%s) are valid to pskctool, are read by pskc2csv, and give tokens whose codes are oathtool’s',
    async (way) => {
      const [wrapping, given, options] = wrappings[way]
      const keys = madeKeys(`ours-${way}`)
      const xml = pskcDocument(keys, wrapping)
      const path = await written(way, xml)
      expect((await run('pskctool', ['--validate', path])).stdout).toMatch(/^OK/)
      const { stdout } = await run('pskc2csv', [...options, '--columns=serial,secret', path])
      const lines = keys.map(({ serial, secret }) => `${serial},${Buffer.from(secret).toString('hex')}`)
      expect(stdout.trim().split(/\r?\n/).slice(1)).toEqual(lines)
      await expectOathtoolsCodes(keys, xml, given)
    },
  )

  test('that pskctool has signed are read as well', async () => {
    const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => join(folder, name))
    const plain = await written('unsigned', pskcDocument([{ serial: 'signed', secret: randomBytes(20) }]))
    const subject = ['-subj', '/CN=test', '-keyout', String(key), '-out', String(certificate)]
    await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject])
    const sign = ['--sign', '--sign-key', String(key), '--sign-crt', String(certificate), plain]
    const { stdout } = await run('pskctool', sign)
    expect(stdout).toContain('<SignatureValue>')
    expect((await upload(stdout)).body).toMatchObject({ format: 'pskc', good: 1, refused: 0 })
  })
})

describe('documents that python-pskc makes', () => {
  const key = 'a1'.repeat(32)
  const passphrase = { password: 'Grüße vom Händler', iterations: 2000 }
  const ways: readonly (readonly [string, Record<string, unknown> | null, string])[] = [
    ['plain', null, ''],
    ['aes128-cbc with a key', { algorithm: 'aes128-cbc', key: key.slice(0, 32) }, 'aes128-cbc'],
    ['aes192-cbc with a key', { algorithm: 'aes192-cbc', key: key.slice(0, 48), mac: 'hmac-sha256' }, 'aes192-cbc'],
    [
      'aes256-cbc with a key, the counter too',
      { algorithm: 'aes256-cbc', key, fields: ['secret', 'counter'] },
      'aes256-cbc',
    ],
    ['kw-aes128 with a key', { algorithm: 'kw-aes128', key: key.slice(0, 32) }, 'kw-aes128'],
    ['kw-aes256 with a key', { algorithm: 'kw-aes256', key }, 'kw-aes256'],
    ['aes128-cbc with a passphrase', { algorithm: 'aes128-cbc', ...passphrase }, 'pbkdf2'],
    [
      'aes256-cbc with a passphrase',
      { algorithm: 'aes256-cbc', ...passphrase, prf: 'hmac-sha256', mac: 'hmac-sha512' },
      'pbkdf2',
    ],
    ['kw-aes192 with a passphrase', { algorithm: 'kw-aes192', ...passphrase, prf: 'hmac-sha512' }, 'pbkdf2'],
  ]

  test.each(ways)('(%s) give tokens whose codes are oathtool’s', async (way, encryption, mark) => {
    const given: GivenKey =
      encryption === null
        ? { kind: 'none' }
        : typeof encryption['password'] === 'string'
          ? { kind: 'passphrase', passphrase: encryption['password'] }
          : { kind: 'key', key: String(encryption['key']) }
    // Key wrap without padding takes whole blocks of eight octets alone.
    const keys = madeKeys(way.replace(/\W+/g, '-'), way.startsWith('kw') ? (at) => 16 + 8 * (at % 3) : undefined)
    const xml = await made(keys, encryption)
    expect(xml).toContain(mark)
    for (const { secret } of encryption === null ? [] : keys) {
      expect(xml).not.toContain(Buffer.from(secret).toString('base64'))
    }
    await expectOathtoolsCodes(keys, xml, given)
  })

  test('are refused as a whole with another key, another passphrase, and a value that was altered', async () => {
    const keys = madeKeys('altered')
    const encryption = { algorithm: 'aes256-cbc', ...passphrase }
    const xml = await made(keys, encryption)
    const right: GivenKey = { kind: 'passphrase', passphrase: passphrase.password }
    const values = [...xml.matchAll(/<xenc:CipherValue>([^<]+)</g)].map(([, value]) => value ?? '')
    expect(values).toHaveLength(keys.length + 1)
    const last = values.at(-1) ?? ''
    const altered = xml.replace(last, `${last.startsWith('A') ? 'B' : 'A'}${last.slice(1)}`)
    for (const [file, given] of [
      [xml, { kind: 'passphrase', passphrase: 'another' }],
      [altered, right],
    ] as const) {
      expect((await upload(file, given)).body).toMatchObject({ status: 400, errors: [{ path: 'file' }] })
    }
    expect((await upload(xml, right)).body).toMatchObject({ good: keys.length })
  })
})

async function made(keys: readonly MadeKey[], encryption: Record<string, unknown> | null): Promise<string> {
  const wanted = keys.map(({ serial, secret, type = 'totp', digits = 6, suite, interval = 30, counter = 0 }) => ({
    ...{ id: serial, serial, secret: Buffer.from(secret).toString('hex'), algorithm: type, response_length: digits },
    ...(suite === undefined ? {} : { algorithm_suite: suite }),
    ...(type === 'hotp' ? { counter } : { time_interval: interval }),
  }))
  const running = run('/usr/bin/python3', [maker])
  running.child.stdin?.end(JSON.stringify({ keys: wanted, encryption }))
  return (await running).stdout
}
