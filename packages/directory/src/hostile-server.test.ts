/** Tests what a hostile server's bytes do to a process that signs somebody in: no hang, no death, no `ok`, no refusal. */
import { readFile } from 'node:fs/promises'

import { createCertificates } from '@sallyport/tooling/servers'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { configurationFor, scripted } from '../test/configuration.ts'
import { entry, result, startScriptedServer, type Script, type ScriptedServer } from '../test/scripted-server.ts'
import { startSigningIn, type SigningIn } from '../test/signing-in.ts'
import { type LdapConfiguration } from './configuration.ts'
import { createLdapTarget } from './target.ts'

let script: Script = () => undefined
let server: ScriptedServer
let signingIn: SigningIn

beforeAll(async () => {
  server = await startScriptedServer((request, socket) => script(request, socket))
  signingIn = await startSigningIn()
})

afterAll(async () => {
  await signingIn.close()
  await server.close()
})

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const userDn = 'cn=Alice,dc=sallyport,dc=test'
const template: Partial<LdapConfiguration> = { userLookup: { kind: 'template', dn: 'cn={username},dc=test' } }

/** Answers the user's bind with these bytes and closes, so that what is too short costs no wait. */
function bindAnswered(answer: (messageId: number) => Buffer) {
  script = ({ messageId }, socket) => void socket.end(answer(messageId))
  return signingIn.signIn(configurationFor([scripted(server.url)], template))
}

/** Answers the search with these bytes; whoever is found has the wrong password. */
function searchAnswered(answer: (messageId: number) => Buffer) {
  script = ({ messageId, tag, dn }, socket) => {
    if (tag === 0x60) return result(messageId, 0x61, dn.startsWith('cn=query') ? 0 : 49)
    if (tag === 0x63) socket.end(answer(messageId))
    return undefined
  }
  return signingIn.signIn(configurationFor([scripted(server.url)]))
}

const serverDown = (problem: string) => ({
  kind: 'server-down',
  attempts: [{ problem: expect.stringContaining(problem) as string }],
})
const notLdap = serverDown('not valid LDAP')

/** A BindResponse whose last element claims five octets that are not there: a client library read it for ever. */
const endless = hex('300e 020102 6109 0a0100 0400 0400 8705')

test('16 octets that end in the middle of an element end the attempt, and the next server is asked', async () => {
  expect(endless).toHaveLength(16)
  expect(await bindAnswered(() => endless)).toMatchObject(notLdap)
  const other = await startScriptedServer(({ messageId }) => result(messageId, 0x61, 0))
  script = () => endless
  const servers = [scripted(server.url), scripted(other.url)] as const
  expect(await signingIn.signIn(configurationFor([...servers], template))).toMatchObject({
    kind: 'ok',
    server: other.url,
  })
  await other.close()
})

test('they do so inside TLS too', async () => {
  const certificates = await createCertificates()
  const { certificate, key } = certificates.server
  const [cert, keyPem] = await Promise.all([readFile(certificate), readFile(key)])
  const secured = await startScriptedServer(() => endless, { cert, key: keyPem })
  const tls = { tls: 'ldaps', caPem: certificates.caPem } as const
  const outcome = await signingIn.signIn(configurationFor([scripted(secured.url)], { ...template, ...tls }))
  expect(outcome).toMatchObject(notLdap)
  await secured.close()
  await certificates.remove()
})

test('a server that gave a malformed answer is not asked again over another connection', async () => {
  let binds = 0
  // Without a result code.
  script = ({ messageId }) => {
    binds += 1
    return binds === 1 ? result(messageId, 0x61, 0) : Buffer.from([...hex('3005 0201'), messageId, ...hex('6100')])
  }
  const target = createLdapTarget(configurationFor([scripted(server.url)], template))
  expect(await target.authenticate('alice', 'alicepw')).toMatchObject({ kind: 'ok' })
  expect(await target.authenticate('alice', 'wrong')).toMatchObject(notLdap)
  expect(target.health()).toMatchObject([{ state: 'down' }])
  await target.close()
  expect(binds).toBe(2)
})

