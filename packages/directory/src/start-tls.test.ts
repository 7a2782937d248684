/** Tests StartTLS against a server that declines it, and against somebody on the wire who adds to the clear part. */
import { afterEach, expect, test } from 'vitest'

import { configurationFor, scripted } from '../test/configuration.ts'
import { result, startScriptedServer, type Script, type ScriptedServer } from '../test/scripted-server.ts'
import { createLdapTarget } from './target.ts'

let server: ScriptedServer | undefined

afterEach(async () => {
  await server?.close()
})

const extendedTag = 0x77

async function signInOver(script: Script) {
  server = await startScriptedServer(script)
  const target = createLdapTarget(configurationFor([scripted(server.url)], { tls: 'starttls', connectTimeoutMs: 500 }))
  const outcome = await target.authenticate('alice', 'alicepw')
  await target.close()
  return { outcome, tags: server.requests.map(({ tag }) => tag) }
}

test('a server that declines StartTLS gets no password', async () => {
  const { outcome, tags } = await signInOver(({ messageId }) => result(messageId, 0x78, 2, 'unsupported'))
  expect(outcome).toMatchObject({
    kind: 'tls-refused',
    attempts: [{ problem: expect.stringContaining('does not offer StartTLS (LDAP error 2)') as string }],
  })
  expect(new Set(tags)).toEqual(new Set([extendedTag]))
})

test('bytes in the clear behind the StartTLS response end the connection: they could forge the first answer', async () => {
  const { outcome, tags } = await signInOver(({ messageId }) => {
    // The beginning of a successful BindResponse, to be completed by the first octet that comes by TLS.
    const forged = result(2, 0x61, 0, '0').subarray(0, -1)
    return Buffer.concat([result(messageId, 0x78, 0), forged])
  })
  expect(outcome).toMatchObject({
    kind: 'tls-refused',
    attempts: [{ problem: 'The server went on in the clear after it agreed to StartTLS.' }],
  })
  expect(new Set(tags)).toEqual(new Set([extendedTag]))
})

test.each([
  ['another protocol', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['another operation', ({ messageId }) => result(messageId, 0x61, 0)],
  ['another message’s answer', () => result(7, 0x78, 0)],
] satisfies [string, Script][])('%s in place of the response is refused', async (_, script) => {
  expect((await signInOver(script)).outcome).toMatchObject({
    kind: 'tls-refused',
    attempts: [{ problem: expect.stringContaining('not LDAP') as string }],
  })
})

test('a server that closes instead of answering is refused, and a silent one runs into the time limit', async () => {
  const closing = await signInOver((_, socket) => {
    socket.destroy()
    return undefined
  })
  expect(closing.outcome).toMatchObject({ kind: 'tls-refused' })
  await server?.close()
  const silent = await signInOver(() => undefined)
  expect(silent.outcome).toMatchObject({
    kind: 'timeout',
    attempts: [{ problem: 'The server did not answer StartTLS within 500 ms.' }],
  })
})
