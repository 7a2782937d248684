/** A push service over real TLS on loopback that answers as a test wants, and a browser's end of a subscription there. */
import { createECDH, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { CertificateFiles } from '@sallyport/tooling/servers'

interface Asked {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Answers like this; `asked` holds what reached it whole. */
export async function startPushService(answer: RequestListener, files: CertificateFiles) {
  const asked: Asked[] = []
  let connections = 0
  const server = createServer({ cert: readFileSync(files.certificate), key: readFileSync(files.key) })
  server.on('secureConnection', () => (connections += 1))
  server.on('request', (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      asked.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) })
      answer(request, response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { origin: `https://127.0.0.1:${port}`, port, asked, connections: () => connections, close }
}

/** A browser's end of a subscription, with what opens the messages for it. */
export function subscriptionAt(endpoint: string) {
  const privateKey = createECDH('prime256v1')
  const p256dh = privateKey.generateKeys('base64url')
  const authSecret = randomBytes(16)
  return { endpoint, p256dh, auth: authSecret.toString('base64url'), privateKey, authSecret }
}
