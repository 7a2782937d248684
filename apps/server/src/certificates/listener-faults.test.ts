/** What an administrator is told about a certificate before console or portal are served with it. */
import { readFile } from 'node:fs/promises'
import { createCertificates, type TestCertificates } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listenerFaults, listenerWarnings } from './listener-faults.ts'

let made: TestCertificates
let own: { certificatePem: string; keyPem: string }
const text = (path: string) => readFile(path, 'utf8')

beforeAll(async () => {
  made = await createCertificates()
  own = { certificatePem: await text(made.server.certificate), keyPem: await text(made.server.key) }
})
afterAll(() => made.remove())

test('a certificate with its key, alone or with its chain, can be served', () => {
  expect(listenerFaults(own)).toEqual([])
  expect(listenerFaults({ ...own, certificatePem: own.certificatePem + made.caPem })).toEqual([])
})

test('what cannot be served is said with its field', async () => {
  const certificates = own.certificatePem
  const wrong = async (certificatePem: string, keyPem: string) => listenerFaults({ certificatePem, keyPem })
  const key = own.keyPem
  expect(await wrong('', '')).toMatchObject([{ path: 'certificatePem' }, { path: 'keyPem' }])
  expect(await wrong(certificates, await text(made.client.key))).toMatchObject([
    { path: 'keyPem', message: expect.stringContaining('does not belong') as string },
  ])
  expect(await wrong(made.caPem + certificates, key)).toMatchObject([
    { path: 'certificatePem', message: expect.stringContaining('put the server’s own first') as string },
    { path: 'keyPem', message: expect.stringContaining('is not the first certificate') as string },
  ])
  expect(await wrong(certificates + made.foreignCaPem, key)).toMatchObject([
    { path: 'certificatePem', message: expect.stringContaining('did not sign') as string },
  ])
  const locked = '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n'
  expect(await wrong(certificates, locked)).toMatchObject([
    { message: expect.stringContaining('passphrase') as string },
  ])
})

test('what browsers will say is said before', async () => {
  const now = new Date()
  const warn = (pem: string, ...names: string[]) => listenerWarnings(pem, names, now)
  expect(warn(own.certificatePem + made.caPem, 'localhost', '127.0.0.1', '[::1]')).toEqual([])
  expect(warn(own.certificatePem + made.caPem, 'mfa.example.com')).toMatchObject([expect.stringContaining('not for')])
  expect(warn(own.certificatePem)).toMatchObject([expect.stringContaining('without the certificates between')])
  expect(warn((await text(made.expired.certificate)) + made.caPem)).toMatchObject([expect.stringContaining('expired')])
  expect(warn(made.caPem)).toMatchObject([expect.stringContaining('signed by itself')])
})
