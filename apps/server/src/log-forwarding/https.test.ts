import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import { gunzipSync } from 'node:zlib'

import type { LogReceiverConfiguration } from '@sallyport/contract'
import { createCertificates, freeTcpPort } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'

import { startThread } from '../threads/start-thread.ts'
import type { LogThreadData } from './messages.ts'
import { logSite, numbers, usersIn } from './test/site.ts'

let certificates: Awaited<ReturnType<typeof createCertificates>>
beforeAll(async () => {
  certificates = await createCertificates()
})
afterAll(() => certificates.remove())

const token = 'Bearer a token of the tests'
const waiting = { timeout: 30_000, interval: 20 }

/** A receiver that keeps what it took, and answers as it is told. */
async function receiver() {
  const port = await freeTcpPort()
  const taken: string[] = []
  const requests: { type: string | undefined; encoding: string | undefined; events: number }[] = []
  const answers = { status: 204, mostEvents: Infinity, said: '' }
  const options = {
    key: await readFile(certificates.server.key),
    cert: await readFile(certificates.server.certificate),
  }
  let server: Server | undefined
  const listen = () =>
    new Promise<void>((resolve) => {
      server = createServer(options, (request, response) => {
        const chunks: Buffer[] = []
        request.on('data', (chunk: Buffer) => chunks.push(chunk))
        request.on('end', () => {
          const { authorization, 'content-encoding': encoding, 'content-type': type } = request.headers
          const body = Buffer.concat(chunks)
          const text = (encoding === 'gzip' ? gunzipSync(body) : body).toString()
          const events = text.startsWith('[')
            ? (JSON.parse(text) as object[]).map((each) => JSON.stringify(each))
            : text.split('\n').slice(0, -1)
          requests.push({ type, encoding, events: events.length })
          const status = authorization !== token ? 401 : events.length > answers.mostEvents ? 413 : answers.status
          if (status < 300) taken.push(...events)
          response.writeHead(status, { location: 'https://127.0.0.1:1/' }).end(answers.said)
        })
      }).listen(port, '127.0.0.1', resolve)
    })
  const close = () =>
    new Promise<void>((resolve) => {
      server?.close(() => resolve())
      server?.closeAllConnections()
    })
  await listen()
  onTestFinished(close)
  const unique = () => [...new Set(usersIn(taken))].sort((one, other) => one - other)
  return { port, taken, requests, answers, listen, close, unique }
}

const to = (port: number, more: { layout?: 'lines' | 'array'; gzip?: boolean } = {}): LogReceiverConfiguration => ({
  transport: 'https',
  url: `https://127.0.0.1:${port}/events`,
  headerName: 'Authorization',
  layout: 'lines',
  gzip: true,
  caPem: certificates.caPem,
  ...more,
})

describe('a receiver of JSON over HTTPS', () => {
  it('gets batches, compressed, with the header that proves us', async () => {
    const [site, server] = [await logSite(), await receiver()]
    const { id } = await site.add(to(server.port), { headerValue: token, changes: true })
    site.signIns(1, 700)
    await vi.waitFor(() => expect(server.unique().filter(Number.isFinite)).toEqual(numbers(1, 700)), waiting)
    expect(server.requests.every(({ type, encoding }) => type === 'application/x-ndjson' && encoding === 'gzip')).toBe(
      true,
    )
    expect(server.requests.length).toBeLessThan(30)
    // The first change that it is told of is its own making; the token is not in it.
    const change = server.taken
      .map((each) => JSON.parse(each) as Record<string, unknown>)
      .find(({ type }) => type === 'change')
    expect(change).toMatchObject({ action: 'created', subjectKind: 'log-receiver', administrator: 'ada' })
    expect(JSON.stringify(change)).not.toContain('a token of the tests')
    await site.until(id, (state) => expect(state).toMatchObject({ state: 'up', waiting: 0, sent: 701 }))
  })

  it('gets an array where it wants one, in pieces that it takes', async () => {
    const [site, server] = [await logSite(), await receiver()]
    server.answers.mostEvents = 40
    await site.add(to(server.port, { layout: 'array', gzip: false }), { headerValue: token })
    site.signIns(1, 100)
    await vi.waitFor(() => expect(server.unique()).toEqual(numbers(1, 100)), waiting)
    expect(server.requests.at(-1)).toMatchObject({ type: 'application/json', encoding: undefined })
  })

  it('gets all, once it answers again; until then its answer is said, without the token', async () => {
    const [site, server] = [await logSite(), await receiver()]
    server.answers.status = 503
    server.answers.said = `busy with ${token}\nand more`
    const { id } = await site.add(to(server.port), { headerValue: token })
    site.signIns(1, 50)
    await site.until(id, (state) => expect(state?.state).toBe('failing'))
    expect(site.state(id)).toMatchObject({ problem: 'The receiver answered 503: busy with … and more', waiting: 50 })
    await server.close()
    site.signIns(51, 50)
    server.answers.status = 200
    await server.listen()
    await vi.waitFor(() => expect(server.taken).toHaveLength(100), waiting)
    expect(server.unique()).toEqual(numbers(1, 100))
  })

  it('is sent no token to where it redirects', async () => {
    const [site, server] = [await logSite(), await receiver()]
    server.answers.status = 307
    const { id } = await site.add(to(server.port), { headerValue: token })
    site.signIns(1, 1)
    await site.until(id, (state) => expect(state?.problem).toBe('The receiver answered 307'))
  })

  it('loses nothing when the thread that sends is ended abruptly, again and again', { timeout: 90_000 }, async () => {
    const [site, server] = [await logSite(), await receiver()]
    await site.add(to(server.port), { headerValue: token })
    await site.forwarding().close()
    const data: LogThreadData = { dataDir: site.dataDir, hostname: 'here', version: '1.0.0' }
    for (let round = 0; round < 5; round++) {
      site.signIns(round * 1000 + 1, 1000)
      const before = server.taken.length
      const worker = await startThread('log-thread', data, [])
      await vi.waitFor(() => expect(server.taken.length).toBeGreaterThan(before), waiting)
      await worker.terminate()
    }
    await site.restart()
    await vi.waitFor(() => expect(server.unique()).toEqual(numbers(1, 5000)), waiting)
  })
})
