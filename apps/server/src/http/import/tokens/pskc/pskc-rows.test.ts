import { createHmac, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ImportFault } from '../../import-fault.ts'
import { readAll } from '../test/read-all.ts'
import { figure6, figure7, pskcDocument, type Wrapping } from './test-documents.ts'

const secret = Buffer.from('12345678901234567890')
const plain = pskcDocument([{ serial: '1', secret }])
const secretsOf = async (...asked: Parameters<typeof readAll>) =>
  (await readAll(...asked)).map(({ token }) => Buffer.from(token?.secret ?? []))

describe('the examples of RFC 6030', () => {
  test('figure 6: AES-128-CBC with an agreed key, and its MAC', async () => {
    const rows = await readAll(figure6.xml, { key: { kind: 'key', key: figure6.key } })
    expect(rows).toMatchObject([
      {
        ...{ number: 1, serialNumber: '987654321', reason: null },
        token: { type: 'hotp', digits: 8, lastUsedStep: null, manufacturer: 'Manufacturer' },
      },
    ])
    expect(Buffer.from(rows[0]?.token?.secret ?? [])).toEqual(secret)
  })

  test('figure 7: a passphrase, by PBKDF2', async () => {
    const key = { kind: 'passphrase', passphrase: figure7.passphrase } as const
    expect(await secretsOf(figure7.xml, { key })).toEqual([secret])
  })

  test('figure 5: a PIN that the device asks for itself is none of ours; the PIN’s own key is no token', async () => {
    const policy = '<PINPolicy PINKeyId="2" PINUsageMode="Local"/><KeyUsage>OTP</KeyUsage>'
    const xml = pskcDocument([{ serial: '1', secret, type: 'hotp', digits: 8, policy }])
    const pin = xml.slice(xml.indexOf('<KeyPackage>'), xml.indexOf('</KeyContainer>')).replace(':hotp', ':pin')
    const rows = await readAll(xml.replace('</KeyContainer>', `${pin}</KeyContainer>`))
    expect(rows.map(({ reason }) => reason)).toEqual([null, 'bad-type'])
  })
})

