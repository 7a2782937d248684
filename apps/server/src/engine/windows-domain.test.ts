/** A Windows domain by PAP and MS-CHAPv2, against a real domain controller with winbind. */
import { Resolver } from 'node:dns/promises'

import type { Store } from '@sallyport/store'
import type { RunningSambaAd } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { testWindowsDomain } from '../windows-domain/test-domain.ts'
import { respond } from '../test/mschap-client.ts'
import { findControllers } from '../windows-domain/controllers.ts'
import { createNtlmAuth } from '../windows-domain/ntlm-auth.ts'
import {
  as,
  codeNow,
  domainPassword,
  pap,
  startDomainServer,
  stateOf,
  type DomainServer,
} from './test/domain-server.ts'

const password = domainPassword
const states = ['disabled', 'must-change', 'password-expired', 'account-expired'] as const
let server: DomainServer
let domain: RunningSambaAd
let settings: Awaited<ReturnType<Store['windowsDomain']['settings']>>

beforeAll(async () => {
  const plain = ['other', 'locked', 'locked2'].map((name) => ({ name }))
  const jane = { name: 'fine', principal: 'jane.doe@sallyport.test' }
  server = await startDomainServer([jane, ...plain, ...states.map((state) => ({ name: state, state }))])
  domain = server.domain
  settings = await server.store.windowsDomain.settings()
}, 180_000)
afterAll(() => server.remove())

const byPap: DomainServer['byPap'] = (...asked) => server.byPap(...asked)
const byMschap: DomainServer['byMschap'] = (...asked) => server.byMschap(...asked)

const reasons = {
  disabled: 'account-disabled',
  'must-change': 'password-must-change',
  'password-expired': 'password-expired',
  'account-expired': 'account-disabled',
} as const

describe('by PAP', () => {
  test.each(['fine', 'SALLYPORT\\fine', 'sallyport.test\\Fine', 'jane.doe@sallyport.test', 'fine@sallyport.test'])(
    'a person signs in as %s, and is one user here',
    async (name) => {
      expect((await byPap(name)).code).toBe('Access-Challenge')
      expect(await server.reported(name, 'code-requested')).toMatchObject({ user: { username: 'fine' } })
    },
  )

  test('the code lets them in', async () => {
    const asked = await byPap('other')
    expect((await server.ask(as('other'), pap(codeNow()), stateOf(asked))).code).toBe('Access-Accept')
  })

  test.each(states)('%s is told apart in the log', async (name) => {
    expect((await byPap(name)).code).toBe('Access-Reject')
    await server.reported(name, reasons[name])
  })

  test('wrong passwords, strangers and other domains are refused by name', async () => {
    expect((await byPap('fine', 'wrong')).code).toBe('Access-Reject')
    await server.reported('fine', 'wrong-password')
    await byPap('nobody')
    await server.reported('nobody', 'unknown-to-directory')
    await byPap('ELSEWHERE\\fine')
    await server.reported('ELSEWHERE\\fine', 'unknown-to-directory')
    await byPap('*')
    await server.reported('*', 'unknown-to-directory')
  })

  test('an account that wrong passwords have locked is told apart', async () => {
    for (let guess = 0; guess < 3; guess++) await byPap('locked', `wrong ${guess}`)
    await byPap('locked')
    await server.reported('locked', 'account-locked')
  }, 20_000)
})

describe('by MS-CHAPv2', () => {
  test('success and keys of the domain’s session key are in the Accept', async () => {
    for (const name of ['fine', 'SALLYPORT\\fine', 'jane.doe@sallyport.test']) {
      const asked = await byMschap(name, password, name.slice(name.indexOf('\\') + 1))
      expect(asked.code, name).toBe('Access-Challenge')
    }
    const asked = await byMschap('other')
    const accept = await server.ask(as('other'), ...respond('x', 'other', clear(codeNow())).lines, stateOf(asked))
    // The code was used by PAP a moment ago, or this is the next one.
    if (accept.code === 'Access-Accept') expect(accept.get('MS-MPPE-Send-Key')).toMatch(/^0x[0-9a-f]{32}$/)
    else await server.reported('other', 'reused-code')
  })

  test.each(states)('%s is told apart, in the log and to the person', async (name) => {
    const answer = await byMschap(name)
    expect(answer.code).toBe('Access-Reject')
    await server.reported(name, reasons[name])
    const expected = reasons[name] === 'account-disabled' ? 'E=647 R=0' : 'E=648 R=0'
    expect(answer.get('MS-CHAP-Error')).toContain(expected)
  })

  test('a wrong password may be tried again; three lock the account', async () => {
    for (let guess = 0; guess < 3; guess++) {
      expect((await byMschap('locked2', `wrong ${guess}`)).get('MS-CHAP-Error')).toContain('E=691 R=1 C=')
    }
    await byMschap('locked2')
    await server.reported('locked2', 'account-locked')
  }, 20_000)
})

