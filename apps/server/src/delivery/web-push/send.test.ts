/** Pushes to a real TLS server on loopback, read there by libraries that are not ours; and everything that such a server may answer. */
import { randomBytes } from 'node:crypto'
import type { lookup } from 'node:dns'
import type { RequestListener } from 'node:http'
import { createCertificates, type CertificateFiles, type TestCertificates } from '@sallyport/tooling/servers'
import ece from 'http_ece'
import { importJWK, jwtVerify } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startPushService, subscriptionAt } from '../test/push-service.ts'
import { createPushSender, type PushSenderOptions } from './send.ts'
import { makeVapidKeys } from './vapid.ts'

let certificates: TestCertificates
beforeAll(async () => {
  certificates = await createCertificates()
})
afterAll(() => certificates.remove())

const opened: (() => void)[] = []
afterEach(() => {
  for (const close of opened.splice(0).reverse()) close()
})

const keys = makeVapidKeys()
const subject = 'https://mfa.example.com'

async function startService(answer: RequestListener, files: CertificateFiles = certificates.server) {
  const service = await startPushService(answer, files)
  opened.push(service.close)
  return service
}

function senderWith(changes: Partial<PushSenderOptions> = {}) {
  const sender = createPushSender({
    ...{ keys, subject, clock: () => new Date(), random: randomBytes, allowLoopback: true },
    ...{ authority: certificates.caPem, timeoutMs: 5000, ...changes },
  })
  opened.push(() => sender.close())
  return sender
}

const message = { text: '{"id":"0b9ab3c5"}', ttlSeconds: 60, topic: '0b9ab3c59a2c4f5e8e0e3a6f6e8f1a11' }

async function answered(answer: RequestListener, changes: Partial<PushSenderOptions> = {}) {
  const service = await startService(answer)
  return { service, outcome: await senderWith(changes).send(subscriptionAt(`${service.origin}/push/abc`), message) }
}

const withStatus =
  (status: number, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, headers).end()

describe('a push', () => {
  test('RFC 8291, RFC 8188: is opened by the subscriber’s keys, with an implementation that is not ours', async () => {
    const service = await startService(withStatus(201))
    const to = subscriptionAt(`${service.origin}/push/abc`)
    expect(await senderWith().send(to, message)).toEqual({ kind: 'accepted' })
    const [{ path, headers, body } = { path: '', headers: {}, body: Buffer.alloc(0) }] = service.asked
    expect(path).toBe('/push/abc')
    const { privateKey, authSecret } = to
    expect(ece.decrypt(body, { version: 'aes128gcm', privateKey, authSecret }).toString()).toBe(message.text)
    const another = subscriptionAt('')
    expect(() => ece.decrypt(body, { ...another, version: 'aes128gcm' })).toThrow()
    expect(body.includes('0b9ab3c5')).toBe(false)
    // RFC 8030 §5.2 to §5.4
    expect(headers).toMatchObject({
      ...{ ttl: '60', urgency: 'high', topic: message.topic },
      ...{ 'content-encoding': 'aes128gcm', 'content-length': String(body.length) },
    })
  })

  test('RFC 8292: says who sends, in a token that another library verifies by the key that the browser was given', async () => {
    const { service } = await answered(withStatus(201))
    const [, token = '', key = ''] =
      /^vapid t=(\S+), k=(\S+)$/.exec(service.asked[0]?.headers.authorization ?? '') ?? []
    expect(key).toBe(keys.vapidPublicKey)
    const point = Buffer.from(key, 'base64url')
    const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
    const publicKey = await importJWK({ kty: 'EC', crv: 'P-256', x, y }, 'ES256')
    const { payload } = await jwtVerify(token, publicKey, { audience: service.origin, subject, algorithms: ['ES256'] })
    expect(payload.exp).toBeLessThanOrEqual(Math.floor(Date.now() / 1000) + 24 * 3600)
    const other = makeVapidKeys()
    const otherPoint = Buffer.from(other.vapidPublicKey, 'base64url')
    const [ox, oy] = [otherPoint.subarray(1, 33).toString('base64url'), otherPoint.subarray(33).toString('base64url')]
    const otherKey = await importJWK({ kty: 'EC', crv: 'P-256', x: ox, y: oy }, 'ES256')
    await expect(jwtVerify(token, otherKey)).rejects.toThrow('signature')
  })

  test('shares its connection with the next one', async () => {
    const service = await startService((_, response) => void response.writeHead(201).end('kept'))
    const sender = senderWith()
    for (let sent = 0; sent < 3; sent += 1) await sender.send(subscriptionAt(`${service.origin}/a`), message)
    expect([service.asked.length, service.connections()]).toEqual([3, 1])
  })
})

