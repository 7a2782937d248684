import { randomUUID } from 'node:crypto'

import { companyDefaults } from '@sallyport/contract'
import {
  attribute,
  createSharedSecret,
  decodePacket,
  encodeRequest,
  hideUserPassword,
  packetCodes,
  readAttribute,
  type Attribute,
  type Response,
} from '@sallyport/radius'
import type { EngineClient, EngineUser, JournalRecord } from '@sallyport/store/engine'
import { beforeEach, describe, expect, test } from 'vitest'

import type { AccessRequest } from '../access/access-request.ts'
import type { Context } from '../access/context.ts'
import { SignInsInHand } from '../access/joining.ts'
import { policy } from '../access/policy.ts'
import { createReplyRules } from '../access/reply-rules.ts'
import { standingRules } from '../access/standing/rules.ts'
import { runAccess } from '../access/walk.ts'
import type { Verdict } from '../access/verdict.ts'
import type { PrimaryOutcome } from '../access/primary-target.ts'
import type { Tools } from '../access/tools.ts'
import { totpCode } from '../oath/totp.ts'
import { unpackRound } from '../trace/packed-round.ts'
import { ChallengesInMemory } from './challenge-table.ts'
import { FactorPassesInMemory } from './factor-passes.ts'
import { CodeGuessesInMemory } from './code-guesses.ts'
import { createPeople } from './test/people.ts'
import { noFactors } from './test/test-engine.ts'
import { UsersInMemory } from './user-table.ts'

const secret = createSharedSecret('a shared secret of a test')
const tokenSecret = Buffer.from('12345678901234567890')
const device: EngineClient = {
  id: 'client-1',
  address: '192.0.2.1',
  nasIdentifier: '',
  certificateName: '',
  applicationName: 'VPN',
  sharedSecret: 'a shared secret of a test',
  requireUserMatch: true,
  messageAuthenticator: 'auto',
  limitProxyState: true,
  factorMode: 'automatic',
  canBeChallenged: true,
  deviceTimeoutSeconds: 60,
  allowedMethods: [],
  fallbackOath: false,
  pushWithoutNumber: false,
  messageAuthenticatorSeen: false,
}
const alice: EngineUser = {
  ...noFactors,
  id: 'user-1',
  username: 'alice',
  usernameKey: 'alice',
  enabled: true,
  factorLockedUntil: null,
  factorFailures: [],
  tokens: [
    {
      id: 'token-1',
      serialNumber: 'T-1',
      sealedSecret: '',
      algorithm: 'SHA-1',
      digits: 6,
      stepSeconds: 30,
      lastUsedStep: null,
      ...{ type: 'totp', driftSteps: 0, notBeforeMs: null, notAfterMs: null },
    },
  ],
}

let now: number
let users: UsersInMemory
let challenges: ChallengesInMemory
let durable: JournalRecord[]
let asked: { username: string; password: string }[]
let recordFails: boolean
let passwordOutcome: (username: string, password: string) => PrimaryOutcome
let tools: Tools
let delays: number[]

beforeEach(() => {
  now = Date.UTC(2026, 0, 5, 12)
  users = new UsersInMemory()
  users.load([alice])
  challenges = new ChallengesInMemory()
  durable = []
  asked = []
  delays = []
  recordFails = false
  passwordOutcome = (username, password) =>
    password === 'right'
      ? { kind: 'ok', server: 'ldap://192.0.2.9', names: [username], detail: `uid=${username}` }
      : { kind: 'wrong-password', server: 'ldap://192.0.2.9', detail: '' }
  let states = 0
  tools = {
    clock: () => now,
    stopwatch: () => now,
    dryRun: false,
    users,
    challenges,
    passwords: { find: () => undefined, change: () => undefined },
    codeGuesses: new CodeGuessesInMemory(() => companyDefaults.lockout),
    ...createPeople({ users: () => users, clock: () => now, append: async (records) => void durable.push(...records) })
      .tools,
    standing: () => standingRules({ cacheRules: [], trustedNetworks: [] }),
    passes: new FactorPassesInMemory([]),
    passwordMark: () => 'mark',
    replyRules: () => createReplyRules([]),
    inHand: new SignInsInHand(),
    target: () => ({
      kind: 'ldap',
      methods: ['pap'],
      check: ({ username, password }) => {
        asked.push({ username, password })
        return Promise.resolve(passwordOutcome(username, password))
      },
      health: () => [],
      close: () => Promise.resolve(),
    }),
    unsealToken: () => tokenSecret,
    randomState: () => `state-${++states}`.padEnd(22, '_'),
    clientsSeen: { due: () => false },
    record: (records) => {
      if (recordFails) return Promise.reject(new Error('no space left on the device'))
      durable.push(...records)
      return Promise.resolve()
    },
    later: (delayMs, call) => {
      delays.push(delayMs)
      call()
    },
    onError: (error) => {
      throw error
    },
  }
})