describe('ntlm_auth', () => {
  const question = { username: 'fine', domain: 'SALLYPORT', challenge: Buffer.alloc(8), ntResponse: Buffer.alloc(24) }
  const helpers = () => createNtlmAuth({ command: `${domain.binFolder}/ntlm_auth`, clock: Date.now, helpers: 2 })

  test('is kept running, is replaced when it dies, and no name can speak its protocol', async () => {
    const pool = helpers()
    const username = 'x\n.\nUsername: fine\n'
    expect(await pool.check({ ...question, username }, Date.now() + 10_000)).toMatchObject({ kind: 'unknown-user' })
    const pids = pool.pids()
    expect(await pool.check({ ...question, username }, Date.now() + 10_000)).toMatchObject({ kind: 'unknown-user' })
    expect(pool.pids()).toEqual(pids)
    for (const pid of pids) process.kill(pid, 'SIGKILL')
    const after = await untilAnswered(() => pool.check({ ...question, username }, Date.now() + 10_000))
    expect(after).toMatchObject({ kind: 'unknown-user' })
    expect(pool.pids()).not.toEqual(pids)
    pool.close()
    expect(pool.pids()).toEqual([])
  }, 30_000)

  test('that is not there answers “down”, never a wrong password', async () => {
    const pool = createNtlmAuth({ command: '/nonexistent/ntlm_auth', clock: Date.now })
    expect(await pool.check(question, Date.now() + 5_000)).toMatchObject({ kind: 'down' })
    pool.close()
  })
})

describe('the domain', () => {
  test('names its controllers by DNS', async () => {
    const resolver = new Resolver({ timeout: 5_000 })
    resolver.setServers([domain.address])
    expect(await findControllers({ domain: domain.domain, controllers: [] }, resolver)).toEqual(['dc1.sallyport.test'])
  })

  test('is found whole by its Test, and what is missing on the machine is said', async () => {
    const tried = { username: 'jane.doe@sallyport.test', password }
    const whole = await testWindowsDomain(settings, domain.binFolder, tried)
    expect(whole.steps.filter(({ ok }) => !ok)).toEqual([])
    expect(whole.steps.map(({ step }) => step)).toContain('mschap')
    const without = await testWindowsDomain(settings, '/nonexistent')
    expect(without.steps.at(-1)).toMatchObject({ step: 'ntlm-auth', ok: false })
    const elsewhere = await testWindowsDomain({ ...settings, netbiosName: 'OTHER' }, domain.binFolder)
    expect(elsewhere.steps.at(-1)).toMatchObject({ step: 'own-domain', ok: false })
    const untrusted = await testWindowsDomain({ ...settings, caPem: null }, domain.binFolder)
    expect(untrusted.steps.find(({ ok }) => !ok)).toMatchObject({ step: 'tls' })
  }, 60_000)

  test('that is stopped meets silence, costs nobody a lock-out, and is asked again when it is back', async () => {
    await domain.stop()
    for (const ask of [byPap, byMschap]) {
      expect((await ask('fine')).code).toBeUndefined()
    }
    await server.reported('fine', 'target-down')
    await domain.restart()
    const back = await untilAnswered(async () => {
      const { code: answered } = await byPap('fine')
      return { kind: answered === undefined ? 'down' : answered }
    })
    expect(back.kind).toBe('Access-Challenge')
    const mschap = await untilAnswered(async () => {
      const { code: answered } = await byMschap('fine')
      return { kind: answered === undefined ? 'down' : answered }
    })
    expect(mschap.kind).toBe('Access-Challenge')
  }, 180_000)
})

/** Asks until there is an answer. */
async function untilAnswered<T extends { readonly kind: string }>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 40; tries++) {
    const answer = await ask()
    if (answer.kind !== 'down') return answer
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return ask()
}

/** FortiGate's way: the code in clear where the challenge should be. */
function clear(digits: string): Buffer {
  const peerChallenge = Buffer.alloc(16)
  peerChallenge.write(digits)
  return peerChallenge
}