test.each([
  [
    'a control with an element too many',
    (id: number) => Buffer.from([...hex('3017 0201'), id, ...hex('6507 0a0100 0400 0400 a009 3007 0400 0400 040104')]),
  ],
  [
    'an attribute whose values are cut off',
    (id: number) => Buffer.from([...hex('3011 0201'), id, ...hex('640c 0400 3008 3006 0400 3102 0405')]),
  ],
  ['an answer to nothing that was asked', (id: number) => result(id + 1, 0x65, 0)],
  ['a bind’s answer', (id: number) => result(id, 0x61, 0)],
  ['a message longer than any', () => hex('3084 01000001 020102')],
  [
    'an indefinite length',
    (id: number) => Buffer.from([...hex('3080 0201'), id, ...hex('6507 0a0100 0400 0400 0000')]),
  ],
])('a search answered with %s says nothing of the user', async (_, answer) => {
  expect(await searchAnswered(answer)).toMatchObject(notLdap)
})

test('an answer of another kind is no success of a bind', async () => {
  expect(await bindAnswered((id) => result(id, 0x65, 0))).toMatchObject(notLdap)
  expect(await bindAnswered((id) => result(id, 0x78, 0))).toMatchObject(notLdap)
})

test('a notice of disconnection is no answer', async () => {
  const closing = Buffer.concat([result(0, 0x78, 52, 'stopping'), result(2, 0x61, 49).subarray(0, 5)])
  expect(await bindAnswered(() => closing)).toMatchObject(serverDown('lost'))
})

test.each(['3003 8101', '3003 8102 00', '3003 8100', '3005 a003 8101', 'ff'])(
  'a password policy response that is cut off (%s) is not taken for silence',
  async (value) => {
    const oid = Buffer.from('1.3.6.1.4.1.42.2.27.8.5.1')
    const controls = wrap(0xa0, wrap(0x30, wrap(0x04, oid), wrap(0x04, hex(value))))
    const answer = (id: number) => wrap(0x30, Buffer.of(2, 1, id), wrap(0x61, hex('0a0100 0400 0400')), controls)
    expect(await bindAnswered(answer)).toMatchObject(notLdap)
  },
)

test('an answer that comes octet by octet is read', async () => {
  const answer = (id: number) => Buffer.concat([entry(id, userDn, { mail: 'a@example.test' }), result(id, 0x65, 0)])
  script = ({ messageId, tag }, socket) => {
    if (tag !== 0x60 && tag !== 0x63) return undefined
    const octets = [...(tag === 0x63 ? answer(messageId) : result(messageId, 0x61, 0))]
    const sendNext = () => {
      const octet = octets.shift()
      if (octet === undefined || socket.destroyed) return
      socket.write(Buffer.of(octet))
      setImmediate(sendNext)
    }
    socket.setNoDelay(true)
    sendNext()
    return undefined
  }
  expect(await signingIn.signIn(configurationFor([scripted(server.url)]))).toMatchObject({ kind: 'ok', dn: userDn })
})

test('twenty thousand messages in one write are read, and a large one too', async () => {
  const reference = (id: number) => Buffer.from([...hex('3007 0201'), id, ...hex('7302 0400')])
  script = ({ messageId, tag }) => {
    if (tag !== 0x63) return result(messageId, 0x61, 0)
    const references = Array.from({ length: 20_000 }, () => reference(messageId))
    const found = entry(messageId, userDn, { jpegPhoto: 'x'.repeat(3_000_000) })
    return Buffer.concat([...references, found, result(messageId, 0x65, 0)])
  }
  expect(await signingIn.signIn(configurationFor([scripted(server.url)]))).toMatchObject({ kind: 'ok', dn: userDn })
})

/** What a bind means when its answer is this refusal with some octets changed, cut off or added. */
const refusal = (id: number) =>
  Buffer.concat([
    hex('3037 0201'),
    Buffer.of(id),
    hex(
      '6107 0a0131 0400 0400 a029 3027 0419 312e332e362e312e342e312e34322e322e32372e382e352e31 010100 0407 3005 a003 810102',
    ),
  ])
const found = (id: number) => Buffer.concat([entry(id, userDn, { mail: 'a', cn: 'b' }), result(id, 0x65, 0)])