interface Sent {
  readonly username?: string | undefined
  readonly password?: string
  readonly state?: Uint8Array
  readonly client?: Partial<EngineClient>
  readonly attributes?: readonly Attribute[]
}

/** Sends one Access-Request through the stages; the answer is what would have gone out. */
async function send({ username = 'alice', password, state, client, attributes = [] }: Sent) {
  const authenticator = Buffer.alloc(16, 7)
  const datagram = encodeRequest({
    code: packetCodes.accessRequest,
    identifier: 1,
    authenticator,
    secret,
    attributes: [
      ...(username === '' ? [] : [attribute('User-Name', username)]),
      ...(password === undefined ? [] : [{ type: 2, value: hideUserPassword(password, secret, authenticator) }]),
      ...(state ? [attribute('State', state)] : []),
      ...attributes,
    ],
  })
  const decoded = decodePacket(datagram)
  if (!decoded.ok) throw new Error(decoded.failure)
  const answers: Response[] = []
  let ignored = false
  const request: AccessRequest = {
    packet: decoded.packet,
    source: { address: '192.0.2.1', port: 40_000, family: 'IPv4' },
    localPort: 1812,
    client: { ...device, ...client },
    secret,
    messageAuthenticator: 'valid',
    superseded: false,
    respond: (response) => {
      answers.push(response)
      return 'sent'
    },
    ignore: () => {
      ignored = true
    },
  }
  const verdict = await new Promise<Verdict | null>((ended) => runAccess(request, randomUUID(), tools, ended))
  const [answer] = answers
  return {
    verdict,
    code: answer?.code,
    state: answer && readAttribute(answer, 'State'),
    message: answer && readAttribute(answer, 'Reply-Message'),
    ignored,
  }
}

const code = (offsetMs = 0) =>
  totpCode({ secret: tokenSecret, algorithm: 'SHA-1', digits: 6, stepSeconds: 30 }, now + offsetMs)
const wrongCode = () => (code() === '000000' ? '111111' : '000000')
const signIns = () => durable.flatMap((record) => (record.kind === 'sign-in' ? [record.signIn] : []))

/** Password, then the challenge's State. */
async function challenged(client?: Partial<EngineClient>) {
  const { state } = await send({ password: 'right', ...(client ? { client } : {}) })
  if (!state) throw new Error('no challenge')
  return state
}

