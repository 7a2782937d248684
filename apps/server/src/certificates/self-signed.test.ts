/** A certificate of our own making, judged by OpenSSL and by a TLS connection. */
import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer } from 'node:tls'
import { promisify } from 'node:util'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { listenerFaults, listenerWarnings } from './listener-faults.ts'
import { selfSigned } from './self-signed.ts'

const names = ['mfa.example.com', 'localhost', '127.0.0.1', '2001:db8::1'] as const

test('is one that OpenSSL reads and verifies, for these names, for 397 days', async () => {
  const { certificatePem } = selfSigned(names, new Date())
  const certificate = new X509Certificate(certificatePem)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate.ca).toBe(false)
  expect(certificate.checkHost('mfa.example.com')).toBeDefined()
  expect(certificate.checkIP('2001:db8::1')).toBeDefined()
  expect(certificate.checkHost('other.example.com')).toBeUndefined()
  const child = promisify(execFile)('openssl', ['x509', '-noout', '-text', '-checkend', String(390 * 86_400)])
  child.child.stdin?.end(certificatePem)
  const { stdout } = await child
  expect(stdout).toContain('TLS Web Server Authentication')
  expect(stdout).toContain('DNS:mfa.example.com, DNS:localhost, IP Address:127.0.0.1, IP Address:2001:DB8:0:0:0:0:0:1')
  expect(stdout).toContain('Certificate will not expire')
})

test('serves whoever trusts it, and never twice with the same key or number', async () => {
  const made = selfSigned(names, new Date())
  expect(listenerFaults(made)).toEqual([])
  expect(listenerWarnings(made.certificatePem, ['localhost'], new Date())).toMatchObject(
    [/signed by itself/u].map((text) => expect.stringMatching(text) as string),
  )
  const server = createServer({ cert: made.certificatePem, key: made.keyPem }, (socket) => socket.end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: made.certificatePem })
  await once(socket, 'secureConnect')
  expect(socket.authorized).toBe(true)
  socket.destroy()
  server.close()
  const other = new X509Certificate(selfSigned(names, new Date()).certificatePem)
  expect(other.serialNumber).not.toBe(new X509Certificate(made.certificatePem).serialNumber)
})

test('lives on into the second half of the century', () => {
  const { certificatePem } = selfSigned(['localhost'], new Date('2051-03-01T00:00:00Z'))
  expect(new Date(new X509Certificate(certificatePem).validTo).toISOString()).toBe('2052-04-01T00:00:00.000Z')
})
