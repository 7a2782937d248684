/** Certificates of console and portal, chosen in the console of a running server and seen by whoever connects. */
import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { promisify } from 'node:util'
import { createCertificates, type TestCertificates } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { selfSigned } from '../../certificates/self-signed.ts'
import { runCommand } from '../../cli/run-command.ts'
import { parseConfig } from '../../config.ts'
import { createPasswords } from '../session/passwords.ts'
import { actor, startTestServer, type TestServer } from '../../test/running-server.ts'

const password = 'four plain words here'
const before = selfSigned(['localhost'], new Date())
let server: TestServer
let made: TestCertificates
let cookie = ''
const text = (path: string) => readFile(path, 'utf8')
const openssl = (...args: string[]) => promisify(execFile)('openssl', args)

beforeAll(async () => {
  made = await createCertificates()
  const passwordHash = await createPasswords().hash(password)
  server = await startTestServer(async (store) => {
    await store.administratorPolicy.change({ secondFactorRequired: false, version: 1 }, actor)
    await store.administrators.create({ username: 'ada', role: 'administrator', passwordHash }, actor)
    await store.listenerCertificates.change('portal', { source: 'self-signed', ...before, version: 1 }, actor)
  })
  const signedIn = await ask('POST', '/api/session', { username: 'ada', password })
  cookie = signedIn.cookie
}, 60_000)
afterAll(async () => {
  await server.close()
  await made.remove()
})