describe('a sign-in through a challenge', () => {
  test('a right password is challenged, and the right code then accepted, as one sign-in of two rounds', async () => {
    const first = await send({ password: 'right' })
    expect(first).toMatchObject({ code: packetCodes.accessChallenge, message: 'Enter the code that your token shows.' })
    now += 5_000
    const second = await send({ password: code(), state: first.state ?? Buffer.alloc(0) })
    expect(second.verdict).toEqual({ kind: 'accept', reason: 'password-and-code', attributes: [] })
    expect(asked).toHaveLength(1)
    const [one, two] = signIns()
    expect(two?.id).toBe(one?.id)
    expect([one?.roundNumber, two?.roundNumber]).toEqual([1, 2])
    expect(two).toMatchObject({ result: 'accepted', userId: 'user-1', factor: 'oath', durationMs: 5_000 })
  })

  test('what an accept consumed is in the same group as its event', async () => {
    const state = await challenged()
    durable = []
    await send({ password: code(), state })
    expect(durable.map(({ kind }) => kind)).toEqual(['challenge-closed', 'oath-used', 'sign-in'])
  })

  test('no code works twice, not even at another challenge that was already open', async () => {
    const [one, other] = [await challenged(), await challenged()]
    expect((await send({ password: code(), state: one })).verdict?.kind).toBe('accept')
    expect((await send({ password: code(), state: other })).verdict).toMatchObject({
      kind: 'challenge',
      reason: 'reused-code',
    })
  })

  test('a State is used once: of two answers at the same moment, one finds it gone', async () => {
    const state = await challenged()
    const elsewhere = [attribute('Calling-Station-Id', '198.51.100.7')]
    const verdicts = await Promise.all([
      send({ password: code(), state }),
      send({ password: code(), state, attributes: elsewhere }),
    ])
    expect(verdicts.map(({ verdict }) => verdict?.reason).sort()).toEqual(['challenge-unknown', 'password-and-code'])
  })

  test('a wrong code is asked for again under a new State, three times in all', async () => {
    const first = await challenged()
    const second = await send({ password: wrongCode(), state: first })
    expect(second.verdict).toMatchObject({ kind: 'challenge', reason: 'wrong-code' })
    const third = await send({ password: wrongCode(), state: second.state ?? first })
    expect(third.verdict?.kind).toBe('challenge')
    const last = await send({ password: wrongCode(), state: third.state ?? first })
    expect(last.verdict).toEqual({ kind: 'reject', reason: 'too-many-wrong-codes' })
    expect(challenges.size).toBe(0)
  })

  test('five wrong codes lock the second factor over all challenges; a right code does not help then', async () => {
    for (let failures = 0; failures < 5;) {
      let state: Uint8Array | undefined = await challenged()
      for (; state && failures < 5; failures++) state = (await send({ password: wrongCode(), state })).state
    }
    expect((await send({ password: 'right' })).verdict).toEqual({ kind: 'reject', reason: 'factor-locked' })
    expect((await send({ password: `right,${code()}` })).verdict?.kind).toBe('reject')
    now += 15 * 60_000 + 1
    expect((await send({ password: 'right' })).verdict?.kind).toBe('challenge')
  })

  test('an expired challenge is refused, and so is a State that nobody gave out', async () => {
    const state = await challenged()
    now += 300_001
    expect((await send({ password: code(), state })).verdict).toEqual({ kind: 'reject', reason: 'challenge-expired' })
    expect((await send({ password: code(), state: Buffer.from('stranger') })).verdict?.reason).toBe('challenge-unknown')
  })

  test('somebody else’s State is of no use, and is not spent by trying', async () => {
    const state = await challenged()
    expect((await send({ password: code(), state, client: { id: 'client-2' } })).verdict?.reason).toBe(
      'challenge-of-another',
    )
    expect((await send({ password: code(), state, username: 'bob' })).verdict?.reason).toBe('challenge-of-another')
    expect((await send({ password: code(), state })).verdict?.kind).toBe('accept')
  })

  test('a user who was removed or disabled in the middle of a sign-in is refused, whatever the client allows', async () => {
    const state = await challenged({ requireUserMatch: false })
    users.remove('user-1')
    expect((await send({ password: code(), state, client: { requireUserMatch: false } })).verdict?.reason).toBe(
      'unmatched-user',
    )
    users.load([{ ...alice, enabled: false }])
    expect((await send({ password: 'right' })).verdict?.reason).toBe('user-disabled')
  })
})

describe('a password with its code in one field', () => {
  test.each(['', ','])('“right%s123456” is taken apart: the target sees the password alone', async (comma) => {
    const { verdict } = await send({ password: `right${comma}${code()}` })
    expect(verdict).toEqual({ kind: 'accept', reason: 'password-and-code', attributes: [] })
    expect(asked).toEqual([{ username: 'alice', password: 'right' }])
  })

  test('a tail that is not a code of this user belongs to the password', async () => {
    await send({ password: `right${wrongCode()}` })
    expect(asked).toEqual([{ username: 'alice', password: `right${wrongCode()}` }])
  })

  test('a right code with a wrong password uses nothing up', async () => {
    expect((await send({ password: `wrong${code()}` })).verdict?.reason).toBe('wrong-password')
    expect((await send({ password: `right${code()}` })).verdict?.kind).toBe('accept')
  })

  test('guessing codes after a known password ends after five, and does not lock the user’s challenges', async () => {
    for (let guess = 0; guess < 5; guess++) await send({ password: `right${wrongCode()}` })
    expect((await send({ password: `right${code()}` })).verdict?.reason).toBe('wrong-password')
    expect((await send({ password: 'right' })).verdict?.kind).toBe('challenge')
  })

  test('a device that cannot be challenged is told so in the log when the code is missing', async () => {
    const { verdict } = await send({ password: 'right', client: { canBeChallenged: false } })
    expect(verdict).toEqual({ kind: 'reject', reason: 'code-missing' })
  })

  test('where the client wants challenges, the password is left whole', async () => {
    await send({ password: `right${code()}`, client: { factorMode: 'challenge' } })
    expect(asked).toEqual([{ username: 'alice', password: `right${code()}` }])
  })
})