test('the refusal that is mutated below is one, as long as nothing is', async () => {
  expect(await bindAnswered(refusal)).toMatchObject({ kind: 'wrong-password' })
  expect(await searchAnswered(found)).toMatchObject({ kind: 'wrong-password' })
})

test('a refusal that ends at whatever octet says nothing of the user', async () => {
  for (let length = 0; length < refusal(2).length; length++) {
    const cut = (id: number) => refusal(id).subarray(0, length)
    expect(await bindAnswered(cut)).toMatchObject({ kind: 'server-down' })
    // Outer lengths that claim that nothing is missing.
    const claimed = (id: number) => {
      const bytes = Buffer.from(cut(id))
      if (length > 1) bytes[1] = length - 2
      return bytes
    }
    const outcome = await bindAnswered(claimed)
    // Only what ends behind the operation is whole without its controls.
    expect(outcome.kind).toBe(length === 14 ? 'wrong-password' : 'server-down')
  }
})

const octet = fc.oneof(
  fc.constantFrom(...hex('30 02 01 04 0a 31 61 64 65 78 a0 a3 87 00 03 05 07 80 84 ff')),
  fc.nat(255),
)
const mutation = fc.record({ at: fc.nat(60), removed: fc.nat(3), added: fc.array(octet, { maxLength: 4 }) })
const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 })
const arbitrary = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes))
/** BER whose lengths fit, of the tags that LDAP has. */
const { tree } = fc.letrec<{ tree: Buffer }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .tuple(fc.constantFrom(...hex('04 0a 02 01 80 81 87 8a 8b')), fc.uint8Array({ maxLength: 5 }))
      .map(([tag, content]) => Buffer.from([tag, content.length, ...content])),
    fc
      .tuple(fc.constantFrom(...hex('30 31 a0 a3 61')), fc.array(tie('tree'), { maxLength: 4 }))
      .map(([tag, parts]) => wrap(tag, ...parts)),
  ),
}))

function wrap(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([Buffer.of(tag, 0x84), length, content])
}

function mutate(bytes: Buffer, changes: readonly { at: number; removed: number; added: number[] }[]): Buffer {
  const octets = [...bytes]
  for (const { at, removed, added } of changes) octets.splice(at, removed, ...added)
  return Buffer.from(octets)
}

/** A result code that reads as success was in the bytes: only somebody who says so may be believed. */
const saysSuccess = (bytes: Buffer) => /0a(8[1-4](00)*)?0[1-4]00/.test(bytes.toString('hex'))

test('no bytes in answer to a bind hang or end the process, or let anybody in', { timeout: 120_000 }, async () => {
  const answers = fc.oneof(
    arbitrary.map((bytes) => () => bytes),
    mutations.map((changes) => (id: number) => mutate(refusal(id), changes)),
    fc.array(tree, { maxLength: 5 }).map((parts) => (id: number) => {
      const operation = wrap(0x61, hex('0a0131 0400 0400'), ...parts.slice(1))
      return wrap(0x30, Buffer.of(2, 1, id), operation, ...parts.slice(0, 1))
    }),
  )
  await fc.assert(
    fc.asyncProperty(answers, async (answer) => {
      const outcome = await bindAnswered(answer)
      expect(outcome.kind === 'ok' && !saysSuccess(answer(2))).toBe(false)
    }),
    { numRuns: 1_000, interruptAfterTimeLimit: 60_000 },
  )
})

test('no bytes in answer to a search hang or end the process, or let anybody in', { timeout: 120_000 }, async () => {
  const answers = fc.oneof(
    arbitrary.map((bytes) => () => bytes),
    mutations.map((changes) => (id: number) => mutate(found(id), changes)),
    fc
      .tuple(fc.constantFrom(0x64, 0x65, 0x73), fc.array(tree, { maxLength: 5 }))
      .map(([tag, parts]) => (id: number) => {
        const messageId = Buffer.of(2, 1, id)
        return wrap(0x30, messageId, wrap(tag, ...parts.slice(1)), ...parts.slice(0, 1))
      }),
  )
  await fc.assert(
    fc.asyncProperty(answers, async (answer) => {
      expect((await searchAnswered(answer)).kind).not.toBe('ok')
    }),
    { numRuns: 1_000, interruptAfterTimeLimit: 60_000 },
  )
})
