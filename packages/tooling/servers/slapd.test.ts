/** Tests that the private OpenLDAP serves its users over each transport, and that the bad certificates are bad. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { createCertificates, type TestCertificates } from './certificates.ts'
import { acceptsTcp } from './process.ts'
import { startSlapd, type RunningSlapd } from './slapd.ts'
import { numberedUsers } from './slapd-content.ts'

const run = promisify(execFile)
let certificates: TestCertificates
let server: RunningSlapd

beforeAll(async () => {
  certificates = await createCertificates()
  server = await startSlapd({ users: numberedUsers(20), certificates, ppolicy: true })
})

afterAll(async () => {
  await server.remove()
  await certificates.remove()
})

function whoAmI(url: string, uid: string, password: string, extra: string[] = []) {
  const options = ['-x', '-H', url, '-D', server.userDn(uid), '-w', password, ...extra]
  return run('ldapwhoami', options, { env: { ...process.env, LDAPTLS_CACERT: certificates.caFile } })
}

test('a numbered user binds in the clear, by StartTLS and by LDAPS', async () => {
  for (const [url, extra] of [
    [server.url, []],
    [server.url, ['-ZZ']],
    [server.ldapsUrl, []],
  ] as const) {
    expect((await whoAmI(url, 'u7', 'p7', [...extra])).stdout).toContain('uid=u7,')
  }
})

test('a wrong password is refused with LDAP error 49', async () => {
  await expect(whoAmI(server.url, 'u7', 'p8')).rejects.toMatchObject({ code: 49 })
})

test('after a kill and a restart the same users are there on the same port, in another process', async () => {
  const before = server.pid
  await server.stop('SIGKILL')
  expect(await acceptsTcp(server.ldapPort)).toBe(false)
  await server.restart()
  expect(server.pid).not.toBe(before)
  expect((await whoAmI(server.url, 'u7', 'p7')).stdout).toContain('uid=u7,')
})

test.each(['expired', 'otherName', 'foreign'] as const)('openssl refuses the %s certificate', async (kind) => {
  const verify = ['verify', '-CAfile', certificates.caFile, '-verify_ip', '127.0.0.1', certificates[kind].certificate]
  await expect(run('openssl', verify)).rejects.toThrow()
  verify[verify.length - 1] = certificates.server.certificate
  await expect(run('openssl', verify)).resolves.toBeDefined()
})
