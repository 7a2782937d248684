/** A small real HTTP server on loopback, which plays a gateway: what it was asked, and what it answers. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface AskedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface WebGateway {
  readonly url: string
  readonly asked: readonly AskedRequest[]
  close(): Promise<void>
}

export async function startWebGateway(
  answer: (response: ServerResponse, request: AskedRequest, count: number) => void,
): Promise<WebGateway> {
  const asked: AskedRequest[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const whole = { method, path: url, headers, body }
      asked.push(whole)
      answer(response, whole, asked.length)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
