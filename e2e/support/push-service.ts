/**
 * A push service on loopback: browsers hold a WebSocket to it, as Firefox does to its maker's, and servers send to it over TLS
 * (RFC 8030). It carries what it is given, and can read none of it.
 */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createCertificates } from '@sallyport/tooling/servers'
import { WebSocketServer, type WebSocket } from 'ws'

export interface PushService {
  /** What a browser connects to. */
  readonly browserUrl: string
  /** The authority of its certificate, which the server that sends has to trust: a file, PEM. */
  readonly caFile: string
  /** What was sent to it. */
  readonly sent: readonly Sent[]
  /** What browsers said of what they were given: 100 is decrypted and handed to the service worker. */
  readonly acknowledged: readonly number[]
  /** Forgets every subscription: what is sent to one is answered with 410. */
  readonly forget: () => void
  /** Servers find nobody there from now on. */
  readonly stopTaking: () => void
  readonly close: () => Promise<void>
}

export interface Sent {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

interface Subscription {
  readonly browserId: string
  readonly channelID: string
}

/** What browsers say, as far as it is answered here. */
interface FromBrowser {
  readonly messageType?: string
  readonly uaid?: string
  readonly channelID?: string
  readonly updates?: readonly { readonly code: number }[]
}

export async function startPushService(): Promise<PushService> {
  const certificates = await createCertificates()
  const { certificate, key } = certificates.server
  const subscriptions = new Map<string, Subscription>()
  const browsers = new Map<string, WebSocket>()
  const sent: Sent[] = []
  const acknowledged: number[] = []

  const sending = createTlsServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const status = take(request.url?.slice(1) ?? '', request.headers, body)
      sent.push({ status, headers: request.headers, body })
      response.writeHead(status).end()
    })
  })
  const origin = `https://127.0.0.1:${await listen(sending)}`

  function take(token: string, headers: IncomingHttpHeaders, body: Buffer): number {
    const subscription = subscriptions.get(token)
    if (subscription === undefined) return 410
    if (headers.ttl === undefined || headers['content-encoding'] !== 'aes128gcm') return 400
    if (!/^vapid t=\S+, k=\S+$/.test(headers.authorization ?? '')) return 401
    if (body.length > 4096) return 413
    const { channelID, browserId } = subscription
    say(browsers.get(browserId), {
      ...{ messageType: 'notification', channelID, version: randomUUID() },
      ...{ data: body.toString('base64url'), headers: { encoding: 'aes128gcm' } },
    })
    return 201
  }

  const forBrowsers = createServer()
  const sockets = new WebSocketServer({
    server: forBrowsers,
    handleProtocols: (offered) => (offered.has('push-notification') ? 'push-notification' : false),
  })
  sockets.on('connection', (socket) => {
    // An id that a browser brings is of another run: with a new one it lets go of what it had there.
    const browserId = randomUUID().replaceAll('-', '')
    socket.on('message', (data: Buffer) => {
      const said = JSON.parse(data.toString('utf8')) as FromBrowser
      const { messageType, channelID = '' } = said
      if (messageType === undefined || messageType === 'ping') say(socket, {})
      if (messageType === 'hello') {
        browsers.set(browserId, socket)
        say(socket, { messageType, uaid: browserId, status: 200, use_webpush: true, broadcasts: {} })
      }
      if (messageType === 'register') {
        const token = randomUUID()
        subscriptions.set(token, { browserId, channelID })
        say(socket, { messageType, channelID, status: 200, pushEndpoint: `${origin}/${token}` })
      }
      if (messageType === 'unregister') {
        for (const [token, each] of subscriptions) if (each.channelID === channelID) subscriptions.delete(token)
        say(socket, { messageType, channelID, status: 200 })
      }
      if (messageType === 'ack' || messageType === 'nack') {
        for (const { code } of said.updates ?? [{ code: 0 }]) acknowledged.push(code)
      }
    })
  })

  return {
    browserUrl: `ws://127.0.0.1:${await listen(forBrowsers)}/`,
    caFile: certificates.caFile,
    ...{ sent, acknowledged, forget: () => subscriptions.clear() },
    stopTaking: () => stop(sending),
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      for (const server of [forBrowsers, sending]) stop(server)
      await certificates.remove()
    },
  }
}

function say(socket: WebSocket | undefined, message: object): void {
  socket?.send(JSON.stringify(message))
}

function stop(server: Server): void {
  server.close()
  server.closeAllConnections()
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
