/** Taking over another product's configuration in the console; secrets are drawn as the tests run. */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProductImport } from '@sallyport/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

const [one, two] = [randomBytes(12).toString('base64url'), randomBytes(12).toString('base64url')]
const clients = `client branch { ipaddr = 192.0.2.77
  secret = "${one}" }
client weak { ipaddr = 192.0.2.78
  secret = short }
client office { ipaddr = 192.0.2.79
  secret = "${two}"
  virtual_server = inner }
`
let console: TestConsole
let cookie: string
beforeEach(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
})
afterEach(() => console.close())

const upload = (file: string | Buffer, product = 'freeradius', as = cookie) =>
  console.call('POST', `/api/product-imports?product=${product}&fileName=clients.conf`, {
    ...{ cookie: as, body: Buffer.from(file), headers: { 'content-type': 'application/octet-stream' } },
  })
const take = (id: unknown, rows: readonly number[]) =>
  console.call('POST', `/api/product-imports/${String(id)}/take`, { cookie, body: { rows } })
const addresses = async () => (await console.store.radiusClients.list()).map(({ address }) => address)

describe('a file of another product', () => {
  test('is shown row by row before anything changes, and no secret comes back or lies in clear', async () => {
    const answer = await upload(clients)
    expect(answer.status).toBe(200)
    const { rows } = answer.body as unknown as ProductImport
    expect(rows.map(({ kind, title, state }) => [kind, title, state])).toEqual([
      ['client', '192.0.2.77', 'new'],
      ['client', '192.0.2.78', 'refused'],
      ['client', '192.0.2.79', 'new'],
      ['remark', '', 'unread'],
    ])
    expect(rows[0]?.settings).toContainEqual({ name: 'applicationName', value: 'branch' })
    expect(rows[3]?.message).toContain('virtual_server')
    expect(await addresses()).toEqual([])
    const read = await console.call('GET', `/api/product-imports/${String(answer.body['id'])}`, { cookie })
    expect(read.body).toEqual(answer.body)
    expect(answer.text + read.text).not.toMatch(new RegExp(`${one}|${two}|"sharedSecret"|"short"`))
    const stored = await readFile(join(console.dataDir, 'sallyport.db'), 'latin1')
    const waiting = await readFile(join(console.dataDir, 'sallyport.db-wal'), 'latin1').catch(() => '')
    expect(stored + waiting).toContain('clients.conf')
    expect(stored + waiting).not.toContain(one)
  })

  test('adds the rows that were chosen, with their secrets; the rest is forgotten with the file, and the trail says so', async () => {
    const { id } = (await upload(clients)).body
    console.notices.length = 0
    expect((await take(id, [2])).body).toEqual({ added: 1 })
    expect(await addresses()).toEqual(['192.0.2.79'])
    const [client] = await console.store.radiusClients.list()
    expect((await console.store.radiusClients.forTest(client?.id ?? ''))?.sharedSecret).toBe(two)
    expect(console.notices).toEqual([{ topic: 'clients' }, { topic: 'target' }])
    const { rows } = await console.store.audit.list({ limit: 2 })
    expect(rows).toMatchObject([
      { action: 'imported', subjectName: 'clients.conf', after: { product: 'freeradius', added: 1 } },
      { action: 'created', subjectKind: 'radius-client', administrator: 'administrator-0' },
    ])
    expect(JSON.stringify(rows)).not.toContain(two)
    expect((await take(id, [0])).status).toBe(404)
  })

  test('of whose clients one came meanwhile changes nothing, and says which', async () => {
    const [first, second] = [(await upload(clients)).body['id'], (await upload(clients)).body['id']]
    expect((await take(first, [0])).status).toBe(200)
    const late = await take(second, [0, 2])
    expect(late.body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'rows', message: /192\.0\.2\.77/ }] })
    expect(await addresses()).toEqual(['192.0.2.77'])
    const read = await console.call('GET', `/api/product-imports/${String(second)}`, { cookie })
    expect((read.body as unknown as ProductImport).rows[0]).toMatchObject({ state: 'there' })
    for (const rows of [[1], [3], [99]]) expect((await take(second, rows)).status).toBe(400)
    expect((await take(second, [2, 2])).body).toEqual({ added: 1 })
  })

  test('is forgotten after an hour, or when somebody says so', async () => {
    const { id } = (await upload(clients)).body
    const url = `/api/product-imports/${String(id)}`
    expect((await console.call('DELETE', url, { cookie })).status).toBe(204)
    expect((await console.call('GET', url, { cookie })).status).toBe(404)
    const other = (await upload(clients)).body['id']
    console.pass(60 * 60_000 + 1)
    cookie = await console.signInAs('administrator')
    expect((await take(other, [0])).status).toBe(404)
    await upload(clients)
    expect(await console.store.productImports.count()).toBe(1)
  })

  const entities = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Root>&x;</Root>'
  test.each([
    ['an XML with a document type', 'nps', entities, 'declares a document type'],
    ['an XML that is cut', 'nps', '<Root><Children>', 'XML'],
    ['an entity that nobody declared', 'nps', '<Root>&x;</Root>', 'XML'],
    ['another format', 'duo', clients, 'no section in brackets'],
    ['nothing', 'duo', '', 'empty'],
    ['no text', 'duo', Buffer.from([0xc3, 0x28, 0, 1]), 'encoding'],
    ['more than 4 MB', 'duo', Buffer.alloc(4 * 1024 * 1024 + 1, 'a'), 'larger than 4 MB'],
    ['a section with nothing in it', 'freeradius', '# nothing\n', 'nothing in this file'],
    ['more rows than a screen is for', 'freeradius', 'policy { }\n'.repeat(1001), 'command line'],
    ['one endless line', 'freeradius', `client ${'a '.repeat(1_000_000)}{ }`, 'no secret'],
  ])('%s is refused in words, and not kept', async (_, product, file, words) => {
    const answer = await upload(file, product)
    if (answer.status === 200) {
      expect(answer.text).toMatch(/write its address/)
      return
    }
    expect(answer.body).toMatchObject({ status: 400, errors: [{ path: 'file' }] })
    expect(answer.text).toContain(words)
    expect(await console.store.productImports.count()).toBe(0)
  })

  test('is for administrators alone, who proved a short while ago who they are', async () => {
    const { id } = (await upload(clients)).body
    for (const role of ['operator', 'auditor'] as const) {
      const other = await console.signInAs(role)
      expect((await upload(clients, 'freeradius', other)).body).toMatchObject({ code: 'not-allowed' })
      const read = await console.call('GET', `/api/product-imports/${String(id)}`, { cookie: other })
      expect(read.body).toMatchObject({ code: 'not-allowed' })
    }
    console.pass(20 * 60_000)
    expect((await take(id, [0])).body).toMatchObject({ code: 'proof-needed' })
    expect((await upload(clients)).body).toMatchObject({ code: 'proof-needed' })
    expect(await addresses()).toEqual([])
  })

  test('waits with four others at most', async () => {
    for (let count = 0; count < 5; count++) expect((await upload(clients)).status).toBe(200)
    expect((await upload(clients)).body).toMatchObject({ code: 'too-many-requests' })
  })
})
