import { randomBytes } from 'node:crypto'
import type { TokenImport } from '@sallyport/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pskcDocument } from '../import/tokens/pskc/test-documents.ts'
import { startConsole, type TestConsole } from '../test/console.ts'
import { takenTokens, uploadTokens, type GivenKey } from '../test/token-files.ts'

const base32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
let console: TestConsole
let cookie: string
let annId: string
beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
  const ann = { username: 'ann', firstName: '', lastName: '', email: '', description: '', enabled: true }
  annId = String((await console.call('POST', '/api/users', { cookie, body: ann })).body['id'])
})
beforeEach(() => {
  console.notices.length = 0
})
afterAll(async () => {
  await console.close()
})

const upload = (file: string | Buffer, key?: GivenKey) => uploadTokens({ from: console, as: cookie }, file, key)
const taken = (id: unknown) => takenTokens({ from: console, as: cookie }, id)
const rowsOf = async (id: unknown, query = '') =>
  (await console.call('GET', `/api/oath-imports/${String(id)}/rows${query}`, { cookie })).body['rows']
const tokens = async (search: string) =>
  (await console.call('GET', `/api/oath-tokens?search=${search}`, { cookie })).body['rows'] as readonly {
    readonly id: string
  }[]

describe('a file of tokens', () => {
  test('is read first, and nothing is taken; then it is, row by row, and the log stays', async () => {
    await console.call('POST', '/api/oath-tokens', {
      cookie,
      body: { ...tokenBody, serialNumber: 'There', secret: base32 },
    })
    const file = [
      'upn,serial number,secret key,time interval,manufacturer,model',
      `ann,A1,${base32},30,Acme,T1`,
      `bert,A2,${base32},60,Acme,T1`,
      `,A3,no key!,30,Acme,T1`,
      `,a1,${base32},30,Acme,T1`,
      `,there,${base32},30,Acme,T1`,
      `ann@example.com,=A4,${base32},30,Acme,T1`,
    ].join('\n')
    const ready = await upload(`${file}\n`)
    expect(ready.body).toMatchObject({ state: 'ready', format: 'csv', good: 3, refused: 3, taken: 0 })
    expect(await tokens('A')).toEqual([])
    expect(await rowsOf(ready.body['id'])).toMatchObject([
      { number: 2, serialNumber: 'A1', upn: 'ann', outcome: 'good', reason: null },
      { number: 3, serialNumber: 'A2', outcome: 'good', reason: 'user-unknown' },
      { number: 4, serialNumber: 'A3', outcome: 'refused', reason: 'bad-secret', field: 'secret key' },
      { number: 5, serialNumber: 'a1', outcome: 'refused', reason: 'duplicate-in-file' },
      { number: 6, serialNumber: 'there', outcome: 'refused', reason: 'already-there' },
      { number: 7, serialNumber: '=A4', outcome: 'good', reason: null },
    ])
    const done = await taken(ready.body['id'])
    expect(done).toMatchObject({ state: 'done', good: 0, taken: 3, refused: 3 })
    expect(console.notices).toEqual([{ topic: 'users', ids: [annId] }])
    expect(await tokens('A1')).toMatchObject([
      { serialNumber: 'A1', user: { username: 'ann' }, stepSeconds: 30, manufacturer: 'Acme', model: 'T1' },
    ])
    expect(await tokens('A2')).toMatchObject([{ serialNumber: 'A2', user: null, stepSeconds: 60 }])
    expect(await tokens('%3DA4')).toMatchObject([{ user: { username: 'ann' } }])
    expect(await rowsOf(ready.body['id'], '?outcome=refused&limit=2')).toHaveLength(2)
    const csv = await console.call('GET', `/api/oath-imports/${String(ready.body['id'])}/rows.csv`, { cookie })
    expect(csv.text).toContain("7,'=A4,ann@example.com,taken,,\r\n")
    expect(csv.text).toContain('4,A3,,not taken,the secret key is missing or cannot be read,secret key\r\n')
    expect(csv.text).not.toContain(base32)
    const { rows } = await console.store.audit.list({ limit: 1 })
    expect(rows[0]).toMatchObject({ action: 'imported', after: { tokens: 3, fileName: 'tokens.csv', format: 'csv' } })
    expect(JSON.stringify(await console.store.audit.list({ limit: 50 }))).not.toContain(base32)
    expect((await upload(file)).body).toMatchObject({ good: 0 })
  })

  test('that cannot be read as a whole is refused in clear words, and leaves nothing', async () => {
    const before = (await console.call('GET', '/api/oath-imports', { cookie })).body['total']
    const xml = pskcDocument([{ serial: 'W1', secret: randomBytes(20) }], encrypted)
    const wrong = await upload(xml, { kind: 'passphrase', passphrase: 'wrong' })
    expect(wrong.body).toMatchObject({ status: 400, errors: [{ path: 'file', message: /not that of this file/ }] })
    for (const broken of ['', xml.slice(0, -50), `<!DOCTYPE k [<!ENTITY a "b">]>${xml}`, Buffer.from(xml, 'utf16le')]) {
      expect((await upload(broken, { kind: 'passphrase', passphrase: 'qwerty' })).status).toBe(400)
    }
    expect((await console.call('GET', '/api/oath-imports', { cookie })).body['total']).toBe(before)
    expect(await tokens('W1')).toEqual([])
  })

  test('comes from an administrator who said that it would, once, as a file', async () => {
    const operator = await console.signInAs('operator')
    const begin = (as: string) =>
      console.call('POST', '/api/oath-imports', { cookie: as, body: { fileName: 'x', key: { kind: 'none' } } })
    expect((await begin(operator)).status).toBe(403)
    const { body } = await begin(cookie)
    const send = (as: string, type = 'application/octet-stream') =>
      console.call('POST', `/api/oath-imports/${String(body['id'])}/file`, {
        ...{
          cookie: as,
          body: Buffer.from(`serial number,secret key\n1,${base32}\n`),
          headers: { 'content-type': type },
        },
      })
    expect((await send(operator)).status).toBe(403)
    expect((await send(await console.signInAs('administrator'))).status).toBe(404)
    expect((await send(cookie, 'application/json')).status).toBe(403)
    expect((await send(cookie)).body).toMatchObject({ state: 'ready' })
    expect((await send(cookie)).status).toBe(404)
    const octets = { 'content-type': 'application/octet-stream' }
    const elsewhere = await console.call('POST', '/api/users', { cookie, body: Buffer.from('{}'), headers: octets })
    expect(elsewhere.status).toBe(403)
  })

  test('that nobody said yes to is forgotten after an hour, its keys with it', async () => {
    const ready = await upload(`serial number,secret key\nF1,${base32}\n`)
    console.pass(61 * 60_000)
    cookie = await console.signInAs('administrator')
    await upload(`serial number,secret key\nF2,${base32}\n`)
    expect((await console.call('POST', `/api/oath-imports/${String(ready.body['id'])}/take`, { cookie })).status).toBe(
      404,
    )
    expect(await tokens('F1')).toEqual([])
  })

  test('can be discarded until it is taken, and no more after', async () => {
    const ready = await upload(`serial number,secret key\nD1,${base32}\n`)
    const other = await upload(`serial number,secret key\nD2,${base32}\n`)
    await taken(other.body['id'])
    const discard = (id: unknown) => console.call('DELETE', `/api/oath-imports/${String(id)}`, { cookie })
    expect((await discard(ready.body['id'])).status).toBe(204)
    expect((await discard(other.body['id'])).status).toBe(404)
    expect(await tokens('D')).toMatchObject([{ serialNumber: 'D2' }])
  })

  test('that was being taken when the server stopped goes on when it starts', async () => {
    const ready = await upload(`serial number,secret key\nG1,${base32}\nG2,${base32}\n`)
    const id = String(ready.body['id'])
    expect(await console.store.oathImports.begin(id, { id: null, name: 'x', address: null })).toBe(true)
    const restarted = await startConsole({ store: console.store })
    await restarted.app.ready()
    await expect.poll(async () => (await console.store.oathImports.byId(id))?.state).toBe('done')
    expect(await tokens('G')).toHaveLength(2)
    await restarted.close()
  })
})