describe('who this is to us', () => {
  test('a user who is unknown to us is refused where the client requires a match', async () => {
    expect((await send({ username: 'bob', password: 'right' })).verdict).toEqual({
      kind: 'reject',
      reason: 'unmatched-user',
    })
  })

  test('and is let in on the password alone where it does not', async () => {
    const { verdict } = await send({ username: 'bob', password: 'right', client: { requireUserMatch: false } })
    expect(verdict).toEqual({ kind: 'accept', reason: 'password-only-unmatched-user', attributes: [] })
  })

  test.each(['ALICE', ' alice ', 'CORP\\alice', 'alice@corp.example', 'al\u00adice', 'ａｌｉｃｅ'])(
    'a spelling that the directory forgives is no way round the second factor: %j',
    async (username) => {
      const { verdict } = await send({ username, password: 'right', client: { requireUserMatch: false } })
      expect(verdict?.kind).toBe('challenge')
    },
  )

  test('the name that the directory returns decides, whatever was typed', async () => {
    passwordOutcome = () => ({ kind: 'ok', server: '', names: ['alice'], detail: '' })
    const { verdict } = await send({ username: 'a.liddell', password: 'right', client: { requireUserMatch: false } })
    expect(verdict?.kind).toBe('challenge')
  })

  test('a user without a token is refused, not let in', async () => {
    users.load([{ ...alice, tokens: [] }])
    expect((await send({ password: 'right' })).verdict).toEqual({ kind: 'reject', reason: 'no-usable-factor' })
  })
})

describe('the target', () => {
  test.each([
    ['wrong-password', 'wrong-password'],
    ['unknown-user', 'unknown-to-directory'],
    ['password-expired', 'password-expired'],
    ['must-change', 'password-must-change'],
    ['account-locked', 'account-locked'],
    ['account-disabled', 'account-disabled'],
  ] as const)('“%s” is refused with its own reason', async (kind, reason) => {
    passwordOutcome = () => ({ kind, server: '', detail: '' })
    expect((await send({ password: 'right' })).verdict).toEqual({ kind: 'reject', reason })
  })

  test('a target that is down, misconfigured or not chosen meets silence, and the report says so', async () => {
    passwordOutcome = () => ({ kind: 'down', detail: '' })
    expect(await send({ password: 'right' })).toMatchObject({
      ignored: true,
      code: undefined,
      verdict: { reason: 'target-down' },
    })
    passwordOutcome = () => ({ kind: 'misconfigured', detail: '' })
    expect((await send({ password: 'right' })).verdict?.reason).toBe('target-misconfigured')
    tools = { ...tools, target: () => undefined }
    expect((await send({ password: 'right' })).verdict).toEqual({ kind: 'silence', reason: 'no-target' })
    expect(signIns().map(({ result }) => result)).toEqual(['unanswered', 'unanswered', 'unanswered'])
  })

  test.each([
    ['CHAP', [attribute('CHAP-Password', Buffer.alloc(17, 1))]],
    ['EAP', [attribute('EAP-Message', Buffer.from([2, 1, 0, 4]))]],
  ])('%s is refused by name: a bind needs the password', async (_method, attributes) => {
    expect((await send({ attributes })).verdict).toEqual({ kind: 'reject', reason: 'method-not-supported' })
    expect(asked).toHaveLength(0)
  })

  test('an empty password never reaches the directory, where it would be an anonymous bind', async () => {
    expect((await send({ password: '' })).verdict).toEqual({ kind: 'reject', reason: 'no-credentials' })
    expect((await send({})).verdict).toEqual({ kind: 'reject', reason: 'no-credentials' })
    expect(asked).toHaveLength(0)
  })

  test('noise instead of a password is a wrong shared secret, and never reaches the directory', async () => {
    const noise = { type: 2, value: Buffer.from('0102030405060708090a0b0c0d0e0f10', 'hex') }
    expect((await send({ attributes: [noise] })).verdict).toEqual({ kind: 'reject', reason: 'wrong-shared-secret' })
    expect(asked).toHaveLength(0)
  })
})

