import { api, endpoint, type Endpoint } from '@sallyport/contract'
import Fastify from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { mapErrors } from './error-mapper.ts'
import { registerEndpoints, type Rooms } from './register-endpoints.ts'

const ping = { method: 'GET', path: '/api/ping', summary: 'Answers.', tag: 'Test', access: 'public' } as const

function appWith(rooms: Rooms<unknown>, handlers: Rooms<() => Promise<unknown>>) {
  const app = Fastify()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  mapErrors(app)
  registerEndpoints(app, rooms as Rooms<Endpoint>, handlers, {
    authorise: () => async () => undefined,
    callerOf: () => null,
    bodyLimits: {},
  })
  return app
}

describe('at start', () => {
  const answer = async () => undefined

  test.each([
    ['nothing', undefined],
    ['nobody', []],
    ['“everybody”', 'everybody'],
  ])('an endpoint that says %s of who may call it is refused', (_, access) => {
    expect(() => appWith({ test: { ping: { ...ping, access } } }, { test: { ping: answer } })).toThrow(
      'The endpoint test.ping does not say who may call it.',
    )
  })

  test('an endpoint that nobody answers is refused', () => {
    expect(() => appWith({ test: { ping } }, { test: {} })).toThrow('Nobody answers the endpoint test.ping.')
  })

  test('a handler without an endpoint is refused', () => {
    expect(() => appWith({ test: { ping } }, { test: { ping: answer, pong: answer } })).toThrow(
      'These handlers answer no endpoint: test.pong.',
    )
  })
})

describe('an answer', () => {
  test('holds what its description names, and nothing that slipped in beside', async () => {
    const described = endpoint({ ...ping, response: z.object({ name: z.string() }) })
    const app = appWith({ test: { ping: described } }, { test: { ping: async () => ({ name: 'a', secret: 'b' }) } })
    expect((await app.inject('/api/ping')).json()).toEqual({ name: 'a' })
  })

  test('that is not as described is an error of ours, and says nothing of what it was', async () => {
    const described = endpoint({ ...ping, response: z.object({ name: z.string() }) })
    const app = appWith({ test: { ping: described } }, { test: { ping: async () => ({ name: { secret: 'b' } }) } })
    const answer = await app.inject('/api/ping')
    expect(answer.statusCode).toBe(500)
    expect(answer.json()).toMatchObject({ code: 'internal-error' })
    expect(answer.body).not.toContain('secret')
  })

  test('without a description is 204 and empty', async () => {
    const app = appWith({ test: { ping } }, { test: { ping: async () => ({ secret: 'b' }) } })
    const answer = await app.inject('/api/ping')
    expect([answer.statusCode, answer.body]).toEqual([204, ''])
  })
})

test('no two endpoints of the contract share method and path', () => {
  const routes = Object.values(api).flatMap((room) =>
    Object.values(room).map((each: Endpoint) => `${each.method} ${each.path}`),
  )
  expect(new Set(routes).size).toBe(routes.length)
})
