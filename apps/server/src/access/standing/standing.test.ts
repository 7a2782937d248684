import { companyDefaults, type CompanySettings, type SignInReason } from '@sallyport/contract'
import { attribute, createSharedSecret, type Attribute } from '@sallyport/radius'
import type { EngineCacheRule, EngineClient, EngineTrustedNetwork, EngineUser } from '@sallyport/store/engine'
import { beforeEach, describe, expect, test } from 'vitest'

import { FactorPassesInMemory } from '../../engine/factor-passes.ts'
import { noFactors } from '../../engine/test/test-engine.ts'
import { UsersInMemory } from '../../engine/user-table.ts'
import { openContext, type Context } from '../context.ts'
import { user as userStage } from '../user.ts'
import type { Step } from '../verdict.ts'
import { remember } from './remembered.ts'
import { standingRules } from './rules.ts'
import type { StandingTools } from './control.ts'

const now = Date.UTC(2026, 10, 23, 12)
const minute = 60_000
const office: EngineTrustedNetwork = {
  ...{ id: 'n-1', name: 'Office', clientId: null, attribute: 'Calling-Station-Id', addresses: '192.0.2.0/24' },
}
const rule: EngineCacheRule = {
  ...{ id: 'r-1', version: 1, clientId: null, scope: 'user', methods: ['oath'], seconds: 600 },
}
const alice: EngineUser = {
  ...noFactors,
  ...{ id: 'user-1', username: 'alice', usernameKey: 'alice', enabled: true, factorLockedUntil: null },
  ...{ factorFailures: [], tokens: [] },
}
const device: EngineClient = {
  ...{ id: 'client-1', address: '192.0.2.1', nasIdentifier: '', certificateName: '', applicationName: 'VPN' },
  ...{
    sharedSecret: 'a secret of a test',
    requireUserMatch: false,
    messageAuthenticator: 'auto',
    limitProxyState: true,
  },
  ...{
    factorMode: 'automatic',
    canBeChallenged: true,
    allowedMethods: [],
    fallbackOath: false,
    pushWithoutNumber: false,
    deviceTimeoutSeconds: 60,
    messageAuthenticatorSeen: false,
  },
}

interface World {
  readonly user?: Partial<EngineUser>
  readonly company?: Partial<CompanySettings>
  readonly cacheRules?: readonly EngineCacheRule[]
  readonly networks?: readonly EngineTrustedNetwork[]
  readonly context?: Partial<Context>
  readonly client?: Partial<EngineClient>
  readonly attributes?: readonly Attribute[]
  readonly signed?: boolean
  readonly dryRun?: boolean
}

let passes: FactorPassesInMemory
let users: UsersInMemory
beforeEach(() => {
  passes = new FactorPassesInMemory([])
  users = new UsersInMemory()
})

function worldOf(world: World): { readonly context: Context; readonly tools: StandingTools } {
  const attributes = world.attributes ?? [attribute('Calling-Station-Id', '192.0.2.77')]
  const request = {
    packet: { code: 1, identifier: 1, authenticator: Buffer.alloc(16), attributes },
    source: { address: '192.0.2.1', port: 40_000, family: 'IPv4' },
    localPort: 1812,
    client: { ...device, ...world.client },
    secret: createSharedSecret('a secret of a test'),
    messageAuthenticator: world.signed === false ? 'absent' : 'valid',
    superseded: false,
    respond: () => 'sent',
    ignore: () => undefined,
  } as unknown as Context['request']
  users.put({ ...alice, ...world.user })
  const context: Context = {
    ...openContext(request, now, 's-1'),
    ...{ username: 'alice', method: 'pap', password: 'right', passwordProven: true, callingStation: '192.0.2.77' },
    ...world.context,
  }
  const tools: StandingTools = {
    users,
    passes,
    dryRun: world.dryRun ?? false,
    company: () => ({ ...companyDefaults, ...world.company, version: 1 }),
    standing: () => standingRules({ cacheRules: world.cacheRules ?? [], trustedNetworks: world.networks ?? [] }),
    passwordMark: (userId, password) => `${userId}:${password}`,
  }
  return { context, tools }
}

function ask(world: World): Step {
  const { context, tools } = worldOf(world)
  return userStage(context, tools)
}

/** What was decided: the reason of a rejection, what was granted, or that a second factor is asked for. */
function outcome(step: Step): SignInReason | 'factor' {
  if ('end' in step) return step.end.reason
  return step.next.granted ?? 'factor'
}

/** A second factor of this world's sign-in was right: what a caching rule makes of it. */
function giveFactor(world: World): void {
  const { context, tools } = worldOf(world)
  const step = userStage(context, { ...tools, dryRun: false })
  if ('end' in step) throw new Error(step.end.reason)
  remember({ ...step.next, factor: 'oath', granted: 'password-and-code' }, tools)
}