describe('the log', () => {
  test('without a durable event there is no accept', async () => {
    const state = await challenged()
    recordFails = true
    const answer = await send({ password: code(), state })
    expect(answer).toMatchObject({ code: packetCodes.accessReject, verdict: { reason: 'log-unavailable' } })
  })

  test('a trace tells every stage and keeps every secret', async () => {
    const state = await challenged()
    await send({ password: code(), state })
    const rounds = signIns().map(({ roundJson }) => unpackRound(roundJson ?? ''))
    const [first] = rounds
    expect(first?.stages.map(({ stage }) => stage)).toEqual([
      'receive',
      'client',
      'conversation',
      'primary',
      'user',
      'second-factor',
    ])
    expect(first?.stages.at(-1)).toMatchObject({ verdict: 'challenge', reason: 'code-requested' })
    expect(first?.request.attributes).toContainEqual({ name: 'User-Password', value: '••••' })
    for (const text of rounds.map((round) => JSON.stringify(round))) {
      expect(text).not.toContain('right')
      expect(text).not.toContain(code())
    }
  })

  test('a wrong password is reported under the user whose name was typed', async () => {
    await send({ username: 'CORP\\Alice', password: 'wrong' })
    expect(signIns()[0]).toMatchObject({
      userId: 'user-1',
      userName: 'alice',
      result: 'rejected',
      reason: 'wrong-password',
    })
  })

  test('a request without a name, or with control characters in it, is refused by name', async () => {
    expect((await send({ username: '', password: 'right' })).verdict?.reason).toBe('no-user-name')
    expect((await send({ username: 'ali\u0000ce', password: 'right' })).verdict?.reason).toBe('malformed-user-name')
  })

  test('all rejects are equally late, so that their time tells no reason', async () => {
    await send({ password: 'wrong' })
    await send({ username: 'bob', password: 'right' })
    users.load([{ ...alice, tokens: [] }])
    await send({ password: 'right' })
    expect(delays).toEqual([1_000, 1_000, 1_000])
  })
})

describe('what the rules add', () => {
  test('is never more than a packet holds: who would be accepted is refused, and no password changes', async () => {
    const rule = { clientId: null, groupName: '', operation: 'add', attribute: 'Filter-Id', tag: 0 } as const
    const rules = Array.from({ length: 16 }, (_, at) => ({ ...rule, id: String(at), value: 'x'.repeat(253) }))
    const changed: string[] = []
    const passwordChange = { userId: 'user-1', hash: 'hash', sealedNtHash: 'sealed' }
    const usual = passwordOutcome
    passwordOutcome = (...asks) => ({ ...usual(...asks), passwordChange }) as PrimaryOutcome
    tools = {
      ...tools,
      replyRules: () => createReplyRules(rules),
      passwords: { find: () => undefined, change: ({ userId }) => changed.push(userId) },
    }
    const refused = await send({ password: `right,${code()}` })
    expect(refused).toMatchObject({ code: packetCodes.accessReject, verdict: { reason: 'reply-too-long' } })
    expect(signIns().at(-1)).toMatchObject({ result: 'rejected', reason: 'reply-too-long' })
    expect(durable.map(({ kind }) => kind)).toEqual(['oath-used', 'sign-in'])
    expect(changed).toEqual([])
    now += 30_000
    tools = { ...tools, replyRules: () => createReplyRules(rules.slice(1)) }
    expect((await send({ password: `right,${code()}` })).code).toBe(packetCodes.accessAccept)
    expect(changed).toEqual(['user-1'])
  })
})

describe('a dry run', () => {
  beforeEach(() => {
    tools = { ...tools, dryRun: true }
  })
  const facts = () => unpackRound(signIns().at(-1)?.roundJson ?? '').stages.flatMap((stage) => stage.facts)

  test('checks the password, says what would be asked, and asks for nothing', async () => {
    const { verdict, code: answered } = await send({ password: 'right' })
    expect(verdict).toEqual({ kind: 'reject', reason: 'dry-run' })
    expect(answered).toBe(packetCodes.accessReject)
    expect(facts()).toContainEqual({ name: 'would', value: 'ask for the code of an OATH token, by a challenge' })
    expect(challenges.size).toBe(0)
    expect((await send({ password: 'wrong' })).verdict?.reason).toBe('wrong-password')
  })

  test('uses no code up', async () => {
    expect((await send({ password: `right,${code()}` })).verdict?.reason).toBe('dry-run')
    expect(durable.map(({ kind }) => kind)).toEqual(['sign-in'])
    tools = { ...tools, dryRun: false }
    expect((await send({ password: `right,${code()}` })).verdict?.kind).toBe('accept')
  })

  test('is never accepted, whatever the client allows: not by the stage before the accept either', async () => {
    const lenient = { requireUserMatch: false }
    expect((await send({ username: 'bob', password: 'right', client: lenient })).verdict?.reason).toBe('dry-run')
    const request = { packet: { attributes: [] }, client: device }
    const rest = { acceptAttributes: [], passwordChange: null, request }
    const granted = { granted: 'password-and-code', ...rest } as unknown as Context
    expect(policy(granted, { ...tools, dryRun: true })).toMatchObject({ end: { kind: 'reject' } })
    expect(policy(granted, { ...tools, dryRun: false })).toMatchObject({ end: { kind: 'accept' } })
  })
})