describe('encrypted values', () => {
  const bits = [128, 192, 256] as const
  const ways: readonly [string, Wrapping][] = bits.flatMap((size): [string, Wrapping][] => {
    const key = Buffer.alloc(size / 8, size)
    return [
      [`AES-${size}-CBC`, { kind: 'cbc', bits: size, key }],
      [`AES-${size} key wrap`, { kind: 'kw', bits: size, key }],
      [`AES-${size} key wrap with padding`, { kind: 'kw-pad', bits: size, key }],
      [`AES-${size}-CBC and a passphrase`, { kind: 'passphrase', bits: size, passphrase: 'Grüße!' }],
      [
        `AES-${size}-CBC and a passphrase with SHA-256`,
        { kind: 'passphrase', bits: size, passphrase: 'x', prf: 'sha256' },
      ],
    ]
  })
  const givenFor = (wrapping: Wrapping) => {
    if (wrapping.kind === 'plain') return { kind: 'none' } as const
    if (wrapping.kind === 'passphrase') return { kind: 'passphrase', passphrase: wrapping.passphrase } as const
    return { kind: 'key', key: wrapping.key } as const
  }

  test.each(ways)('%s', async (_name, wrapping) => {
    const long = randomBytes(wrapping.kind === 'kw-pad' ? 33 : 32)
    // RFC 3394 takes whole halves of blocks only.
    const keys = [long, randomBytes(wrapping.kind === 'kw' ? 24 : 20)]
    const xml = pskcDocument(
      keys.map((key, at) => ({ serial: String(at), secret: key })),
      wrapping,
    )
    expect(await secretsOf(xml, { key: givenFor(wrapping) })).toEqual(keys)
  })

  test.each(ways)('%s: with another key nothing is read', async (_name, wrapping) => {
    const xml = pskcDocument([{ serial: '1', secret: Buffer.alloc(32, 1) }], wrapping)
    const right = givenFor(wrapping)
    const key =
      right.kind === 'key'
        ? { kind: 'key' as const, key: Buffer.alloc(right.key.length, 9) }
        : { kind: 'passphrase' as const, passphrase: 'wrong' }
    await expect(readAll(xml, { key })).rejects.toMatchObject({ code: 'mac-wrong' })
  })

  test('an altered value is refused by its MAC, whichever row it is in, and whatever was altered', async () => {
    const key = Buffer.alloc(16, 3)
    const keys = ['1', '2', '3'].map((serial) => ({ serial, secret: randomBytes(20) }))
    const xml = pskcDocument(keys, { kind: 'cbc', bits: 128, key })
    const given = { key: { kind: 'key', key } } as const
    const values = [...xml.matchAll(/<xenc:CipherValue>([^<]*)</g)].map(([, value]) => String(value)).slice(1)
    expect(values).toHaveLength(3)
    for (const value of values) {
      const octets = Buffer.from(value, 'base64')
      octets[3] = (octets[3] ?? 0) ^ 1
      await expect(readAll(xml.replace(value, octets.toString('base64')), given)).rejects.toMatchObject({
        code: 'mac-wrong',
      })
    }
    const [mac] = /(?<=<ValueMAC>)[^<]*/.exec(xml) ?? ['']
    const other = createHmac('sha256', 'another').update('').digest('base64')
    for (const wrong of [other, mac.slice(0, 8), '']) {
      await expect(readAll(xml.replace(mac, wrong), given)).rejects.toMatchObject({
        code: wrong === '' ? 'mac-missing' : 'mac-wrong',
      })
    }
  })

  test('CBC without a MAC method is refused (RFC 6030 §6.1.1)', async () => {
    const xml = figure6.xml.replace(/<MACMethod.*<\/MACMethod>/s, '')
    await expect(readAll(xml, { key: { kind: 'key', key: figure6.key } })).rejects.toMatchObject({
      code: 'mac-missing',
    })
  })

  test('what is missing is said: a key, a passphrase, a key of the right length', async () => {
    await expect(readAll(figure6.xml)).rejects.toMatchObject({ code: 'key-needed', message: /Pre-shared-key/ })
    await expect(readAll(figure7.xml)).rejects.toMatchObject({ code: 'passphrase-needed' })
    const long = { kind: 'key', key: Buffer.alloc(32) } as const
    await expect(readAll(figure7.xml, { key: long })).rejects.toMatchObject({ code: 'passphrase-needed' })
    await expect(readAll(figure6.xml, { key: long })).rejects.toMatchObject({ code: 'key-length' })
  })

  test('a way that is not understood is named', async () => {
    const xml = figure6.xml.replaceAll('aes128-cbc', 'tripledes-cbc')
    await expect(readAll(xml, { key: { kind: 'key', key: figure6.key } })).rejects.toMatchObject({
      code: 'encryption',
      message: /tripledes-cbc/,
    })
  })

  test('a derivation that would take for ever is refused', async () => {
    const xml = figure7.xml.replace('>1000<', '>2000000000<')
    const key = { kind: 'passphrase', passphrase: 'qwerty' } as const
    await expect(readAll(xml, { key })).rejects.toMatchObject({ code: 'encryption' })
  })
})