describe('a push service that answers', () => {
  test.each([200, 201, 202])('%i has it', async (status) => {
    expect((await answered(withStatus(status))).outcome).toEqual({ kind: 'accepted' })
  })

  test.each([404, 410])('%i knows no such subscription any more (RFC 8030 §7.3)', async (status) => {
    expect((await answered(withStatus(status))).outcome).toEqual({ kind: 'gone' })
  })

  test.each([
    [400, false],
    [401, false],
    [403, false],
    [413, false],
    [500, true],
    [503, true],
  ])('%i has it not, and trying again may help: %s', async (status, retryable) => {
    expect((await answered(withStatus(status))).outcome).toEqual({
      kind: 'failed',
      problem: `HTTP ${status}`,
      retryable,
    })
  })

  test('429 says how long to wait', async () => {
    const failed = { kind: 'failed', problem: 'HTTP 429', retryable: true }
    const after = async (value: string) => (await answered(withStatus(429, { 'retry-after': value }))).outcome
    expect(await after('7')).toEqual({ ...failed, retryAfterMs: 7000 })
    for (const value of ['-1', '1e9', 'soon', '99999999999999999999']) expect(await after(value)).toEqual(failed)
  })

  test.each([301, 302, 307, 308])('%i is not followed, wherever it leads', async (status) => {
    const there = await startService(withStatus(201))
    const { outcome } = await answered(withStatus(status, { location: `${there.origin}/inside` }))
    expect(outcome).toEqual({ kind: 'failed', problem: `HTTP ${status}`, retryable: false })
    expect(there.connections()).toBe(0)
  })

  test('without an end is believed its status, and is not listened to for longer', async () => {
    let written = 0
    let whenLeft: () => void = () => undefined
    const left = new Promise<void>((resolve) => (whenLeft = resolve))
    const endless: RequestListener = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('a'.repeat(16_384))) written += 16_384
      }
      response.writeHead(201).on('drain', more).on('close', whenLeft)
      more()
    }
    // The time alone would not end it within this test.
    expect((await answered(endless, { timeoutMs: 60_000 })).outcome).toEqual({ kind: 'accepted' })
    await left
    expect(written).toBeLessThan(64 * 2 ** 20)
  })

  test('with headers that are larger than any has not got it', async () => {
    const { outcome } = await answered(withStatus(201, { 'x-long': 'a'.repeat(20_000) }))
    expect(outcome).toEqual({ kind: 'failed', problem: 'HPE_HEADER_OVERFLOW', retryable: true })
  })

  test('nothing is waited for no longer than agreed', async () => {
    const { outcome } = await answered(() => undefined, { timeoutMs: 200 })
    expect(outcome).toEqual({ kind: 'failed', problem: 'no answer in time', retryable: true })
  })

  test('something else than HTTP, or that ends at once, has not got it', async () => {
    const { outcome } = await answered((request) => void request.socket.end('220 mail.example.com\r\n'))
    expect(outcome).toMatchObject({ kind: 'failed', retryable: true })
    const { outcome: cut } = await answered((request) => void request.socket.destroy())
    expect(cut).toEqual({ kind: 'failed', problem: 'ECONNRESET', retryable: true })
  })
})

describe('a push service that cannot show that it is the one', () => {
  test.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['otherName', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['foreign', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ] as const)('gets nothing: %s', async (which, problem) => {
    const service = await startService(withStatus(201), certificates[which])
    const outcome = await senderWith().send(subscriptionAt(`${service.origin}/push`), message)
    expect(outcome).toMatchObject({ kind: 'failed', problem })
    expect(service.asked).toEqual([])
  })
})

describe('where it may go', () => {
  const meaning = (...addresses: string[]) => {
    const asked: string[] = []
    const answer = ((name: string, _options: unknown, callback: (error: null, found: object[]) => void) => {
      asked.push(name)
      const address = addresses[Math.min(asked.length, addresses.length) - 1] ?? ''
      callback(null, [{ address, family: 4 }])
    }) as unknown as typeof lookup
    return { asked, lookup: answer }
  }

  test('a name that was taken for public and means this machine at the connection is not connected to', async () => {
    const service = await startService(withStatus(201))
    const { lookup, asked } = meaning('127.0.0.1')
    const sender = senderWith({ lookup, allowLoopback: false })
    const to = subscriptionAt(`https://push.example.net:${service.port}/a`)
    expect(await sender.send(to, message)).toEqual({ kind: 'failed', problem: 'ENOTPUBLIC', retryable: false })
    expect([asked, service.connections()]).toEqual([['push.example.net'], 0])
  })

  test('it is looked up once for a connection: a second meaning is never asked for', async () => {
    const service = await startService(withStatus(201))
    const { lookup, asked } = meaning('127.0.0.1', '10.0.0.1')
    const sender = senderWith({ lookup })
    const to = subscriptionAt(`https://localhost:${service.port}/a`)
    for (let sent = 0; sent < 2; sent += 1) expect(await sender.send(to, message)).toEqual({ kind: 'accepted' })
    expect([asked, service.connections()]).toEqual([['localhost'], 1])
  })

  test('an address of this machine or its networks is refused before anything is sent', async () => {
    const service = await startService(withStatus(201))
    const sender = senderWith({ allowLoopback: false })
    for (const host of ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1']) {
      const outcome = await sender.send(subscriptionAt(`https://${host}:${service.port}/a`), message)
      expect(outcome).toEqual({ kind: 'failed', problem: 'not-public', retryable: false })
    }
    expect(service.connections()).toBe(0)
  })

  test('keys that are none are refused before anything is sent', async () => {
    const service = await startService(withStatus(201))
    const to = { ...subscriptionAt(`${service.origin}/a`), p256dh: randomBytes(65).toString('base64url') }
    expect(await senderWith().send(to, message)).toEqual({ kind: 'failed', problem: 'unusable-keys', retryable: false })
    expect(service.connections()).toBe(0)
  })
})
