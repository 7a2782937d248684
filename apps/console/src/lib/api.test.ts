import { api } from '@sallyport/contract'
import { describe, expect, test } from 'vitest'
import { ApiProblem, createCall, urlOf } from './api.ts'

const id = '7f6f8b52-3a1e-4c55-9a8e-0f6f2f3b9d11'

function answer(status: number, body?: unknown): Response {
  return new Response(body === undefined ? null : JSON.stringify(body), { status })
}

/** A caller whose server gives these answers one after another, and what it was asked. */
function calling(answers: readonly (Response | Error)[], signedInAgain = false, provenAgain = false) {
  const asked: { url: string; init: RequestInit }[] = []
  let questions = 0
  let proofs = 0
  const call = createCall({
    fetch: async (url, init) => {
      asked.push({ url, init })
      const next = answers[asked.length - 1]
      if (next === undefined || next instanceof Error) throw next ?? new Error('No answer left.')
      return next
    },
    gate: {
      ask: async () => {
        questions += 1
        return signedInAgain
      },
    },
    proof: {
      ask: async () => {
        proofs += 1
        return provenAgain
      },
    },
  })
  return { call, asked, questions: () => questions, proofs: () => proofs }
}

const target = { kind: 'ldap', version: 3 } as const
const signedOut = { type: 'about:blank', title: 'Sign in first.', status: 401, code: 'sign-in-required' }

describe('a call', () => {
  test('reads the answer by the contract’s schema', async () => {
    const { call, asked } = calling([answer(200, { rows: [], surplus: 'dropped' })])
    expect(await call(api.radius.listClients, {})).toEqual({ rows: [] })
    expect(asked[0]?.url).toBe('/api/radius/clients')
    expect(new Headers(asked[0]?.init.headers).has('x-sallyport-request')).toBe(false)
  })

  test('marks every unsafe request as the console’s own, which other sites cannot', async () => {
    const { call, asked } = calling([answer(200, target), answer(204)])
    await call(api.radius.changeTarget, { body: target })
    await call(api.radius.removeClient, { params: { id }, query: { version: 2 } })
    for (const { init } of asked) expect(new Headers(init.headers).get('x-sallyport-request')).toBe('console')
    expect(asked[0]?.init.body).toBe(JSON.stringify(target))
    expect(asked[1]?.url).toBe(`/api/radius/clients/${id}?version=2`)
  })

  test('throws the problem with its code, its fields and what stands now', async () => {
    const errors = [{ path: 'address', message: 'There is a client with this address.' }]
    const current = { version: 4 }
    const { call } = calling([
      answer(409, { type: 'about:blank', title: 'Exists.', status: 409, code: 'already-exists', errors, current }),
    ])
    const failure = await call(api.radius.readTarget, {}).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ApiProblem)
    expect(failure).toMatchObject({ code: 'already-exists', status: 409, errors, current })
  })

  test('says that the server is unreachable when nothing answers, or only a proxy does', async () => {
    const { call } = calling([new TypeError('fetch failed'), new Response('<html>', { status: 502 })])
    await expect(call(api.radius.readTarget, {})).rejects.toMatchObject({ code: 'unreachable' })
    await expect(call(api.radius.readTarget, {})).rejects.toMatchObject({ code: 'unreachable' })
  })

  test('refuses an answer that is not what the contract says', async () => {
    const { call } = calling([answer(200, { kind: 'astrology' })])
    await expect(call(api.radius.readTarget, {})).rejects.toMatchObject({ code: 'unexpected-answer' })
  })
})

describe('when the session has ended', () => {
  test('the call waits for a sign-in and is made again, with the same body', async () => {
    const { call, asked, questions } = calling([answer(401, signedOut), answer(200, target)], true)
    expect(await call(api.radius.changeTarget, { body: target })).toEqual(target)
    expect(questions()).toBe(1)
    expect(asked[1]?.init.body).toBe(asked[0]?.init.body)
  })

  test('the problem is thrown when nobody signs in', async () => {
    const { call } = calling([answer(401, signedOut)], false)
    await expect(call(api.radius.readTarget, {})).rejects.toMatchObject({ code: 'sign-in-required' })
  })

  test('nobody is asked where the caller wants to know', async () => {
    const { call, questions } = calling([answer(401, signedOut)], true)
    await expect(call(api.radius.readTarget, {}, { whenSignedOut: 'fail' })).rejects.toMatchObject({ status: 401 })
    expect(questions()).toBe(0)
  })

  test('a wrong password does not ask again: that is another code', async () => {
    const { call, questions } = calling([answer(401, { ...signedOut, code: 'sign-in-failed' })], true)
    await expect(call(api.radius.readTarget, {})).rejects.toMatchObject({ code: 'sign-in-failed' })
    expect(questions()).toBe(0)
  })
})

describe('when it has to be proven again who it is', () => {
  const unproven = { type: 'about:blank', title: 'Prove it.', status: 403, code: 'proof-needed' }

  test('the call waits for the proof and is made again, with the same body', async () => {
    const { call, asked, proofs, questions } = calling([answer(403, unproven), answer(200, target)], false, true)
    expect(await call(api.radius.changeTarget, { body: target })).toEqual(target)
    expect([proofs(), questions()]).toEqual([1, 0])
    expect(asked[1]?.init.body).toBe(asked[0]?.init.body)
  })

  test('the problem is thrown when nobody proves it', async () => {
    const { call } = calling([answer(403, unproven)])
    await expect(call(api.radius.changeTarget, { body: target })).rejects.toMatchObject({ code: 'proof-needed' })
  })
})

test('an address escapes its parts, leaves out what is absent, and misses no parameter', () => {
  expect(urlOf(api.users.list, undefined, { search: 'a&b c', limit: 6, enabled: undefined })).toBe(
    '/api/users?search=a%26b+c&limit=6',
  )
  expect(urlOf(api.users.read, { id: '../x' })).toBe('/api/users/..%2Fx')
  expect(() => urlOf(api.users.read, {})).toThrow(/needs “id”/)
})