describe('a key package', () => {
  const one = async (...asked: Parameters<typeof pskcDocument>[0]) => (await readAll(pskcDocument(asked)))[0]

  test('says type, algorithm, digits, interval, counter, user and dates', async () => {
    const policy = '<StartDate>2026-01-01T00:00:00Z</StartDate><ExpiryDate>2030-01-01T00:00:00Z</ExpiryDate>'
    expect(
      await one({ serial: '7', secret, digits: 8, suite: 'HMAC-SHA512', interval: 60, userId: 'ann', policy }),
    ).toMatchObject({
      ...{ serialNumber: '7', upn: 'ann' },
      token: {
        ...{ type: 'totp', algorithm: 'SHA-512', digits: 8, stepSeconds: 60, manufacturer: 'Acme', model: 'T1' },
        ...{ notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2030-01-01T00:00:00Z') },
      },
    })
    expect(await one({ serial: '7', secret, type: 'hotp', counter: 5 })).toMatchObject({
      token: { type: 'hotp', lastUsedStep: 4 },
    })
  })

  test.each([
    [{ secret: Buffer.alloc(15) }, 'short-secret', 'Secret'],
    [{ secret: Buffer.alloc(0) }, 'bad-secret', 'Secret'],
    [{ digits: 10 }, 'bad-digits', 'ResponseFormat'],
    [{ interval: 20 }, 'bad-interval', 'TimeInterval'],
    [{ suite: 'HMAC-MD5' }, 'bad-algorithm', 'Suite'],
    [{ serial: '' }, 'no-serial-number', 'SerialNo'],
    [{ policy: '<PINPolicy PINUsageMode="Append"/>' }, 'policy', 'PINPolicy'],
    [{ policy: '<KeyUsage>CR</KeyUsage>' }, 'policy', 'KeyUsage'],
    [{ policy: '<NumberOfTransactions>5</NumberOfTransactions>' }, 'policy', 'NumberOfTransactions'],
    [{ policy: '<StartDate>soon</StartDate>' }, 'bad-date', 'StartDate'],
  ] as const)('%j costs that row: %s', async (changes, reason, field) => {
    const keys = [
      { serial: '1', secret },
      { serial: '2', secret, ...changes },
      { serial: '3', secret },
    ]
    const rows = await readAll(pskcDocument(keys))
    expect(rows.map((row) => row.reason)).toEqual([null, reason, null])
    expect(rows[1]).toMatchObject({ field, token: null })
  })
})

describe('XML', () => {
  test.each([
    ['a document type', plain.replace('?>', '?><!DOCTYPE KeyContainer>'), 'doctype'],
    ['entities', plain.replace('?>', '?><!DOCTYPE k [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'), 'doctype'],
    ['an entity nobody declared', plain.replace('Acme', '&bomb;'), 'no-xml'],
    ['an entity of a file', plain.replace('?>', '?><!DOCTYPE k [<!ENTITY f SYSTEM "file:///etc/passwd">]>'), 'doctype'],
    ['a deep nest', plain.replace('<Key ', `${'<x>'.repeat(100)}${'</x>'.repeat(100)}<Key `), 'too-deep'],
    ['a broad nest', plain.replace('<Key ', `${'<x/>'.repeat(1000)}<Key `), 'too-deep'],
    ['an endless text', plain.replace('Acme', 'A'.repeat(200_000)), 'too-deep'],
    [
      'endless attributes',
      plain.replace('<Key ', `<Key ${Array.from({ length: 99 }, (_, at) => `a${at}="1"`).join(' ')} `),
      'too-deep',
    ],
    ['its end missing', plain.slice(0, -30), 'cut-short'],
    ['its end missing in a tag', plain.slice(0, plain.indexOf('<Data') + 3), 'cut-short'],
    ['a tag that is closed by another', plain.replace('</Data>', '</Date>'), 'no-xml'],
    ['no key', pskcDocument([]), 'empty'],
    ['another root', '<html xmlns="http://www.w3.org/1999/xhtml"/>', 'no-pskc'],
    ['a draft’s namespace', plain.replace('keyprov:pskc"', 'keyprov:pskc:1.0"'), 'no-pskc'],
    ['another version', plain.replace('Version="1.0"', 'Version="2.0"'), 'no-pskc'],
    ['UTF-16', Buffer.from(plain, 'utf16le'), 'not-utf8'],
  ])('with %s is refused whole', async (_name, file, code) => {
    await expect(readAll(file)).rejects.toMatchObject({ code })
    await expect(readAll(file, { pieceBytes: 1_000_000 })).rejects.toMatchObject({ code })
  })

  test('reads the same however it is cut into pieces', async () => {
    const whole = await readAll(figure6.xml, { key: { kind: 'key', key: figure6.key } })
    for (const pieceBytes of [1, 7]) {
      expect(await readAll(figure6.xml, { pieceBytes, key: { kind: 'key', key: figure6.key } })).toEqual(whole)
    }
  })

  test('of any sort is read or refused, never an error of ours', async () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(plain, figure6.xml, figure7.xml),
        fc.array(fc.tuple(fc.nat(), fc.nat(20), fc.string({ maxLength: 6 }))),
      )
      .map(([xml, changes]) =>
        changes.reduce((text, [at, remove, put]) => {
          const from = at % text.length
          return text.slice(0, from) + put + text.slice(from + remove)
        }, xml),
      )
    const key = { kind: 'key', key: figure6.key } as const
    await fc.assert(
      fc.asyncProperty(mutated, async (xml) => {
        await readAll(xml, { key }).catch((error: unknown) => {
          if (!(error instanceof ImportFault)) throw error
        })
      }),
      { numRuns: 300 },
    )
  })
})