const blocked = { block: { id: 'b-1', reason: 'left the company', untilMs: null } }
const off = { enabled: false }
const locked = { factorLockedUntil: now + minute }
const bypass = { bypasses: [{ id: 'p-1', expiresAtMs: now + minute }] }
const letIn = { whenFactorOff: 'password-alone' } as const

describe('what stands for or against a user, in its order', () => {
  // Everything that lets in stands in every row, so that each row shows what goes before it.
  const all: World = { user: bypass, cacheRules: [rule], networks: [office] }
  test.each<[string, World, SignInReason | 'factor']>([
    [
      'blocked goes before all',
      { ...all, user: { ...blocked, ...off, ...locked, ...bypass }, company: letIn },
      'user-blocked',
    ],
    ['factor off, refused', { ...all, user: { ...off, ...locked, ...bypass } }, 'user-disabled'],
    [
      'factor off, let in',
      { ...all, user: { ...off, ...locked, ...bypass }, company: letIn },
      'password-only-factor-off',
    ],
    ['locked goes before what lets in', { ...all, user: { ...locked, ...bypass } }, 'factor-locked'],
    ['a bypass before what costs nothing', all, 'password-and-bypass'],
    ['what is remembered before the network', { ...all, user: {} }, 'password-and-cache'],
    ['the network', { ...all, user: {}, cacheRules: [] }, 'password-in-trusted-network'],
    ['nothing', {}, 'factor'],
  ])('%s', (_, world, expected) => {
    giveFactor({ cacheRules: [rule] })
    expect(outcome(ask(world))).toBe(expected)
  })

  test.each<[string, World, SignInReason | 'factor']>([
    ['a block', { user: { ...blocked } }, 'user-blocked'],
    ['a block that is over', { user: { block: { id: 'b-1', reason: '', untilMs: now } } }, 'factor'],
    ['a lock that is over', { user: { factorLockedUntil: now } }, 'factor'],
    ['a bypass', { user: bypass }, 'factor'],
    ['a remembered factor', { cacheRules: [rule] }, 'factor'],
    ['a trusted network', { networks: [office] }, 'factor'],
    ['factor off, let in', { user: off, company: letIn }, 'user-disabled'],
  ])('%s lets nobody in whose password was not checked', (_, world, expected) => {
    giveFactor({ cacheRules: [rule] })
    expect(outcome(ask({ ...world, context: { passwordProven: false } }))).toBe(expected)
  })

  test('a stranger whose password was not checked is refused, whatever the client allows', () => {
    const context = { passwordProven: false, username: 'bob' }
    expect(outcome(ask({ context }))).toBe('unmatched-user')
    expect(outcome(ask({ context: { username: 'bob' } }))).toBe('password-only-unmatched-user')
  })

  test('a right code that came with the password is looked at, not passed over', () => {
    const match = { kind: 'right', tokenId: 't', serialNumber: 'T', step: 1, drift: 0 } as const
    const context = { codeInPassword: { kind: 'right', match } } as const
    expect(outcome(ask({ user: bypass, networks: [office], context }))).toBe('factor')
    expect(outcome(ask({ user: bypass }))).toBe('password-and-bypass')
  })

  test.each<[World, RegExp]>([
    [{ user: bypass }, /use up the one-time bypass/],
    [{ networks: [office] }, /trusted network/],
    [{ user: off, company: letIn }, /password alone/],
  ])('a dry run says what would let in, and takes nothing (%#)', (world, said) => {
    const step = ask({ ...world, dryRun: true })
    expect(outcome(step)).toBe('dry-run')
    expect(step.facts.find(({ name }) => name === 'would')?.value).toMatch(said)
    expect(users.byId('user-1')?.bypasses).toHaveLength(world.user?.bypasses?.length ?? 0)
  })
})

describe('a one-time bypass', () => {
  test('lets in once, even where the same user asks twice before anything is on disk', () => {
    const { context, tools } = worldOf({ user: bypass })
    const first = userStage(context, tools)
    expect(outcome(first)).toBe('password-and-bypass')
    expect('next' in first && first.next.records).toEqual([
      { kind: 'bypass-used', bypassId: 'p-1', signInId: 's-1', atMs: now },
    ])
    expect(outcome(userStage(context, tools))).toBe('factor')
  })

  test('that was used up stays so when the user is read anew from a database that is behind', () => {
    expect(outcome(ask({ user: bypass }))).toBe('password-and-bypass')
    expect(outcome(ask({ user: bypass }))).toBe('factor')
  })

  test('is over when its time is', () => {
    expect(outcome(ask({ user: { bypasses: [{ id: 'p-1', expiresAtMs: now }] } }))).toBe('factor')
  })
})

