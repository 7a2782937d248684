/** A portal application over a real store in a temporary folder, with an engine that is only listened to, for tests. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '@sallyport/store'
import type { FastifyInstance } from 'fastify'
import { createPortalApp } from '../portal-app.ts'
import type { ConfigNotice } from '../../bus/notices.ts'
import type { PortalDependencies } from '../portal-dependencies.ts'
import type { Answer, CallOptions } from './console.ts'
import { nobodyAsked } from './nobody-asked.ts'

export interface TestPortal {
  readonly app: FastifyInstance
  readonly store: Store
  readonly dataDir: string
  /** What the engine was told, in order. */
  readonly notices: ConfigNotice[]
  /** Moves the clock. */
  readonly pass: (ms: number) => void
  readonly now: () => Date
  /** Sends a request as the portal's page would: its header goes along. */
  readonly call: (method: string, url: string, options?: CallOptions) => Promise<Answer>
  readonly close: () => Promise<void>
}

export async function startPortal(changes: Partial<PortalDependencies> = {}): Promise<TestPortal> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-portal-'))
  let nowMs = Date.parse('2026-11-23T10:00:00.000Z')
  const clock = () => new Date(nowMs)
  const notices: ConfigNotice[] = []
  const store = await openStore({ dataDir, clock })
  const app = await createPortalApp({
    store,
    engine: {
      portalPort: { host: '127.0.0.1', port: 9, secret: 'nobody listens' },
      onPortalDecided: () => () => undefined,
      ...nobodyAsked,
      discardOutbox: () => Promise.resolve(),
      configChanged: async (notice) => {
        notices.push(notice)
        return Promise.resolve()
      },
      status: () => Promise.reject(new Error('This engine is only listened to.')),
      openTestPort: () => Promise.reject(new Error('This engine is only listened to.')),
    },
    callbacks: { handleCallback: () => Promise.resolve({ status: 404, headers: {}, body: '' }) },
    clock,
    startedAt: clock(),
    trustProxy: false,
    secureCookies: false,
    ...changes,
  })
  return {
    app,
    store,
    dataDir,
    notices,
    pass: (ms) => (nowMs += ms),
    now: clock,
    async call(method, url, { cookie, body, headers, address } = {}) {
      const response = await app.inject({
        method: method,
        url,
        ...(address === undefined ? {} : { remoteAddress: address }),
        headers: { 'x-sallyport-request': 'portal', ...(cookie === undefined ? {} : { cookie }), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      const isJson = String(response.headers['content-type']).includes('json')
      return {
        status: response.statusCode,
        body: isJson ? response.json() : {},
        text: response.body,
        headers: response.headers,
      }
    },
    async close() {
      await app.close()
      await store.close()
      await rm(dataDir, { recursive: true })
    },
  }
}
