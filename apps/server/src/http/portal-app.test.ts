import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { api, type Endpoint } from '@sallyport/contract'
import { portalApi } from '@sallyport/contract/portal'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rooms } from './register-endpoints.ts'
import { startPortal, type TestPortal } from './test/portal.ts'
import { startConsole, type TestConsole } from './test/console.ts'

let folder: string
let portal: TestPortal
let console: TestConsole

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-portal-files-'))
  await mkdir(join(folder, 'app'))
  await writeFile(join(folder, 'index.html'), 'the portal')
  await writeFile(join(folder, 'app', 'index.html'), 'the authenticator')
  await writeFile(join(folder, 'app', 'sw.js'), 'the worker')
  portal = await startPortal({ portalDir: folder })
  console = await startConsole()
})
afterAll(async () => {
  await portal.close()
  await console.close()
  await rm(folder, { recursive: true })
})

const pathsOf = (rooms: object) =>
  Object.values(rooms as Rooms<Endpoint<unknown>>).flatMap((room) =>
    Object.values(room).map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':x')}`),
  )

describe('two listeners', () => {
  test('share no endpoint: what the console answers is nowhere on the portal, and the other way round', async () => {
    const shared = pathsOf(api).filter((path) => pathsOf(portalApi).includes(path))
    const one = '0b9ab3c5-9a2c-4f5e-8e0e-3a6f6e8f1a11'
    expect(shared).toEqual([])
    for (const [method = '', path = ''] of pathsOf(api).map((each) => each.split(' '))) {
      const answer = await portal.call(method, path.replaceAll(':x', one))
      expect([method, path, answer.status]).toEqual([method, path, 404])
    }
    for (const [method = '', path = ''] of pathsOf(portalApi).map((each) => each.split(' '))) {
      const answer = await console.call(method, path.replaceAll(':x', one))
      expect([method, path, answer.status]).toEqual([method, path, 404])
    }
  })

  test('do not take each other’s requests: the header of the console’s page does not open the portal', async () => {
    const answer = await portal.call('POST', '/api/anything', { headers: { 'x-sallyport-request': 'console' } })
    expect(answer.body).toMatchObject({ code: 'cross-site-request' })
  })
})

describe('the portal’s pages', () => {
  test('are the portal at the root and the authenticator below /app/', async () => {
    expect((await portal.call('GET', '/devices')).text).toBe('the portal')
    expect((await portal.call('GET', '/app/')).text).toBe('the authenticator')
    expect((await portal.call('GET', '/app/codes')).text).toBe('the authenticator')
    expect((await portal.call('GET', '/app')).headers['location']).toBe('/app/')
  })

  test('allow scripts, workers and connections of the listener itself alone, and no frame around them', async () => {
    const policy = String((await portal.call('GET', '/app/')).headers['content-security-policy'])
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("worker-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  })

  test('come with a service worker that browsers ask for anew', async () => {
    expect((await portal.call('GET', '/app/sw.js')).headers['cache-control']).toBe('no-cache')
  })
})

test('the server’s time is told to whoever asks', async () => {
  expect((await portal.call('GET', '/api/clock')).body).toEqual({ now: portal.now().toISOString() })
})
