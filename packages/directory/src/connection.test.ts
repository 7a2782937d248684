/** Tests one connection: which answer belongs to which request, what is too late, what is too much, and how it ends. */
import { type Socket } from 'node:net'

import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { connectTo, searchFor } from '../test/connecting.ts'
import { entry, result, startScriptedServer, type Script, type ScriptedServer } from '../test/scripted-server.ts'
import { type LdapConnection } from './connection.ts'
import { type LdapFailure } from './failure.ts'

let server: ScriptedServer
let script: Script
let connection: LdapConnection

beforeEach(async () => {
  script = () => undefined
  server = await startScriptedServer((request, socket) => script(request, socket))
  connection = await connectTo(server.url)
})

afterEach(async () => {
  connection.destroy()
  await server.close()
})

const patientMs = 5_000
const dn = 'cn=Alice,dc=test'
const everything = searchFor('dc=test')
const closed = () =>
  new Promise<void>((resolve) => {
    connection.onClosed(resolve)
  })
const isLost = { code: 'server-down', wasAnswered: false, message: expect.stringContaining('lost') as string }

/** Answers binds, and searches by their base DN. */
function answering(search: (base: string, messageId: number, socket: Socket) => Buffer | undefined): Script {
  return ({ messageId, tag, base }, socket) =>
    tag === 0x60 ? result(messageId, 0x61, 0) : search(base, messageId, socket)
}

test('RFC 4511 §4.1.1.1: answers find their requests by message ID, in whatever order they come', async () => {
  const waiting: Buffer[] = []
  script = answering((base, messageId, socket) => {
    waiting.unshift(Buffer.concat([entry(messageId, `cn=x,${base}`), result(messageId, 0x65, 0)]))
    if (waiting.length === 40) socket.write(Buffer.concat(waiting))
    return undefined
  })
  const bases = Array.from({ length: 40 }, (_, index) => `dc=${index}`)
  const found = await Promise.all(bases.map((base) => connection.search(searchFor(base), '', patientMs)))
  expect(found.map(([first]) => first?.dn)).toEqual(bases.map((base) => `cn=x,${base}`))
  expect(new Set(server.requests.map(({ messageId }) => messageId)).size).toBe(40)
})

test('a bind that is not answered in time closes the connection: its answer could be taken for the next one’s', async () => {
  const ended = closed()
  await expect(connection.bind(dn, 'pw', 50)).rejects.toMatchObject({ code: 'timeout', blamesServer: true })
  expect(connection.isOpen).toBe(false)
  await ended
  await expect(connection.bind(dn, 'pw', 50)).rejects.toMatchObject(isLost)
  await expect(connection.search(everything, '', 50)).rejects.toMatchObject(isLost)
})

test('a slow search beside others that are answered is alone too late, and its late answer harms nobody', async () => {
  let answerSlow: (() => void) | undefined
  script = answering((base, messageId, socket) => {
    const answer = Buffer.concat([entry(messageId, base), result(messageId, 0x65, 0)])
    if (base !== 'dc=slow') return answer
    answerSlow = () => void socket.write(answer)
    return undefined
  })
  const slow = connection.search(searchFor('dc=slow'), '', 300)
  await vi.waitUntil(() => answerSlow)
  expect(await connection.search(everything, '', patientMs)).toHaveLength(1)
  await expect(slow).rejects.toMatchObject({
    code: 'timeout',
    blamesServer: false,
    message: 'The server did not answer within 300 ms.',
  })
  expect(connection.isOpen).toBe(true)
  answerSlow?.()
  expect(await connection.search(everything, '', patientMs)).toMatchObject([{ dn: 'dc=test' }])
})

test('searches that are all too late are all told so, and close the connection', async () => {
  const searches = Array.from({ length: 5 }, () => connection.search(everything, '', 50))
  for (const { status, reason } of (await Promise.allSettled(searches)) as PromiseRejectedResult[]) {
    expect(status).toBe('rejected')
    expect(reason).toMatchObject({ code: 'timeout', blamesServer: true })
  }
  expect(connection.isOpen).toBe(false)
})

test('a server that leaves search after search unanswered, and answers others, is left in the end', async () => {
  script = answering((base, messageId) => (base === 'dc=slow' ? undefined : result(messageId, 0x65, 0)))
  const ended = closed()
  const slow = Array.from({ length: 257 }, () => connection.search(searchFor('dc=slow'), '', 200))
  const outcomes = Promise.allSettled(slow)
  await vi.waitUntil(() => server.requests.length === 257)
  await connection.search(everything, '', patientMs)
  await outcomes
  await ended
})

test('of more entries than were asked for the first are kept, and a server may say that there are more', async () => {
  script = answering((_, messageId) => {
    const entries = Array.from({ length: 5 }, (__, index) => entry(messageId, `cn=${index}`))
    return Buffer.concat([...entries, result(messageId, 0x65, 4)])
  })
  const found = await connection.search(searchFor('dc=test', undefined, { sizeLimit: 2 }), '', patientMs)
  expect(found.map((one) => one.dn)).toEqual(['cn=0', 'cn=1'])
})

test('RFC 4511 §4.5.3: references between entries are passed over', async () => {
  script = answering((_, messageId) => {
    const reference = Buffer.concat([Buffer.from([0x30, 0x0d, 2, 1, messageId, 0x73, 8, 4, 6]), Buffer.from('ldap:/')])
    return Buffer.concat([reference, entry(messageId, dn), reference, result(messageId, 0x65, 0)])
  })
  expect(await connection.search(everything, '', patientMs)).toMatchObject([{ dn }])
})