async function ask(method: string, path: string, body?: unknown) {
  const answer = await fetch(server.consoleUrl + path, {
    method,
    headers: { 'x-sallyport-request': 'console', 'content-type': 'application/json', cookie },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const said = await answer.text()
  return { said, body: JSON.parse(said) as Record<string, unknown>, cookie: answer.headers.get('set-cookie') ?? '' }
}

/** With the version that stands now. */
async function choose(how: string, fields: Record<string, unknown>) {
  const listener = fields['listener'] === 'console' ? 'console' : 'portal'
  const { version } = await server.store.listenerCertificates.settings(listener)
  return ask('POST', `/api/certificates/${how}`, { listener, version, ...fields })
}

/** What a new connection to the portal is shown. */
async function shown(): Promise<string> {
  const socket = connect({ port: Number(new URL(server.portalUrl).port), host: '127.0.0.1', rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const certificate = socket.getPeerX509Certificate()
  socket.destroy()
  return certificate?.fingerprint256 ?? ''
}
const fingerprint = (pem: string) => new X509Certificate(pem).fingerprint256
const pair = async ({ certificate, key }: TestCertificates['server']) => ({
  certificatePem: await text(certificate),
  keyPem: await text(key),
})

test('what was chosen before the start is served from it on; what is pasted is shown to the next connection', async () => {
  expect(server.portalUrl).toMatch(/^https:/u)
  expect(await shown()).toBe(fingerprint(before.certificatePem))
  const own = await pair(made.server)
  const { body, said } = await choose('paste', { ...own, certificatePem: own.certificatePem + made.caPem })
  expect(body).toMatchObject({
    ...{ listener: 'portal', source: 'pasted', shows: 'pasted', problem: null, nextAddress: null },
    certificate: { subject: 'CN=localhost', issuer: 'CN=Test CA', keyType: 'EC P-256', state: 'good' },
  })
  expect(await shown()).toBe(fingerprint(own.certificatePem))
  const trail = await ask('GET', '/api/reports/changes')
  expect(trail.said).toContain(fingerprint(own.certificatePem))
  for (const each of [said, trail.said, (await ask('GET', '/api/certificates')).said]) {
    expect(each).not.toContain('PRIVATE')
  }
})

test('a chain in the wrong order is put right, and a locked key unlocked', async () => {
  const locked = join(made.folder, 'locked.key')
  await openssl('pkcs8', '-topk8', '-in', made.server.key, '-out', locked, '-passout', 'pass:open sesame')
  const certificatePem = made.caPem + (await text(made.server.certificate)) + made.caPem
  const pasted = { certificatePem, keyPem: await text(locked) }
  expect((await choose('paste', pasted)).body).toMatchObject({ errors: [{ path: 'passphrase' }] })
  expect((await choose('paste', { ...pasted, passphrase: 'wrong' })).body).toMatchObject({
    errors: [{ path: 'passphrase', message: expect.stringContaining('wrong') as unknown }],
  })
  expect((await choose('paste', { ...pasted, passphrase: 'open sesame' })).body).toMatchObject({ source: 'pasted' })
  const kept = await server.store.listenerCertificates.settings('portal')
  expect('certificatePem' in kept && kept.certificatePem).toBe(
    [await text(made.server.certificate), made.caPem].map((pem) => new X509Certificate(pem).toString()).join(''),
  )
})

test('what browsers would refuse is never kept, and is said beside its field', async () => {
  const present = await shown()
  const weak = join(made.folder, 'weak')
  const rsa = ['req', '-x509', '-nodes', '-subj', '/CN=localhost', '-days', '30']
  await openssl(...rsa, '-newkey', 'rsa:1024', '-keyout', `${weak}.key`, '-out', `${weak}.pem`)
  const sha1 = join(made.folder, 'sha1')
  const csr = join(made.folder, 'server.csr')
  const signer = ['-CA', made.caFile, '-CAkey', join(made.folder, 'ca.key'), '-set_serial', '77']
  await openssl('x509', '-req', '-sha1', '-days', '30', '-in', csr, '-out', `${sha1}.pem`, ...signer)
  const own = await pair(made.server)
  const cases = [
    [{ ...own, keyPem: await text(made.client.key) }, 'keyPem', /does not belong/],
    [await pair(made.expired), 'certificatePem', /expired on/],
    [await pair(made.client), 'certificatePem', /not for servers/],
    [await pair({ certificate: `${weak}.pem`, key: `${weak}.key` }), 'certificatePem', /1024 bits|TLS refuses/],
    [{ ...own, certificatePem: await text(`${sha1}.pem`) }, 'certificatePem', /SHA-1/],
    [{ ...own, certificatePem: own.certificatePem + made.foreignCaPem }, 'certificatePem', /signed none/],
    [{ ...own, certificatePem: 'nonsense' }, 'certificatePem', /BEGIN CERTIFICATE/],
    [{ ...own, keyPem: own.certificatePem }, 'keyPem', /private key as PEM/],
    [{ ...own, certificatePem: own.certificatePem.repeat(11) }, 'certificatePem', /11 certificates/],
    [{ ...own, certificatePem: 'x'.repeat(70_000) }, 'certificatePem', /64,000/],
  ] as const
  for (const [fields, path, message] of cases) {
    const { body } = await choose('paste', fields)
    expect(body['errors'], `${path} ${message.source}`).toContainEqual({
      path,
      message: expect.stringMatching(message) as unknown,
    })
  }
  expect(await shown()).toBe(present)
})

test('a key that takes too long to unlock is left locked', async () => {
  const locked = join(made.folder, 'dear.key')
  const how = ['-v2', 'aes256', '-iter', '6000000', '-passout', 'pass:x']
  await openssl('pkcs8', '-topk8', '-in', made.server.key, '-out', locked, ...how)
  const pasted = { certificatePem: await text(made.server.certificate), keyPem: await text(locked), passphrase: 'x' }
  expect((await choose('paste', pasted)).body).toMatchObject({
    errors: [{ path: 'keyPem', message: expect.stringContaining('too long') as unknown }],
  })
}, 30_000)

test('files are served by their paths, and what is in any other file stays there', async () => {
  const files = { certificateFile: made.foreign.certificate, keyFile: made.foreign.key }
  expect((await choose('files', files)).body).toMatchObject({ source: 'files', ...files, shows: 'files' })
  expect(await shown()).toBe(fingerprint(await text(made.foreign.certificate)))
  const secret = join(made.folder, 'notes.txt')
  await writeFile(secret, 'nobody may read this')
  for (const [certificateFile, message] of [
    [secret, /BEGIN CERTIFICATE/],
    [join(made.folder, 'absent'), /cannot be read/],
    ['/dev/zero', /cannot be read/],
    [made.folder, /cannot be read/],
    ['relative.pem', /whole path/],
    ['/etc/a\r\nb', /whole path/],
  ] as const) {
    const { body, said } = await choose('files', { ...files, certificateFile })
    expect(body['errors']).toContainEqual({
      path: 'certificateFile',
      message: expect.stringMatching(message) as unknown,
    })
    expect(said).not.toContain('nobody may read')
  }
})

test('one that is signed by itself is made in a click; a listener without TLS has it from the next start on', async () => {
  const { body } = await choose('self-signed', { listener: 'console', names: ['localhost', '::1'], days: 825 })
  expect(body).toMatchObject({
    ...{ speaks: 'plain', certificate: null, source: 'self-signed' },
    nextAddress: server.consoleUrl.replace('http:', 'https:'),
  })
  const portal = await choose('self-signed', { names: ['mfa.example.com', '192.0.2.1'], days: 30 })
  expect(portal.body).toMatchObject({ certificate: { names: ['DNS:mfa.example.com', 'IP Address:192.0.2.1'] } })
  expect(await shown()).toBe((portal.body['certificate'] as Record<string, unknown>)['fingerprint'])
  for (const wrong of [{ names: [] }, { names: ['a b'] }, { names: ['a\r\nb'] }, { days: 826 }]) {
    const fields = { names: ['localhost'], days: 30, ...wrong }
    expect((await choose('self-signed', fields)).body).toMatchObject({ code: 'invalid-input' })
  }
})

test('whoever saves over what somebody else chose is shown it', async () => {
  const stale = { listener: 'portal', names: ['localhost'], days: 30, version: 1 }
  expect((await ask('POST', '/api/certificates/self-signed', stale)).body).toMatchObject({
    code: 'changed-meanwhile',
    current: { listener: 'portal', source: 'self-signed' },
  })
})

test('the shell shows what is served, and goes back to what the environment says', async () => {
  const said: string[] = []
  const nobody = () => Promise.resolve(null)
  const run = (...typed: string[]) =>
    runCommand(typed, {
      config: () => parseConfig({ SALLYPORT_DATA_DIR: server.dataDir }),
      migrationsDir: undefined,
      terminal: {
        print: (line) => said.push(line),
        complain: (line) => said.push(line),
        ask: nobody,
        askSecret: nobody,
      },
      version: 'test',
      clock: () => new Date(),
    })
  expect(await run('certificate', 'show')).toBe(0)
  expect(said.join('\n')).toContain(await shown())
  expect(await run('certificate', 'reset', 'console')).toBe(0)
  expect(await server.store.listenerCertificates.settings('console')).toEqual({ source: 'environment', version: 3 })
  expect(await run('certificate', 'reset', 'nothing')).toBe(2)
  expect(said.join('\n')).not.toContain('PRIVATE')
})
