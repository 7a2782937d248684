/** Certificates that are renewed or broken while console and portal are served with them. */
import { once } from 'node:events'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer, type Server } from 'node:tls'
import { createCertificates, type TestCertificates } from '@sallyport/tooling/servers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openListenerCertificate } from './listener-certificate.ts'
import { wantedCertificate } from './wanted-certificate.ts'

let made: TestCertificates
let folder: string
let server: Server
let files: { certificateFile: string; keyFile: string }
const said: string[] = []

beforeEach(async () => {
  said.length = 0
  made = await createCertificates()
  folder = await mkdtemp(join(tmpdir(), 'sallyport-listener-'))
  files = { certificateFile: join(folder, 'certificate.pem'), keyFile: join(folder, 'key.pem') }
})
afterEach(async () => {
  server.close()
  await made.remove()
  await rm(folder, { recursive: true })
})

async function put({ certificate, key }: TestCertificates['server']): Promise<void> {
  await copyFile(certificate, files.certificateFile)
  await copyFile(key, files.keyFile)
}

async function serve() {
  const certificates = await openListenerCertificate({
    find: () => wantedCertificate(files, { source: 'environment', version: 1 }),
    ...{ names: ['localhost'] as const, clock: () => new Date() },
    onTakenUp: () => said.push('taken up'),
    onProblem: (message) => said.push(message),
  })
  if (certificates === null) throw new Error('there is TLS')
  const { certificatePem, keyPem } = certificates.first
  server = createServer({ cert: certificatePem, key: keyPem }, (socket) => socket.end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { check: () => certificates.check(server) }
}

/** The common name of what a new connection is shown. */
async function shown(): Promise<string> {
  const { port } = server.address() as AddressInfo
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const certificate = socket.getPeerX509Certificate()
  socket.destroy()
  return `${certificate?.subject ?? ''} ${certificate?.issuer ?? ''}`
}

test('a renewed certificate is shown to the next connection, without a restart', async () => {
  await put(made.server)
  const { check } = await serve()
  expect(await shown()).toBe('CN=localhost CN=Test CA')
  await check()
  expect(said).toEqual([])
  await put(made.foreign)
  await check()
  expect(await shown()).toBe('CN=localhost CN=Foreign CA')
  expect(said).toEqual(['taken up'])
})

test('a broken renewal is never served: the one before stays, and that is said once', async () => {
  await put(made.server)
  const { check } = await serve()
  await copyFile(made.client.certificate, files.certificateFile)
  await check()
  await check()
  expect(await shown()).toBe('CN=localhost CN=Test CA')
  expect(said).toMatchObject([expect.stringMatching(/key\.pem: This key does not belong.*still served/u)])
  await rm(files.keyFile)
  await check()
  expect(await shown()).toBe('CN=localhost CN=Test CA')
})

test('what is broken at the start is stood in for, until the files are mended', async () => {
  await writeFile(files.certificateFile, 'no certificate')
  await writeFile(files.keyFile, 'no key')
  const { check } = await serve()
  expect(await shown()).toBe('CN=localhost CN=localhost')
  expect(said).toMatchObject([expect.stringMatching(/signed by itself is served in its place/u)])
  await put(made.server)
  await check()
  expect(await shown()).toBe('CN=localhost CN=Test CA')
})