test('RFC 4511 §4.4.1: a notice of disconnection ends the connection at once, and another notification does not', async () => {
  const notice = Buffer.from('3024020100781f0a0134040004008a16312e332e362e312e342e312e313436362e3230303336', 'hex')
  const other = Buffer.from(notice)
  other.write('7', other.length - 1)
  script = ({ messageId }) => Buffer.concat([other, result(messageId, 0x61, 49)])
  expect(await connection.bind(dn, 'pw', patientMs)).toMatchObject({ resultCode: 49 })
  script = ({ messageId }) => Buffer.concat([notice, result(messageId, 0x61, 0)])
  await expect(connection.bind(dn, 'pw', patientMs)).rejects.toMatchObject(isLost)
  expect(connection.isOpen).toBe(false)
})

test('RFC 4511 §4.13: an intermediate response that nobody asked for ends the connection', async () => {
  script = ({ messageId }) =>
    Buffer.concat([Buffer.from([0x30, 5, 2, 1, messageId, 0x79, 0]), result(messageId, 0x61, 0)])
  await expect(connection.bind(dn, 'pw', patientMs)).rejects.toMatchObject({ wasAnswered: true })
})

test.each([
  ['the answer to an earlier request', 1],
  ['an answer before its time', -1],
])('%s is no answer to this one', async (_, difference) => {
  script = ({ messageId }) => result(messageId, 0x61, 0)
  await connection.bind(dn, 'pw', patientMs)
  script = ({ messageId }) => result(messageId - difference, 0x61, 0)
  await expect(connection.bind(dn, 'wrong', patientMs)).rejects.toMatchObject({
    code: 'server-down',
    message: expect.stringContaining('nothing that was asked') as string,
  })
})

test('a word of the server before anything was asked ends the connection', async () => {
  script = ({ messageId }) => Buffer.concat([result(messageId, 0x61, 49), result(messageId + 1, 0x61, 0)])
  const ended = closed()
  expect(await connection.bind(dn, 'wrong', patientMs)).toMatchObject({ resultCode: 49 })
  await ended
})

test('RFC 4511 §4.3: whoever leaves while no answer is owed says so; otherwise the connection just ends', async () => {
  let heard = ''
  const listening = (socket: Socket) => socket.on('data', (bytes) => (heard += bytes.toString('hex')))
  script = ({ messageId }, socket) => {
    listening(socket)
    return result(messageId, 0x61, 0)
  }
  await connection.bind(dn, 'pw', patientMs)
  const ended = closed()
  connection.destroy()
  expect(connection.isOpen).toBe(false)
  await ended
  await vi.waitUntil(() => heard === '30050201034200')
})

test('whoever waits when the connection is destroyed is told at once, and nothing is sent any more', async () => {
  let heard = ''
  const left = new Promise<void>((resolve) => {
    script = (_, socket) => {
      socket
        .on('data', (bytes) => (heard += bytes.toString('hex')))
        .on('close', () => {
          resolve()
        })
      connection.destroy()
      return undefined
    }
  })
  await expect(connection.bind(dn, 'pw', patientMs)).rejects.toMatchObject(isLost)
  await left
  expect(heard).toBe('')
})

test.each([
  [dn, ''],
  ['', 'pw'],
  ['PLAIN', 'pw'],
])('RFC 4513 §5.1.2: a bind as “%s” with the password “%s” is never sent', async (name, password) => {
  await expect(connection.bind(name, password, patientMs)).rejects.toMatchObject({ code: 'misconfigured' })
  expect(server.requests).toEqual([])
})

const octet = fc.oneof(fc.constantFrom(...Buffer.from('3002010401610a31646573787900a08aff', 'hex'), 0x84), fc.nat(255))
const noise = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes))
const change = fc.record({ at: fc.nat(40), removed: fc.nat(3), added: fc.array(octet, { maxLength: 4 }) })

test('whatever a server says in whatever pieces, a bind ends once, and well only where it was said to', async () => {
  const answers = fc.record({
    changes: fc.array(change, { maxLength: 3 }),
    before: fc.oneof(fc.constant(Buffer.alloc(0)), noise),
    cuts: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }),
  })
  await fc.assert(
    fc.asyncProperty(answers, async ({ changes, before, cuts }) => {
      const answer = [...before, ...result(2, 0x61, 49, 'refused')]
      for (const { at, removed, added } of changes) answer.splice(at, removed, ...added)
      const sent = Buffer.from(answer)
      script = (_, socket) => {
        for (let offset = 0, index = 0; offset < sent.length; index++) {
          const length = cuts[index % cuts.length] ?? 1
          socket.write(sent.subarray(offset, offset + length))
          offset += length
        }
        socket.end()
        return undefined
      }
      const one = await connectTo(server.url)
      const outcome = await one.bind(dn, 'pw', patientMs).then(
        ({ resultCode }) => resultCode,
        (error: unknown) => (error as LdapFailure).code,
      )
      one.destroy()
      if (typeof outcome === 'string') expect(outcome).toBe('server-down')
      else if (outcome === 0) expect(sent.toString('hex')).toMatch(/0a(8[1-4](00)*)?0[1-4]00/)
    }),
    { numRuns: 500, interruptAfterTimeLimit: 60_000 },
  )
}, 90_000)
