/** Tests how the answers of Active Directory and other servers become outcomes. */
import { afterEach, expect, test } from 'vitest'

import { configurationFor, scripted } from '../test/configuration.ts'
import { entry, result, startScriptedServer, type Script, type ScriptedServer } from '../test/scripted-server.ts'
import { judgeUserBind } from './outcomes.ts'
import { createLdapTarget, type AuthenticateOptions } from './target.ts'
import { decodePasswordPolicy } from './wire/password-policy.ts'

let server: ScriptedServer | undefined

afterEach(async () => {
  await server?.close()
})

const userDn = 'cn=Alice,ou=staff,dc=sallyport,dc=test'
const queryDn = 'cn=query,dc=sallyport,dc=test'

/** Finds alice at `userDn`, and answers her bind with this code and text. */
function answering(resultCode: number, text = ''): Script {
  return ({ messageId, tag, dn }) => {
    if (tag === 0x60) return dn === queryDn ? result(messageId, 0x61, 0) : result(messageId, 0x61, resultCode, text)
    if (tag === 0x63) return Buffer.concat([entry(messageId, userDn), result(messageId, 0x65, 0)])
    return undefined
  }
}

async function signIn(script: Script, options: AuthenticateOptions = {}) {
  server = await startScriptedServer(script)
  const target = createLdapTarget(configurationFor([scripted(server.url)]))
  try {
    return { outcome: await target.authenticate('alice', 'alicepw', options), requests: server.requests }
  } finally {
    await target.close()
  }
}

const acceptSecurityContext = (data: string) =>
  `80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data ${data}, v4563`

test.each([
  ['52e', 'wrong-password'],
  ['525', 'unknown-user'],
  ['530', 'account-disabled'],
  ['531', 'account-disabled'],
  ['532', 'password-expired'],
  ['533', 'account-disabled'],
  ['701', 'account-disabled'],
  ['773', 'must-change'],
  ['775', 'account-locked'],
  ['fff', 'wrong-password'],
])('Active Directory’s error 49 with data %s is %s', async (data, kind) => {
  const { outcome } = await signIn(answering(49, acceptSecurityContext(data)))
  expect(outcome).toMatchObject({ kind, server: server?.url })
})

test.each([
  [0, '', 'ok'],
  [49, '', 'wrong-password'],
  [48, '', 'wrong-password'],
  [32, '', 'unknown-user'],
  [19, 'Exceed password retry limit. Please try later.', 'account-locked'],
  [53, 'Account inactivated. Contact system administrator.', 'account-disabled'],
  [53, 'shutdown in progress', 'misconfigured'],
  [8, '', 'misconfigured'],
  [10, '', 'misconfigured'],
  [51, '', 'server-down'],
  [52, '', 'server-down'],
  [99, '', 'misconfigured'],
])('a bind that ends with result code %i “%s” is %s', async (resultCode, text, kind) => {
  expect((await signIn(answering(resultCode, text))).outcome).toMatchObject({ kind })
})

test.each([
  [[0x81, 0x01, 0x00], 49, 'password-expired'],
  [[0x81, 0x01, 0x01], 49, 'account-locked'],
  [[0x81, 0x01, 0x02], 0, 'must-change'],
  [[0x81, 0x01, 0x08], 49, 'wrong-password'],
  [[0xa0, 0x03, 0x81, 0x01, 0x02], 0, 'ok'],
  [[0xa0, 0x03, 0x80, 0x01, 0x3c, 0x81, 0x01, 0x00], 49, 'password-expired'],
  [[], 0, 'ok'],
])('the password policy response %j beside result code %i is %s', (content, resultCode, kind) => {
  const policy = decodePasswordPolicy(Buffer.from([0x30, content.length, ...content]))
  expect(judgeUserBind({ resultCode, message: '', policy })).toMatchObject({ kind })
})

test('a remembered DN is bound without a search', async () => {
  const { outcome, requests } = await signIn(answering(0), { knownDn: userDn })
  expect(outcome).toEqual({ kind: 'ok', dn: userDn, server: server?.url })
  expect(requests.map(({ tag, dn }) => [tag, dn])).toEqual([[0x60, userDn]])
})

test.each([
  [32, ''],
  [49, acceptSecurityContext('525')],
])('a remembered DN that is gone (result code %i) is searched for again', async (code, text) => {
  const old = 'cn=Alice,ou=gone,dc=sallyport,dc=test'
  const script: Script = (request, socket) =>
    request.dn === old ? result(request.messageId, 0x61, code, text) : answering(0)(request, socket)
  const { outcome, requests } = await signIn(script, { knownDn: old })
  expect(outcome).toMatchObject({ kind: 'ok', dn: userDn })
  expect(requests.filter(({ tag }) => tag === 0x60).map(({ dn }) => dn)).toEqual([old, queryDn, userDn])
})

test('a wrong password at a remembered DN is not tried elsewhere, and the DN is to be forgotten', async () => {
  const { outcome, requests } = await signIn(answering(49), { knownDn: userDn })
  expect(outcome).toMatchObject({ kind: 'wrong-password', forgetKnownDn: true })
  expect(requests).toHaveLength(1)
})

test('a connection that dies under a bind is replaced, and the bind sent once more, without a word against the user', async () => {
  let binds = 0
  server = await startScriptedServer((request, socket) => {
    if (request.tag === 0x60 && request.dn === userDn && ++binds === 2) {
      socket.destroy()
      return undefined
    }
    return answering(0)(request, socket)
  })
  const target = createLdapTarget(configurationFor([scripted(server.url)]))
  for (let signIns = 0; signIns < 2; signIns += 1) {
    expect(await target.authenticate('alice', 'alicepw')).toMatchObject({ kind: 'ok' })
  }
  expect(binds).toBe(3)
  expect(target.health()).toMatchObject([{ state: 'up' }])
  await target.close()
})

test('an entry without a DN is never bound: a bind without a name is nobody’s', async () => {
  const { outcome, requests } = await signIn(({ messageId, tag }) =>
    tag === 0x60 ? result(messageId, 0x61, 0) : Buffer.concat([entry(messageId, ''), result(messageId, 0x65, 0)]),
  )
  expect(outcome).toMatchObject({ kind: 'misconfigured' })
  expect(requests.filter(({ tag }) => tag === 0x60)).toHaveLength(1)
})

test.each(['EXTERNAL', 'PLAIN'])('the name of the SASL mechanism %s is no DN', async (name) => {
  const { outcome, requests } = await signIn(answering(0), { knownDn: name })
  expect(outcome).toMatchObject({ kind: 'misconfigured' })
  expect(requests).toEqual([])
})

test('a server that answers other than LDAP does not end the process, and is not taken for a refusal', async () => {
  const { outcome } = await signIn(() => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))
  expect(outcome).toMatchObject({
    kind: 'server-down',
    attempts: [{ problem: expect.stringContaining('not valid LDAP') as string }],
  })
})

test('an aborted sign-in rejects at once with the reason', async () => {
  const reason = new Error('the client went away')
  const controller = new AbortController()
  const pending = signIn(
    () => {
      controller.abort(reason)
      return undefined
    },
    { signal: controller.signal },
  )
  await expect(pending).rejects.toBe(reason)
})
