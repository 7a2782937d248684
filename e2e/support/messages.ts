/** Gateways on loopback that take whatever they are given, and show it: one for texts and calls, one for mail. */
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

export interface Messages {
  readonly port: number
  /** So many were taken so far. */
  readonly count: () => number
  /** The one that came after so many, once it has. */
  after(count: number): Promise<string>
  close(): Promise<void>
}

/** Answers every request with its own number. */
export function startWebGateway(): Promise<Messages> {
  const taken: string[] = []
  const server = createHttpServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      taken.push(body)
      response.end(JSON.stringify({ reference: `message-${taken.length}` }))
    })
  })
  return listening(server, taken)
}

/** RFC 5321, as much of it as a message needs. */
export function startMailServer(): Promise<Messages> {
  const taken: string[] = []
  const server = createServer((socket) => {
    let text = ''
    let mail: string | null = null
    const say = (line: string) => socket.write(`${line}\r\n`)
    say('220 mail.example.test ready')
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end)
        text = text.slice(end + 2)
        if (mail !== null && line !== '.') mail += `${line}\n`
        else if (mail !== null) {
          taken.push(mail)
          mail = null
          say('250 taken')
        } else if (line.toUpperCase() === 'DATA') {
          mail = ''
          say('354 go on')
        } else if (line.toUpperCase() === 'QUIT') socket.end('221 bye\r\n')
        else say('250 mail.example.test')
      }
    })
  })
  return listening(server, taken)
}

async function listening(server: ReturnType<typeof createServer>, taken: readonly string[]): Promise<Messages> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    count: () => taken.length,
    async after(count) {
      for (let tries = 0; tries < 1_500; tries++) {
        const message = taken[count]
        if (message !== undefined) return message
        await delay(20)
      }
      throw new Error('no message came')
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
