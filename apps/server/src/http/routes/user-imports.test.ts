import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { UserImport, UserImportMapping, UserImportRow } from '@sallyport/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'
import { checkedUsers, takenUsers, uploadUsers } from '../test/user-files.ts'

let console: TestConsole
let cookie: string
beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('operator')
})
beforeEach(() => {
  console.notices.length = 0
})
afterAll(() => console.close())

const check = (file: string | Buffer, changes?: Partial<UserImportMapping>) =>
  checkedUsers({ from: console, as: cookie }, file, changes)
const take = (id: string) => takenUsers({ from: console, as: cookie }, id)
const get = async (path: string) => (await console.call('GET', path, { cookie })).body
const rowsOf = async (id: string, query = '') =>
  (await get(`/api/user-imports/${id}/rows${query}`))['rows'] as readonly UserImportRow[]
const found = async (search: string) =>
  (await get(`/api/users?search=${search}`))['rows'] as readonly Record<string, unknown>[]

describe('a file of users', () => {
  test('is looked at first, and nobody is added; then they are, and the log stays without what it said', async () => {
    const ready = await check('username,email\nann,ann@example.com\nbert,no address\nANN,\n')
    expect(ready).toMatchObject({ state: 'ready', good: 1, refused: 2, there: 0, taken: 0 })
    expect(await found('ann')).toEqual([])
    expect(await rowsOf(ready.id)).toMatchObject([
      { line: 2, username: 'ann', outcome: 'good', remarks: [] },
      { line: 3, username: 'bert', outcome: 'refused', remarks: [{ column: 'email' }] },
      {
        ...{ line: 4, outcome: 'refused' },
        remarks: [{ column: 'username', message: expect.stringContaining('line 2 already, as “ann”') as unknown }],
      },
    ])
    expect(await take(ready.id)).toMatchObject({ state: 'done', good: 0, taken: 1, refused: 2 })
    expect(await found('ann')).toMatchObject([{ email: 'ann@example.com' }])
    expect(await found('ann&source=csv')).toMatchObject([{ username: 'ann', importId: ready.id }])
    expect(await found('ann&source=hand')).toEqual([])
    expect(console.notices).toMatchObject([{ topic: 'users', ids: [expect.anything() as unknown] }])
    expect((await rowsOf(ready.id, '?outcome=taken')).map(({ username }) => username)).toEqual(['ann'])
    const { rows } = await console.store.audit.list({ limit: 1 })
    expect(rows[0]).toMatchObject({ action: 'imported', after: { users: 1, fileName: 'users.csv' } })
  })

  test('is one of three sources that the list can be asked for', async () => {
    const byHand = { username: 'zoe', firstName: '', lastName: '', email: '', description: '', enabled: true }
    expect((await console.call('POST', '/api/users', { cookie, body: byHand })).status).toBe(200)
    expect(await found('zoe&source=hand')).toMatchObject([{ username: 'zoe', importId: null }])
    expect(await found('zoe&source=csv')).toEqual([])
    expect(await found('zoe&source=directory')).toEqual([])
  })

  test('leaves who is here as they are, and says how they are written here', async () => {
    const ready = await check('username;lastName\nAnn;Other\n')
    expect(ready).toMatchObject({ good: 0, there: 1, refused: 0 })
    expect(await rowsOf(ready.id)).toMatchObject([
      { outcome: 'there', remarks: [{ message: expect.stringContaining('“ann”') as unknown }] },
    ])
  })

  test('of the earlier product is understood: its columns, its methods, its numbers', async () => {
    const header =
      'Username,First name,Last name,Email,Country code,Phone,Extension,Backup phone,Method,Mode,PIN,Languages,Enabled,OATH'
    const token = { type: 'totp', algorithm: 'SHA-1', digits: 6, stepSeconds: 30, manufacturer: '', model: '' }
    const administrator = await console.signInAs('administrator')
    const body = { ...token, serialNumber: 'T-1', secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', userId: null }
    expect((await console.call('POST', '/api/oath-tokens', { cookie: administrator, body })).status).toBe(200)
    const ready = await check(
      [
        header,
        'cora,Cora,Ex,cora@example.com,1,555-123-4567,890,+44 20 7946 0000,Text Message,Two-Way OTP + PIN,9074,English,Yes,',
        'dirk,,,,49,030 901820,,,Phone Call,PIN,,German,No,T-1',
        'emma,,,,,12345,,,Carrier pigeon,,1,Klingon?,perhaps,',
      ].join('\r\n'),
    )
    expect((await rowsOf(ready.id))[2]?.remarks.map(({ column }) => column)).toEqual(
      expect.arrayContaining(['Method', 'Enabled', 'Languages', 'Phone', 'PIN']),
    )
    await take(ready.id)
    const [cora] = await found('cora')
    const [dirk] = await found('dirk')
    expect(cora).toMatchObject({ firstName: 'Cora', enabled: true, hasPin: true, factorMethods: ['text'] })
    expect(dirk).toMatchObject({ enabled: false, hasPin: false, tokenCount: 1 })
    const standing = async (user: Record<string, unknown> | undefined) =>
      get(`/api/users/${String(user?.['id'])}/standing`)
    expect(await standing(cora)).toMatchObject({
      factors: {
        ...{ phone: '+15551234567', phoneExtension: '890', backupPhone: '+442079460000', language: 'en' },
        ...{ textMode: 'two-way', textWithPin: true, callMode: null },
      },
      pin: { mustChange: true },
    })
    expect(await standing(dirk)).toMatchObject({
      factors: { phone: '+4930901820', factorMethods: ['call'], callMode: 'pin', language: 'de' },
    })
  })

  test('shows its columns, what they probably are and the first rows; of PINs nothing', async () => {
    const { body } = await uploadUsers(
      { from: console, as: cookie },
      Buffer.from('Benutzername\tNachname\tPIN\tUnknown\nmüller\tMüller\t9074\tx\n', 'latin1'),
    )
    const { id } = body as unknown as UserImport
    expect(await get(`/api/user-imports/${id}/columns`)).toEqual({
      ...{ encoding: 'windows-1252', delimiter: 'tab', problem: null },
      columns: [
        { name: 'Benutzername', samples: ['müller'], guess: 'username' },
        { name: 'Nachname', samples: ['Müller'], guess: 'lastName' },
        { name: 'PIN', samples: [], guess: 'pin' },
        { name: 'Unknown', samples: ['x'], guess: null },
      ],
    })
    expect(await get(`/api/user-imports/${id}/columns?encoding=utf-8&delimiter=comma`)).toMatchObject({
      columns: [{ name: 'Benutzername Nachname PIN Unknown', samples: ['m\uFFFDller M\uFFFDller 9074 x'] }],
    })
  })

  test.each([
    ['in the middle of a line', 'username,email\nann,a@example.com\nbert', {}, 'in the middle of line 3'],
    ['in the middle of a quoted field', 'username,email\nbert,"b@exam', {}, 'quote that opens in line 2'],
    ['read in the wrong encoding', Buffer.from('username\nmüller\n', 'latin1'), { encoding: 'utf-8' }, 'no UTF-8'],
    ['a quote where it cannot be', 'username\nfritz"x\n', {}, 'Line 2'],
  ] as const)(
    'that is cut or broken is refused as a whole, and may be told otherwise: %s',
    async (_, file, changes, problem) => {
      const refused = await check(file, changes)
      expect(refused).toMatchObject({ state: 'mapping', good: 0, problem: expect.stringContaining(problem) as unknown })
      expect(await rowsOf(refused.id)).toEqual([])
      const { status } = await console.call('POST', `/api/user-imports/${refused.id}/take`, { cookie })
      expect(status).toBe(404)
    },
  )

  test('that is empty is refused as it comes', async () => {
    expect((await uploadUsers({ from: console, as: cookie }, '')).body).toMatchObject({ status: 400 })
  })

  test('needs to be told which column is the username, and no two alike', async () => {
    const { body } = await uploadUsers({ from: console, as: cookie }, 'one,two\na,b\n')
    const { id, mapping } = body as unknown as UserImport
    for (const fields of [
      [null, 'email'],
      ['username', 'username'],
    ]) {
      const answer = await console.call('POST', `/api/user-imports/${id}/check`, {
        cookie,
        body: { ...mapping, fields },
      })
      expect(answer.body).toMatchObject({ status: 400, errors: [{ path: 'fields' }] })
    }
  })

  test('can be looked at again with other columns, and forgotten', async () => {
    const first = await check('login,name\ngina,g@example.com\n', { fields: [null, 'username'] })
    expect(await rowsOf(first.id)).toMatchObject([{ username: 'g@example.com' }])
    const body = { ...first.mapping, fields: ['username', 'email'] }
    await console.call('POST', `/api/user-imports/${first.id}/check`, { cookie, body })
    await expect.poll(() => rowsOf(first.id)).toMatchObject([{ username: 'gina' }])
    await expect.poll(async () => (await get(`/api/user-imports/${first.id}`))['state']).toBe('ready')
    expect((await console.call('DELETE', `/api/user-imports/${first.id}`, { cookie })).status).toBe(204)
    expect((await console.call('GET', `/api/user-imports/${first.id}`, { cookie })).status).toBe(404)
  })

  test('runs nothing in a spreadsheet when its report is exported', async () => {
    const ready = await check('username\n=cmd()|x\n')
    const { text } = await console.call('GET', `/api/user-imports/${ready.id}/rows.csv`, { cookie })
    expect(text).toContain(`2,'=cmd()|x,not added yet,`)
  })

  test('comes back from our own export as it was', async () => {
    const { text } = await console.call('GET', '/api/users/export.csv', { cookie })
    const ready = await check(text)
    expect(ready).toMatchObject({ state: 'ready', good: 0, refused: 0, problem: null })
    expect(ready.there).toBeGreaterThanOrEqual(3)
  })

  test('of thousands is taken in short transactions: others have their turn meanwhile', async () => {
    const lines = Array.from({ length: 5000 }, (_, at) => `many${at},Many,Of,,`)
    const ready = await check(['username,firstName,lastName,email,phone', ...lines].join('\n'))
    expect(ready).toMatchObject({ good: 5000, refused: 0 })
    const taking = take(ready.id)
    await expect.poll(async () => (await get(`/api/user-imports/${ready.id}`))['taken']).toBeGreaterThan(0)
    const between = (await get(`/api/user-imports/${ready.id}`)) as unknown as UserImport
    expect(between.good + between.taken).toBe(5000)
    expect(await taking).toMatchObject({ taken: 5000, good: 0 })
  })

  test('keeps nothing readable on disk of what it says while it waits', async () => {
    const { id } = (await uploadUsers({ from: console, as: cookie }, 'username,pin\nhanna,907431\n'))
      .body as unknown as UserImport
    expect((await get(`/api/user-imports/${id}`))['octets']).toBe(26)
    const files = await Promise.all(
      (await readdir(console.dataDir)).map((name) => readFile(join(console.dataDir, name), 'latin1')),
    )
    expect(files.some((content) => content.includes('907431') || content.includes('hanna'))).toBe(false)
  })
})
