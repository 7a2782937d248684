/** Mail to a real SMTP server on loopback. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createCertificates, type TestCertificates } from '@sallyport/tooling/servers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { tryOne } from '../core/failover.ts'
import type { GatewaySettings } from '../core/gateway.ts'
import { createSmtpGateway } from './smtp.ts'

let certificates: TestCertificates
const closers: (() => Promise<void>)[] = []
beforeAll(async () => {
  certificates = await createCertificates()
})
afterAll(() => certificates.remove())
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function serverWith(options: SMTPServerOptions) {
  const mails: {
    readonly text: string
    readonly from: string
    readonly to: readonly string[]
    readonly secure: boolean
  }[] = []
  const server = new SMTPServer({
    authOptional: true,
    onData(stream, session, done) {
      let text = ''
      stream.setEncoding('utf8')
      stream.on('data', (chunk: string) => (text += chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const to = rcptTo.map(({ address }) => address)
        mails.push({ text, from: mailFrom === false ? '' : mailFrom.address, to, secure: session.secure })
        done(null)
      })
    },
    ...options,
  })
  // A client that does not trust our certificate ends the handshake.
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve)
      }),
  )
  const { port } = server.server.address() as AddressInfo
  const send = (
    more: Partial<GatewaySettings<'smtp'>['configuration']> = {},
    job: { to?: string; subject?: string; html?: string } = {},
    windowMs = 5_000,
  ) => {
    const gateway = createSmtpGateway({
      ...{ id: 'mail', name: 'Mail', enabled: true, secret: 'secret' },
      configuration: {
        ...{ type: 'smtp', host: 'localhost', port, security: 'starttls', caPem: certificates.caPem, username: '' },
        ...{ from: 'vpn@example.com', fromName: 'VPN, "sign-in"', timeoutSeconds: 5 },
        ...more,
      },
    })
    const mail = { id: 'm', to: 'ada@example.org', subject: 'Your code', text: 'Code: 123456', ...job }
    return tryOne(mail, { gateway }, windowMs)
  }
  return { mails, send }
}

async function tlsFiles() {
  const { certificate, key } = certificates.server
  return { cert: await readFile(certificate), key: await readFile(key) }
}

it('goes out by STARTTLS, signed in, with text and HTML, and asks for no automatic answers', async () => {
  const { mails, send } = await serverWith({
    ...(await tlsFiles()),
    authOptional: false,
    onAuth: ({ username, password }, _, done) => {
      if (username === 'vpn' && password === 'secret') done(null, { user: 'vpn' })
      else done(new Error('Wrong'))
    },
  })
  expect(await send({ username: 'vpn' }, { html: '<b>Code: 123456</b>' })).toMatchObject({ kind: 'taken' })
  expect(mails[0]).toMatchObject({ from: 'vpn@example.com', to: ['ada@example.org'], secure: true })
  expect(mails[0]?.text).toMatch(/^Auto-Submitted: auto-generated/mu)
  expect(mails[0]?.text).toContain('<b>Code: 123456</b>')
  expect(await send({ username: 'other' })).toMatchObject({ kind: 'refused', suspect: true })
})

it('goes out by TLS from the start, and to no certificate that is not trusted', async () => {
  const { mails, send } = await serverWith({ secure: true, ...(await tlsFiles()) })
  expect(await send({ security: 'tls' })).toMatchObject({ kind: 'taken' })
  expect(await send({ security: 'tls', caPem: certificates.foreignCaPem })).toMatchObject({ kind: 'refused' })
  expect(mails).toHaveLength(1)
})

it('does not go out in the clear where STARTTLS was asked for', async () => {
  const { mails, send } = await serverWith({ disabledCommands: ['STARTTLS'] })
  expect(await send()).toMatchObject({ kind: 'refused' })
  expect(mails).toHaveLength(0)
  expect(await send({ security: 'none' })).toMatchObject({ kind: 'taken' })
})

it('has one subject and one receiver, whatever the values hold', async () => {
  const { mails, send } = await serverWith({ disabledCommands: ['STARTTLS'] })
  const subject = 'Code\r\nBcc: eve@example.org\r\n\r\nbody'
  expect(await send({ security: 'none' }, { subject })).toMatchObject({ kind: 'taken' })
  expect(mails[0]?.to).toEqual(['ada@example.org'])
  expect(mails[0]?.text).toMatch(/^Subject: Code Bcc: eve@example.org body\r?$/mu)
  expect(mails[0]?.text).not.toMatch(/^Bcc:/mu)
})

it('that is refused for its receiver says nothing against the server, and silence after DATA is not known', async () => {
  const { send } = await serverWith({
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_, __, done) => done(Object.assign(new Error('No such user'), { responseCode: 550 })),
  })
  expect(await send({ security: 'none' })).toMatchObject({ kind: 'refused', permanent: true, suspect: false })
  const silent = await serverWith({ disabledCommands: ['STARTTLS'], onData: (stream) => void stream.resume() })
  expect(await silent.send({ security: 'none' }, {}, 400)).toMatchObject({ kind: 'unknown' })
})