describe('a caching rule', () => {
  const recalls = (world: World) => outcome(ask({ cacheRules: [rule], ...world }))
  const elsewhere = { client: { id: 'client-2' } }

  test.each<[EngineCacheRule['scope'], World, SignInReason | 'factor']>([
    ['user', elsewhere, 'password-and-cache'],
    ['application', elsewhere, 'factor'],
    ['application', {}, 'password-and-cache'],
    ['address', {}, 'password-and-cache'],
    ['address', { context: { callingStation: '192.0.2.78' } }, 'factor'],
    ['address', { context: { callingStation: null } }, 'factor'],
    ['address', { signed: false }, 'factor'],
  ])('by %s, for %j', (scope, world, expected) => {
    const cacheRules = [{ ...rule, scope }]
    giveFactor({ cacheRules })
    expect(outcome(ask({ ...world, cacheRules }))).toBe(expected)
  })

  test.each<[string, World]>([
    ['another password', { context: { password: 'changed' } }],
    ['a response in place of the password', { context: { method: 'ms-chap', password: '' } }],
    ['the target’s own question', { context: { relay: { serverId: 's', state: '' } } }],
    ['a rule that was changed', { cacheRules: [{ ...rule, version: 2 }] }],
    ['a rule that is gone', { cacheRules: [] }],
    ['a rule for another client', { cacheRules: [{ ...rule, clientId: 'client-9' }] }],
    ['a rule before it that says never', { cacheRules: [{ ...rule, id: 'r-0', seconds: 0 }, rule] }],
    ['a time that is over', { context: { nowMs: now + 600_000 } }],
  ])('recalls nothing for %s', (_, world) => {
    giveFactor({ cacheRules: [rule] })
    expect(recalls({})).toBe('password-and-cache')
    expect(recalls(world)).toBe('factor')
  })

  test('never recalls one person’s factor for another', () => {
    giveFactor({ cacheRules: [rule] })
    users.put({ ...alice, id: 'user-2', username: 'bob', usernameKey: 'bob' })
    expect(recalls({ context: { username: 'bob' } })).toBe('factor')
  })

  test('forgets whoever is blocked, for good', () => {
    giveFactor({ cacheRules: [rule] })
    passes.forget('user-1')
    expect(recalls({})).toBe('factor')
  })

  test.each<[string, Partial<Context>]>([
    ['a bypass', { factor: null, granted: 'password-and-bypass' }],
    ['a recalled one', { factor: 'oath', granted: 'password-and-cache' }],
    ['a factor that the rule does not name', { factor: 'text', granted: 'password-and-code' }],
    ['a factor without a password', { factor: 'oath', granted: 'code-alone' }],
    ['a sign-in whose password is not known', { factor: 'oath', granted: 'password-and-code', passwordMark: null }],
  ])('remembers nothing of %s', (_, changes) => {
    const { context, tools } = worldOf({ cacheRules: [rule] })
    const user = users.byId('user-1') ?? null
    const proven = { ...context, user, factor: 'oath', granted: 'password-and-code', passwordMark: 'm' } as const
    expect(remember(proven, tools)).toHaveLength(1)
    expect(remember({ ...proven, ...changes }, tools)).toEqual([])
  })
})

describe('a trusted network', () => {
  const from = (...texts: string[]): World => ({
    networks: [office],
    attributes: texts.map((text) => attribute('Calling-Station-Id', text)),
  })
  test.each<[string, World, SignInReason | 'factor']>([
    ['an address in it', from('192.0.2.1'), 'password-in-trusted-network'],
    ['one beside it', from('192.0.3.1'), 'factor'],
    ['the same, IPv4-mapped', from('::ffff:192.0.2.1'), 'password-in-trusted-network'],
    ['no address', from('00-11-22-33-44-55'), 'factor'],
    ['an address with more behind it', from('192.0.2.1 '), 'factor'],
    ['a prefix', from('192.0.2.0/24'), 'factor'],
    ['two addresses', from('192.0.2.1', '198.51.100.1'), 'factor'],
    ['nothing at all', from(), 'factor'],
    ['an unsigned request', { ...from('192.0.2.1'), signed: false }, 'factor'],
    [
      'an unsigned request through TLS',
      { ...from('192.0.2.1'), signed: false, client: { address: '' } },
      'password-in-trusted-network',
    ],
    ['another client’s', { ...from('192.0.2.1'), networks: [{ ...office, clientId: 'client-9' }] }, 'factor'],
    [
      'a range',
      { ...from('192.0.2.9'), networks: [{ ...office, addresses: '192.0.2.1-192.0.2.9' }] },
      'password-in-trusted-network',
    ],
    ['past a range', { ...from('192.0.2.10'), networks: [{ ...office, addresses: '192.0.2.1-192.0.2.9' }] }, 'factor'],
    ['addresses that nobody can read', { ...from('192.0.2.1'), networks: [{ ...office, addresses: 'all' }] }, 'factor'],
    [
      'another attribute',
      {
        networks: [{ ...office, attribute: 'Framed-IP-Address' }],
        attributes: [attribute('Framed-IP-Address', '192.0.2.5'), attribute('Calling-Station-Id', '203.0.113.1')],
      },
      'password-in-trusted-network',
    ],
  ])('with %s', (_, world, expected) => {
    expect(outcome(ask(world))).toBe(expected)
  })
})
