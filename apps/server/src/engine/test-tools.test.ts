import { companyDefaults } from '@sallyport/contract'
import type { JournalRecord } from '@sallyport/store/engine'
import { beforeEach, describe, expect, test } from 'vitest'

import { SignInsInHand } from '../access/joining.ts'
import { standingRules } from '../access/standing/rules.ts'
import type { Tools } from '../access/tools.ts'
import { createReplyRules } from '../access/reply-rules.ts'
import { ChallengesInMemory } from './challenge-table.ts'
import { createPeople } from './test/people.ts'
import { FactorPassesInMemory } from './factor-passes.ts'
import { testTools, type Decided } from './test-tools.ts'
import { UsersInMemory } from './user-table.ts'

let written: JournalRecord[]
let decided: Decided[]
let disk: 'writable' | 'full'
let real: Tools

beforeEach(() => {
  written = []
  decided = []
  disk = 'writable'
  const users = new UsersInMemory()
  real = {
    clock: () => 0,
    stopwatch: () => 0,
    dryRun: false,
    users,
    ...createPeople({ users: () => users, clock: () => 0, append: () => Promise.resolve() }).tools,
    challenges: new ChallengesInMemory(),
    passwords: { find: () => undefined, change: () => undefined },
    inHand: new SignInsInHand(),
    codeGuesses: { exhausted: () => false, count: () => undefined },
    target: () => undefined,
    replyRules: () => createReplyRules([]),
    company: () => ({ ...companyDefaults, version: 1 }),
    standing: () => standingRules({ cacheRules: [], trustedNetworks: [] }),
    passes: new FactorPassesInMemory([]),
    passwordMark: () => 'mark',
    unsealToken: () => new Uint8Array(),
    randomState: () => 'state',
    clientsSeen: { due: () => true },
    record: (records) => {
      if (disk === 'full') return Promise.reject(new Error('no space left on the device'))
      written.push(...records)
      return Promise.resolve()
    },
    later: () => undefined,
    onError: () => undefined,
  }
})

const made = (dryRun = false) => testTools(real, { dryRun, onDecided: (latest) => decided.push(latest) })
const signIn = { id: 's-1', result: 'accepted' } as Extract<JournalRecord, { kind: 'sign-in' }>['signIn']
const challenge = {
  ...{ state: 'state', expiresAtMs: 9, clientId: 'c', userId: 'u', usernameKey: 'u', signInId: 's-1' },
  ...{ startedAtMs: 0, round: 1, triesLeft: 3, held: null, groups: [], passwordChange: null, relay: null },
  ...{ passwordMark: null, asks: { kind: 'oath' } as const },
}

const sign = { messageAuthenticator: true, proxyState: false, method: 'pap' } as const

describe('the tools of a test', () => {
  test('write the sign-in down as a test, and what people lost by it, and nothing else', async () => {
    const lost: JournalRecord[] = [
      { kind: 'oath-used', tokenId: 't', step: 1, atMs: 1 },
      { kind: 'factor-failures', userId: 'u', failures: [1], lockedUntilMs: null },
      { kind: 'password-changed', userId: 'u', hash: 'h', sealedNtHash: null, atMs: 1 },
    ]
    await made().record([
      { kind: 'client-seen', clientId: 'c', atMs: 1, ...sign },
      { kind: 'challenge-closed', state: 'state' },
      { kind: 'challenge-opened', challenge: { state: 'state', expiresAtMs: 9, body: '{}' } },
      ...lost,
      { kind: 'sign-in', signIn },
    ])
    expect(written).toEqual([...lost, { kind: 'sign-in', signIn: { ...signIn, test: true } }])
    expect(decided).toEqual([{ signInId: 's-1', result: 'accepted' }])
  })

  test('tell of nothing that is not on disk', async () => {
    disk = 'full'
    await expect(made().record([{ kind: 'sign-in', signIn }])).rejects.toThrow('no space')
    expect(decided).toEqual([])
  })

  test('keep the States of a test and those of the network apart, and of two tests as well', () => {
    const [one, other] = [made(), made()]
    one.challenges.open(challenge)
    expect(one.challenges.find('state')).toBeDefined()
    expect(other.challenges.find('state')).toBeUndefined()
    expect(real.challenges.find('state')).toBeUndefined()
    real.challenges.open({ ...challenge, state: 'of the network' })
    expect(one.challenges.find('of the network')).toBeUndefined()
  })

  test('learn nothing about the device', () => {
    expect(made().clientsSeen.due('c', 1, sign)).toBe(false)
  })

  test('are dry where that was asked for', () => {
    expect(made(true).dryRun).toBe(true)
    expect(made().dryRun).toBe(false)
  })
})
