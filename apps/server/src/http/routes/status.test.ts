import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { EngineStatus } from '../../bus/notices.ts'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
let quiet: EngineStatus
beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
  quiet = console.engine.status
})
beforeEach(() => {
  console.engine.silent = false
  console.engine.status = quiet
})
afterAll(() => console.close())

const read = async () => (await console.call('GET', '/api/status', { cookie })).body
const socket = (port: number, state: 'listening' | 'failed') => ({
  port,
  family: 'IPv4' as const,
  kind: 'authentication' as const,
  state,
  problem: state === 'failed' ? 'Port in use.' : null,
})

describe('status', () => {
  test('of an empty server is off, and lists what to do in its order', async () => {
    expect(await read()).toMatchObject({
      version: '0.1.0',
      startedAt: '2026-11-23T10:00:00.000Z',
      radius: { enabled: false, state: 'off', sockets: [], logWritable: true },
      target: { kind: 'none', servers: [] },
      reasons: [],
      drops: [],
      counts: { users: 0, clients: 0, tokens: 0 },
      worthDoing: [
        { kind: 'configure-ldap' },
        { kind: 'choose-target' },
        { kind: 'add-client' },
        { kind: 'add-user' },
        { kind: 'enable-radius' },
      ],
    })
  })

  test('counts users who have no second factor yet, and clients that were not heard with Message-Authenticator', async () => {
    const user = { username: 'ann', firstName: '', lastName: '', email: '', description: '', enabled: true }
    await console.call('POST', '/api/users', { cookie, body: user })
    const kinds = ((await read())['worthDoing'] as { kind: string }[]).map(({ kind }) => kind)
    expect(kinds).toContain('users-without-factor')
    expect(kinds).not.toContain('add-user')
  })

  test.each([
    ['on', ['listening', 'listening']],
    ['degraded', ['listening', 'failed']],
    ['failed', ['failed', 'failed']],
  ] as const)('is %s when its sockets are %j', async (state, sockets) => {
    const { version, accountingPorts, accountingSilenceHours } = await console.store.settings.radius()
    const accounting = { accountingPorts, accountingSilenceHours }
    const body = { enabled: true, authenticationPorts: [1812, 1645], ...accounting, version }
    await console.call('PUT', '/api/radius/settings', { cookie, body })
    console.engine.status = { ...quiet, sockets: sockets.map((each, index) => socket(1812 + index, each)) }
    const status = await read()
    expect(status['radius']).toMatchObject({ state })
    const failed = sockets.filter((each) => each === 'failed').length
    const doing = status['worthDoing'] as { kind: string }[]
    expect(doing.filter(({ kind }) => kind === 'socket-failed')).toHaveLength(failed)
  })

  test('shows what the engine says of targets and drops, commonest first, zeros left out', async () => {
    console.engine.status = {
      ...quiet,
      inFlight: 3,
      openChallenges: 2,
      clientTraffic: [],
      drops: { 'bad-length': 1, 'unknown-client': 5, never: 0 },
      targetServers: [
        { server: 'ldap://one:389', state: 'down', sinceMs: console.now().getTime(), problem: 'Connection refused.' },
      ],
    }
    expect(await read()).toMatchObject({
      radius: { inFlight: 3, openChallenges: 2 },
      drops: [
        { name: 'unknown-client', count: 5 },
        { name: 'bad-length', count: 1 },
      ],
      target: { servers: [{ state: 'down', since: '2026-11-23T10:00:00.000Z', problem: 'Connection refused.' }] },
      worthDoing: expect.arrayContaining([{ kind: 'target-down', server: 'ldap://one:389' }]) as unknown,
    })
  })

  test('answers also when the engine does not, and says that nothing listens', async () => {
    console.engine.silent = true
    expect(await read()).toMatchObject({ radius: { state: 'failed', inFlight: 0 } })
  })
})
