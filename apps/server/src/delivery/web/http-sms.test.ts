/** The generic HTTP gateway against real HTTP servers on loopback. */
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { tryOne } from '../core/failover.ts'
import type { GatewaySettings } from '../core/gateway.ts'
import { ear, httpSmsSettings, textJob } from '../test/gateways.ts'
import { startWebGateway } from '../test/web-gateway.ts'
import type { CallbackRequest } from '../../bus/gateway-callbacks.ts'
import { createHttpSmsGateway } from './http-sms.ts'
import { signatureOf } from './proof.ts'

const opened: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

async function gatewayAt(answer: Parameters<typeof startWebGateway>[0]) {
  const server = await startWebGateway(answer)
  opened.push(() => server.close())
  const send = (more: Parameters<typeof httpSmsSettings>[1] = {}, job = textJob(), windowMs = 2_000) =>
    tryOne(job, { gateway: createHttpSmsGateway(httpSmsSettings(`${server.url}/send`, more), ear()) }, windowMs)
  return { server, send }
}

/** Whatever speaks there: its address. */
async function speakingAs(speak: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => speak(socket.on('error', () => undefined))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  opened.push(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const nasty = 'He said "1\\2"\r\nBcc: x & a=b <é€> {{secret}} ../'

describe('a text by HTTP', () => {
  it('goes into JSON as a value that cannot become structure, and is taken under the reference of the answer', async () => {
    const { server, send } = await gatewayAt((response) => response.end('{"id": 17}'))
    const attempt = await send({}, textJob({ text: nasty }))
    expect(attempt).toMatchObject({ kind: 'taken', references: ['17'] })
    expect(server.asked[0]?.headers['content-type']).toBe('application/json')
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({
      to: '+4930123456',
      message: { text: nasty },
      parts: [1, 'job-1'],
    })
  })

  it('goes into a form and into an address as one value each', async () => {
    const { server, send } = await gatewayAt((response) => response.end())
    await send({ bodyFormat: 'form', body: 'to={{to}}&text={{text}}&key={{secret}}' }, textJob({ text: nasty }))
    expect([...new URLSearchParams(server.asked[0]?.body)]).toEqual([
      ['to', '+4930123456'],
      ['text', nasty],
      ['key', 'k"ey'],
    ])
    const url = `${server.url}/{{digits}}/send?text={{text}}&from={{from}}`
    await send({ method: 'GET', bodyFormat: 'none', url }, textJob({ text: nasty }))
    const asked = new URL(server.asked[1]?.path ?? '', server.url)
    expect([server.asked[1]?.method, asked.pathname, server.asked[1]?.body]).toEqual(['GET', '/4930123456/send', ''])
    expect([...asked.searchParams]).toEqual([
      ['text', nasty],
      ['from', '+4912345'],
    ])
  })

  it('carries the headers that were asked for, and none that a value could add', async () => {
    const { server, send } = await gatewayAt((response) => response.end())
    await send({ headers: [{ name: 'X-Key', value: 'App {{secret}}' }], authentication: 'basic', username: 'us' })
    expect(server.asked[0]?.headers).toMatchObject({
      'x-key': 'App k"ey',
      authorization: `Basic ${Buffer.from('us:k"ey').toString('base64')}`,
    })
    const refusedJob = textJob({ id: 'a\r\nX-Evil: 1' })
    expect(await send({ headers: [{ name: 'X-Id', value: '{{id}}' }] }, refusedJob)).toMatchObject({ kind: 'refused' })
    expect(server.asked).toHaveLength(1)
  })

  it('is taken by the rule for success alone', async () => {
    const { send } = await gatewayAt((response) => response.end('OK: queued'))
    expect(await send({ successText: 'OK:' })).toMatchObject({ kind: 'taken' })
    expect(await send({ successText: 'accepted' })).toMatchObject({ kind: 'refused', said: '200 OK: queued' })
    for (const [status, suspect] of [
      [500, true],
      [401, true],
      [429, false],
    ] as const) {
      const failing = await gatewayAt((response) => response.writeHead(status).end('no'))
      expect(await failing.send()).toMatchObject({
        kind: 'refused',
        suspect,
        problem: `It answered with status ${status}.`,
      })
    }
  })

  it('does not follow a redirect', async () => {
    const elsewhere = await gatewayAt((response) => response.end('{"id":1}'))
    const { send } = await gatewayAt((response) => response.writeHead(307, { location: elsewhere.server.url }).end())
    expect(await send()).toMatchObject({ kind: 'refused', problem: expect.stringContaining('redirect') as string })
    expect(elsewhere.server.asked).toHaveLength(0)
  })

  it('tells what was not sent from what may have been', async () => {
    const { server, send } = await gatewayAt(() => undefined)
    expect(await send({}, textJob(), 300)).toMatchObject({ kind: 'unknown' })
    expect(server.asked).toHaveLength(1)
    const breaking = await gatewayAt((response) => response.destroy())
    expect(await breaking.send()).toMatchObject({
      kind: 'unknown',
      problem: expect.stringContaining('without an answer') as string,
    })
    const dripping = await gatewayAt((response) => response.writeHead(200).write('{"id"'))
    expect(await dripping.send({}, textJob(), 300)).toMatchObject({ kind: 'unknown' })
    const gone = await gatewayAt(() => undefined)
    await gone.server.close()
    expect(await send({ url: gone.server.url })).toMatchObject({
      kind: 'refused',
      problem: 'It refuses the connection.',
    })
    opened.splice(opened.length - 1)
  })

  it('reads no more of an answer than it needs', async () => {
    const { send } = await gatewayAt((response) => {
      response.on('error', () => undefined)
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        response.once('drain', more)
      }
      more()
    })
    const attempt = await send()
    expect(attempt).toMatchObject({ kind: 'taken', references: [] })
    expect(JSON.stringify(attempt).length).toBeLessThan(600)
  })

  it('that is answered twice is taken once, and the next one gets its own answer', async () => {
    let count = 0
    const answer = (id: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${id.length + 7}\r\n\r\n{"id":${id}}`
    const url = await speakingAs((socket) =>
      socket.once('data', () => socket.write(answer(String((count += 1))) + answer('999'))),
    )
    const { send } = await gatewayAt(() => undefined)
    for (const id of ['1', '2']) expect(await send({ url })).toMatchObject({ kind: 'taken', references: [id] })
    expect(count).toBe(2)
  })

  it('is not sent to the addresses where clouds keep credentials, nor in a language that is not HTTP', async () => {
    const { send } = await gatewayAt(() => undefined)
    for (const url of [
      'http://169.254.169.254/latest',
      'http://[fe80::1]/',
      'http://0.0.0.0/',
      'http://[::ffff:169.254.169.254]/',
    ]) {
      expect(await send({ url })).toMatchObject({
        kind: 'refused',
        problem: expect.stringContaining('not one to ask') as string,
      })
    }
    const url = await speakingAs((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
    expect(await send({ url })).toMatchObject({ kind: 'unknown', problem: 'Its answer is not HTTP.' })
  })
})

describe('a callback of an HTTP gateway', () => {
  const nowMs = Date.parse('2026-11-23T12:00:00Z')
  const target = '/callbacks/web/reply'
  const body = JSON.stringify({ from: '0049 30 123456', to: '4912345678', text: '123456' })
  const at = (settings: GatewaySettings<'http-sms'>) => {
    const news = ear(undefined, () => nowMs)
    const gateway = createHttpSmsGateway(settings, news)
    const call = async (headers: CallbackRequest['headers'], more: Partial<CallbackRequest> = {}, kind = 'reply') =>
      (
        await gateway.callback?.(kind, {
          ...{ method: 'POST', url: `https://inside.example${target}`, body },
          headers: { 'content-type': 'application/json', ...headers },
          ...more,
        })
      )?.status
    return { news, call }
  }
  const signed = (text = body, atMs = nowMs, path = target, secret = 'sixteen or more.') => {
    const timestamp = String(atMs / 1000)
    return { 'x-sallyport-timestamp': timestamp, 'x-sallyport-signature': signatureOf(secret, timestamp, path, text) }
  }

  it('counts once when it is signed over time, address and body', async () => {
    const { news, call } = at(httpSmsSettings('http://127.0.0.1/'))
    expect(await call(signed())).toBe(204)
    expect(await call(signed())).toBe(204)
    expect(news.heard).toEqual([{ from: '+4930123456', to: '+4912345678', text: '123456' }])
  })

  it('counts not at all unsigned, signed for another body, address, secret or time', async () => {
    const { news, call } = at(httpSmsSettings('http://127.0.0.1/'))
    const old = signed(body, nowMs - 301_000)
    for (const headers of [
      {},
      signed('{}'),
      signed(body, nowMs, '/callbacks/web/receipt'),
      signed(body, nowMs, target, 'another secret here'),
      old,
      { ...old, 'x-sallyport-timestamp': String(nowMs / 1000) },
      signed(body, nowMs + 301_000),
      { 'x-sallyport-secret': 'sixteen or more.' },
    ]) {
      expect(await call(headers)).toBe(403)
    }
    expect(await call(signed(body, nowMs, '/callbacks/web/other'), {}, 'other')).toBe(404)
    expect(news.heard).toEqual([])
    const without = { ...httpSmsSettings('http://127.0.0.1/'), callbackSecret: undefined }
    expect(await at(without).call(signed())).toBe(403)
  })

  it('may show a secret instead, as bearer, as password or in a header of its own', async () => {
    const { news, call } = at(httpSmsSettings('http://127.0.0.1/', { callbackProof: 'secret' }))
    const basic = Buffer.from('us:sixteen or more.').toString('base64')
    for (const headers of [
      { authorization: 'Bearer sixteen-or-more' },
      { authorization: 'Bearer' },
      { 'x-sallyport-secret': '' },
      {},
      signed(),
    ]) {
      expect(await call(headers)).toBe(403)
    }
    expect(await call({ authorization: `Basic ${basic}` })).toBe(204)
    expect(await call({ 'x-sallyport-secret': 'sixteen or more.' })).toBe(204)
    expect(news.heard).toHaveLength(2)
  })

  it('tells what became of a text in the words that were set', async () => {
    const { news, call } = at(httpSmsSettings('http://127.0.0.1/', { callbackProof: 'secret' }))
    const form = { 'x-sallyport-secret': 'sixteen or more.', 'content-type': 'application/x-www-form-urlencoded' }
    for (const state of ['OK', 'lost', 'en route']) {
      expect(await call(form, { body: new URLSearchParams({ id: '17', state }).toString() }, 'receipt')).toBe(204)
    }
    expect(news.heard).toMatchObject([
      { references: ['17'], state: 'delivered' },
      { references: ['17'], state: 'failed' },
      { references: ['17'], state: 'unknown', detail: 'en route' },
    ])
    expect(await call(form, { body: 'id=17' }, 'receipt')).toBe(400)
    const json = { ...form, 'content-type': 'application/json' }
    expect(await call(json, { body: '{"__proto__": {"id": "1", "state": "OK"}}' }, 'receipt')).toBe(400)
    expect(await call(json, { body: '{' }, 'receipt')).toBe(400)
  })
})
