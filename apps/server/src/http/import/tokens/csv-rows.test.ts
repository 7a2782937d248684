import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ImportFault } from '../import-fault.ts'
import { readAll } from './test/read-all.ts'

const header = 'upn,serial number,secret key,time interval,manufacturer,model'
const base32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const hex = '3132333435363738393031323334353637383930'
const secret = Buffer.from('12345678901234567890')

describe('a CSV of tokens', () => {
  test('of the columns that hardware vendors write is read, keys in Base32 and hexadecimal told apart', async () => {
    const rows = await readAll(`${header}\r\nann@example.com,100,${base32},30,Acme,T1\r\n,101,${hex},60,Acme,T1\r\n`)
    expect(rows).toMatchObject([
      { number: 2, serialNumber: '100', upn: 'ann@example.com', reason: null },
      { number: 3, serialNumber: '101', upn: '', token: { stepSeconds: 60 } },
    ])
    const [one, two] = rows.map(({ token }) => token)
    expect(one).toMatchObject({ type: 'totp', algorithm: 'SHA-1', digits: 6, manufacturer: 'Acme', model: 'T1' })
    expect([one, two].map((token) => Buffer.from(token?.secret ?? []))).toEqual([secret, secret])
  })

  test('may say more: type, algorithm, digits, counter and start date, in any order, after semicolons, with a byte order mark', async () => {
    const [row] = await readAll(
      `\uFEFFSecret Key;Serial-Number;TYPE;Algorithm;Digits;Counter;Start Date\n"${base32}";"A;1";HOTP;HMAC-SHA256;8;7;2026-12-01\n`,
    )
    expect(row?.token).toMatchObject({
      ...{ serialNumber: 'A;1', type: 'hotp', algorithm: 'SHA-256', digits: 8, lastUsedStep: 6 },
      notBefore: new Date('2026-12-01T00:00:00Z'),
    })
  })

  test.each([
    ['', base32, 'no-serial-number', 'serial number'],
    ['1', '', 'bad-secret', 'secret key'],
    ['1', 'GEZDGNBVGY3TQOJ1', 'bad-secret', 'secret key'],
    ['1', 'GEZDGNBVGY3TQOJQ', 'short-secret', 'secret key'],
    ['1', 'aa'.repeat(129), 'bad-secret', 'secret key'],
    ['x'.repeat(65), base32, 'bad-text', 'serial number'],
  ])('refuses the row %s,%s alone: %s', async (serial, key, reason, field) => {
    const rows = await readAll(`serial number,secret key\n1,${base32}\n${serial},${key}\n3,${base32}\n`)
    expect(rows.map((row) => row.reason)).toEqual([null, reason, null])
    expect(rows[1]).toMatchObject({ number: 3, token: null, field })
  })

  test.each([
    ['time interval', '45', 'bad-interval'],
    ['digits', '9', 'bad-digits'],
    ['algorithm', 'MD5', 'bad-algorithm'],
    ['type', 'ocra', 'bad-type'],
    ['start date', '01/02/2026', 'bad-date'],
    ['start date', '2026-13-01', 'bad-date'],
  ])('refuses %s %s', async (column, value, reason) => {
    const rows = await readAll(`serial number,secret key,${column}\n1,${base32},${value}\n`)
    expect(rows).toMatchObject([{ reason, field: column, token: null }])
  })

  test.each(['-1', '1.5', '1e3', '99999999999'])('refuses the counter %s', async (counter) => {
    const rows = await readAll(`serial number,secret key,type,counter\n1,${base32},hotp,${counter}\n`)
    expect(rows).toMatchObject([{ reason: 'bad-counter' }])
  })

  test('loses no more than the row that a stray quote is in', async () => {
    const rows = await readAll(
      `serial number,secret key\n1,${base32}\n"2,${base32}\n3"x,${base32}\n4,${base32}\n5\n6,${base32}\n`,
    )
    expect(rows.map((row) => row.reason)).toEqual([null, 'bad-line', 'bad-line', null, 'bad-line', null])
  })

  test('says a key as it is told where it could be either', async () => {
    const either = 'ABCDEF234567ABCDEF234567ABCDEF23'
    const length = async (secretFormat: 'detect' | 'base32' | 'hex') =>
      (await readAll(`serial number,secret key\n1,${either}\n`, { secretFormat }))[0]?.token?.secret.length
    expect([await length('detect'), await length('hex'), await length('base32')]).toEqual([16, 16, 20])
  })

  test.each([
    ['', 'empty'],
    ['\n\n', 'empty'],
    ['serial number\n1\n', 'no-header'],
    ['serial number,secret key,shoe size\n', 'no-header'],
    ['serial number,secret key,Serial Number\n', 'no-header'],
    [`serial number,secret key\n1,${base32}\n2`, 'cut-short'],
    ['x'.repeat(70_000), 'no-header'],
  ])('%j is refused whole', async (file, code) => {
    await expect(readAll(file)).rejects.toMatchObject({ code })
  })

  test('in UTF-16 or Latin-1 is refused whole, in clear words', async () => {
    const text = `serial number,secret key\nÄ1,${base32}\n`
    for (const encoding of ['utf16le', 'latin1'] as const) {
      await expect(readAll(Buffer.from(text, encoding))).rejects.toMatchObject({ code: 'not-utf8' })
    }
  })

  test('reads the same however it is cut into pieces', async () => {
    const file = `${header}\nann,Ä1,${base32},30,Acmé,T1\n,2,zz,30,,\n`
    const whole = await readAll(file, { pieceBytes: 1_000_000 })
    for (const pieceBytes of [1, 2, 3, 7]) expect(await readAll(file, { pieceBytes })).toEqual(whole)
  })

  test('whatever it holds is read or refused, never an error of ours', async () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('"', ',', '\n', base32, hex, '30', '=cmd()'))
    const file = fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(file, async (lines) => {
        await settled(readAll(`${header}\n${lines.map((line) => line.join(',')).join('\n')}`))
      }),
    )
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => settled(readAll(bytes))))
  })
})

async function settled(reading: Promise<unknown>): Promise<void> {
  await reading.catch((error: unknown) => {
    if (!(error instanceof ImportFault)) throw error
  })
}
