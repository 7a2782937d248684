import { readFile } from 'node:fs/promises'
import { createCertificates, type TestCertificates } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
let certificates: TestCertificates
let good: { enabled: boolean; port: number; certificatePem: string; keyPem: string; caPem: string; version: number }
beforeAll(async () => {
  certificates = await createCertificates()
  console = await startConsole({ clock: () => new Date() })
  cookie = await console.signInAs('administrator')
  const [certificatePem, keyPem] = await Promise.all([
    readFile(certificates.server.certificate, 'utf8'),
    readFile(certificates.server.key, 'utf8'),
  ])
  good = { enabled: true, port: 2083, certificatePem, keyPem, caPem: certificates.caPem, version: 1 }
})
afterAll(async () => {
  await console.close()
  await certificates.remove()
})
const put = (changes: object) => console.call('PUT', '/api/radius/radsec', { cookie, body: { ...good, ...changes } })

test('RadSec is off, on port 2083, until it has a certificate', async () => {
  const { body } = await console.call('GET', '/api/radius/radsec', { cookie })
  expect(body).toMatchObject({ enabled: false, port: 2083, hasKey: false, certificate: null, version: 1 })
  expect((await put({ certificatePem: '' })).body).toMatchObject({ errors: [{ path: 'certificatePem' }] })
})

test('what is wrong is said beside its field, with the fix', async () => {
  const expired = await readFile(certificates.expired.certificate, 'utf8')
  const expiredKey = await readFile(certificates.expired.key, 'utf8')
  const clientKey = await readFile(certificates.client.key, 'utf8')
  for (const [changes, path, message] of [
    [{ certificatePem: 'nonsense' }, 'certificatePem', /BEGIN CERTIFICATE/],
    [{ certificatePem: expired, keyPem: expiredKey }, 'certificatePem', /expired on/],
    [{ keyPem: 'nonsense' }, 'keyPem', /no unencrypted private key/],
    [{ keyPem: clientKey }, 'keyPem', /does not belong/],
    [{ keyPem: undefined }, 'keyPem', /private key/],
    [{ caPem: '' }, 'caPem', /authority/],
    [{ caPem: certificates.expiredCaPem }, 'caPem', /expired on/],
    [{ caPem: good.certificatePem }, 'caPem', /not an authority/],
  ] as const) {
    const { body } = await put(changes)
    expect(body).toMatchObject({ errors: [{ path, message: expect.stringMatching(message) as unknown }] })
  }
})

test('what is right is saved, the key never shown, and kept where none is pasted', async () => {
  const saved = await put({})
  expect(saved.body).toMatchObject({ hasKey: true, certificate: { state: 'good' }, authorities: [{ state: 'good' }] })
  const again = await put({ keyPem: undefined, port: 2084, version: 2 })
  expect(again.body).toMatchObject({ hasKey: true, port: 2084 })
  expect((await console.store.settings.radsec()).keyPem?.trim()).toBe(good.keyPem.trim())
  const trail = await console.call('GET', '/api/reports/changes', { cookie })
  for (const { text } of [saved, again, trail]) expect(text).not.toContain('PRIVATE KEY')
})

test('a certificate that expires soon, or has expired, is worth doing', async () => {
  const kinds = async () => {
    const { body } = await console.call('GET', '/api/status', { cookie })
    return (body['worthDoing'] as { kind: string; state?: string }[]).filter(
      ({ kind }) => kind === 'radsec-certificate',
    )
  }
  expect(await kinds()).toEqual([])
  const settings = await console.store.settings.radsec()
  const actor = { id: null, name: 'test', address: null }
  const certificatePem = await readFile(certificates.expired.certificate, 'utf8')
  await console.store.settings.changeRadsec({ ...settings, certificatePem }, actor)
  expect(await kinds()).toMatchObject([{ state: 'expired' }])
})
