/** The whole server in a temporary folder, engine threads and all, with its API called over HTTP as a browser would: for tests. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import { pino } from 'pino'
import { parseConfig } from '../../config.ts'
import { startServer } from '../../server.ts'
import { createPasswords } from '../session/passwords.ts'

export interface RealServer {
  readonly store: Store
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Answer>
  /** Makes an administrator with this role and signs them in; the answer is the cookie. */
  readonly signInAs: (role: Role) => Promise<string>
  /** Everything that was logged so far. */
  readonly log: () => string
  readonly close: () => Promise<void>
}

export interface CallOptions {
  readonly cookie?: string | undefined
  readonly body?: unknown
}

export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly text: string
}

const password = 'four plain words here'

export async function startRealServer(): Promise<RealServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-server-'))
  let logged = ''
  const logger = pino({}, { write: (line: string) => void (logged += line) })
  const config = parseConfig({
    SALLYPORT_DATA_DIR: dataDir,
    SALLYPORT_CONSOLE_PORT: '0',
    SALLYPORT_PORTAL_PORT: '0',
    SALLYPORT_RADIUS_ADDRESSES: '127.0.0.1',
  })
  const server = await startServer({
    config,
    logger,
    version: '0.1.0',
    onDeath: (error) => {
      throw error
    },
  })
  const hashed = createPasswords().hash(password)
  const send = async (method: string, path: string, { cookie, body }: CallOptions = {}) =>
    fetch(new URL(path, server.consoleUrl), {
      method,
      headers: {
        'x-sallyport-request': 'console',
        ...(cookie === undefined ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  return {
    store: server.store,
    async call(method, path, options) {
      const response = await send(method, path, options)
      const text = await response.text()
      return { status: response.status, text, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) }
    },
    async signInAs(role) {
      const username = `${role}-${String(await server.store.administrators.count())}`
      const maker = { id: null, name: 'test', address: null }
      await server.store.administrators.create({ username, role, passwordHash: await hashed }, maker)
      const policy = await server.store.administratorPolicy.settings()
      if (policy.secondFactorRequired) {
        // On the password alone: these tests are about what an administrator does, not about how they came in.
        await server.store.administratorPolicy.change({ ...policy, secondFactorRequired: false }, maker)
      }
      const response = await send('POST', '/api/session', { body: { username, password } })
      return (response.headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? ''
    },
    log: () => logged,
    async close() {
      await server.close()
      await rm(dataDir, { recursive: true })
    },
  }
}
