/** A mail server on loopback that keeps what it is sent and refuses whom it is told to, for tests. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface TestMailServer {
  readonly mails: { readonly to: string; readonly text: string }[]
  readonly port: number
  readonly close: () => Promise<void>
}

/** @param refuses address and code of the answer; it may change meanwhile */
export async function startMailServer(refuses: ReadonlyMap<string, number>): Promise<TestMailServer> {
  const mails: { readonly to: string; readonly text: string }[] = []
  const server = new SMTPServer({
    ...{ authOptional: true, hideSTARTTLS: true },
    onRcptTo: ({ address }, _, done) => {
      const responseCode = refuses.get(address)
      done(responseCode === undefined ? null : Object.assign(new Error('No such user'), { responseCode }))
    },
    onData(stream, { envelope }, done) {
      let text = ''
      stream.setEncoding('utf8')
      stream.on('data', (chunk: string) => (text += chunk))
      stream.on('end', () => {
        mails.push({ to: envelope.rcptTo.map(({ address }) => address).join(), text })
        done(null)
      })
    },
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return { mails, port, close: () => new Promise<void>((resolve) => server.close(resolve)) }
}
