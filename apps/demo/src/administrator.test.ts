import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { api } from '@sallyport/contract'
import { afterEach, expect, test } from 'vitest'

import { ApiRefusal, becomeAdministrator } from './administrator.ts'

const id = '0b8ad7e5-5b0e-4c0f-9a56-3d2b7c1f4e01'
const session = {
  administrator: { id, username: 'admin', role: 'administrator' },
  factors: [],
  expiresAt: '2026-01-01T00:00:00.000Z',
  sampleSite: true,
  passkeys: false,
}
const credentials = { username: 'admin', password: 'a-long-password' }
let server: Server

interface Answer {
  readonly status?: number
  readonly cookie?: string
  readonly body?: unknown
}

/** Answers in order, and keeps what was asked. */
async function serve(answers: readonly Answer[]) {
  const left = [...answers]
  const asked: { line: string; headers: IncomingMessage['headers']; body: string }[] = []
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      asked.push({ line: `${request.method ?? ''} ${request.url ?? ''}`, headers: request.headers, body })
      const answer = left.shift() ?? { status: 500 }
      if (answer.cookie !== undefined) response.setHeader('set-cookie', `${answer.cookie}; HttpOnly; Path=/`)
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' })
      response.end(answer.status === 204 ? undefined : JSON.stringify(answer.body ?? session))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

const refusal = (status: number, code: string) => ({
  status,
  body: { type: 'about:blank', title: 'No', status, code, errors: [{ path: 'username', message: 'Taken.' }] },
})

test('the set-up code makes the first administrator, and the session’s cookie travels with each call', async () => {
  const { url, asked } = await serve([{ cookie: 'session=one' }, { status: 204 }])
  const administrator = await becomeAdministrator(url, 'CODE', credentials)
  await administrator.call(api.users.remove, { params: { id }, query: { version: 3 } })
  expect(asked.map(({ line }) => line)).toEqual(['POST /api/setup', `DELETE /api/users/${id}?version=3`])
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ code: 'CODE', ...credentials })
  expect(asked[1]?.headers).toMatchObject({ cookie: 'session=one', 'x-sallyport-request': 'console' })
  expect(asked[1]?.headers).not.toHaveProperty('content-type')
})

test('a refusal names the call, the code and the field', async () => {
  const { url } = await serve([{ cookie: 'session=one' }, refusal(409, 'already-exists')])
  const administrator = await becomeAdministrator(url, 'CODE', credentials)
  const call = administrator.call(api.status.read)
  await expect(call).rejects.toThrow('GET /api/status: No username: Taken.')
  await expect(call).rejects.toMatchObject({ code: 'already-exists' })
})

test('a session that has ended is opened anew, once', async () => {
  const ended = refusal(401, 'sign-in-required')
  const { url, asked } = await serve([
    { cookie: 'session=one' },
    ended,
    { cookie: 'session=two', body: { next: 'nothing', session } },
    {},
    ended,
    { body: { next: 'nothing', session } },
    ended,
  ])
  const administrator = await becomeAdministrator(url, 'CODE', credentials)
  expect(await administrator.call(api.session.read)).toEqual(session)
  expect(asked.map(({ line }) => line).slice(1)).toEqual(['GET /api/session', 'POST /api/session', 'GET /api/session'])
  expect(asked[3]?.headers.cookie).toBe('session=two')
  await expect(administrator.call(api.session.read)).rejects.toBeInstanceOf(ApiRefusal)
})

test('who it is is proven again where that is asked for', async () => {
  const { url, asked } = await serve([
    { cookie: 'session=one' },
    refusal(403, 'proof-needed'),
    { status: 204 },
    { status: 204 },
  ])
  const administrator = await becomeAdministrator(url, 'CODE', credentials)
  await administrator.call(api.session.signOut)
  expect(asked.map(({ line }) => line).slice(2)).toEqual(['POST /api/session/proof', 'DELETE /api/session'])
  expect(asked[2]?.body).toBe(JSON.stringify({ password: credentials.password }))
})
