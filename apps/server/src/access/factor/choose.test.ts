import { companyDefaults } from '@sallyport/contract'
import { expect, test } from 'vitest'

import { userWithToken } from '../../engine/test/test-engine.ts'
import { chooseFactor, refusalOf, type FactorQuestion } from './choose.ts'

const everything = {
  ...userWithToken('alice'),
  devices: [{ id: 'd', name: 'Phone' }],
  phone: '+4930123456',
  email: 'alice@example.com',
}
const nothing = { ...userWithToken('alice'), tokens: [] }
const client = { allowedMethods: [], factorMode: 'automatic', canBeChallenged: true, pushWithoutNumber: false } as const
const company = { ...companyDefaults, version: 1 }
const usual: FactorQuestion = {
  ...{ user: everything, company, client, method: 'pap', selected: null, reach: null, nowMs: 0 },
}

const cases: readonly (readonly [string, Partial<FactorQuestion>, string, readonly string[]])[] = [
  ['the company’s first method', {}, 'push', []],
  [
    'the user’s own order before the company’s',
    { user: { ...everything, factorMethods: ['call', 'push'] } },
    'call',
    [],
  ],
  ['the person’s own order before both', { user: { ...everything, factorOrder: ['call', 'oath'] } }, 'call', []],
  [
    'nothing that the person’s own order names and is not theirs',
    { user: { ...everything, factorMethods: ['text', 'push'], factorOrder: ['call', 'push'] } },
    'push',
    [],
  ],
  ['what was typed before any order', { selected: 'oath' }, 'oath', []],
  ['what was typed, though it is not allowed', { selected: 'email' }, 'factor-not-allowed', ['email']],
  [
    'what was typed, though it is not the user’s',
    { selected: 'call', user: { ...everything, factorMethods: ['push'] } },
    'factor-not-allowed',
    ['call'],
  ],
  ['what the client allows', { client: { ...client, allowedMethods: ['oath', 'call'] } }, 'call', ['push', 'text']],
  ['what the company allows', { company: { ...company, methods: ['oath'] } }, 'oath', []],
  ['what can be delivered', { reach: new Set(['call']) }, 'call', ['push', 'text']],
  [
    'nothing that the user does not have',
    { user: { ...everything, devices: [], phone: '' } },
    'oath',
    ['push', 'text', 'call'],
  ],
  ['nothing, where the user has nothing', { user: nothing }, 'no-usable-factor', ['push', 'text', 'call', 'oath']],
  ['nothing that asks at the device over EAP', { method: 'eap' }, 'call', ['push', 'text']],
  [
    'nothing that asks at a device that shows no challenge',
    { client: { ...client, canBeChallenged: false }, user: { ...everything, phone: '' } },
    'factor-needs-challenge',
    ['push', 'text', 'call', 'oath'],
  ],
  ['the app without a PIN that nobody has set', { company: { ...company, appMode: 'pin' } }, 'text', ['push']],
]

test.each(cases)('chooses %s', (_what, question, chosen, passedOver) => {
  const { way, skipped } = chooseFactor({ ...usual, ...question })
  expect(way?.kind ?? refusalOf(skipped)).toBe(chosen)
  expect(skipped.map(({ method }) => method)).toEqual(passedOver)
})