const encrypted = { kind: 'passphrase', bits: 128, passphrase: 'qwerty' } as const
const tokenBody = {
  ...{ serialNumber: '', type: 'totp', algorithm: 'SHA-1', digits: 6, stepSeconds: 30, manufacturer: '', model: '' },
  userId: null,
}

test('20,000 tokens with a broken row in the middle: all others are taken, in pieces, and the screen is told the truth', async () => {
  const many = await startConsole()
  const as = await many.signInAs('administrator')
  const rows = Array.from({ length: 20_000 }, (_, at) => `M${at},${at === 10_000 ? 'broken' : base32}`)
  const ready = await uploadTokens({ from: many, as }, `serial number,secret key\n${rows.join('\n')}\n`)
  expect(ready.body).toMatchObject({ good: 19_999, refused: 1 })
  const steps: TokenImport[] = []
  const done = await takenTokens({ from: many, as }, ready.body['id'], (progress) => steps.push(progress))
  expect(done).toMatchObject({ good: 0, taken: 19_999, refused: 1 })
  for (const { good, taken: soFar, refused } of steps) expect(good + soFar + refused).toBe(20_000)
  const counts = steps.map(({ taken: soFar }) => soFar)
  expect(counts).toEqual(counts.toSorted((one, other) => one - other))
  // Others had their turn in between, and saw it go on.
  expect(new Set(counts).size).toBeGreaterThan(3)
  expect((await many.store.counts()).tokens).toBe(19_999)
  await many.close()
}, 60_000)
