import type { StatusView } from '@sallyport/contract'
import { expect, test } from 'vitest'
import { nextStep } from './steps.ts'

const empty: StatusView = {
  now: '2026-11-23T12:00:00.000Z',
  startedAt: '2026-11-23T11:00:00.000Z',
  version: '0.1.0',
  radius: { enabled: false, state: 'off', sockets: [], logWritable: true, inFlight: 0, openChallenges: 0 },
  target: { kind: 'none', servers: [] },
  lastHour: [],
  reasons: [],
  drops: [],
  counts: { users: 0, clients: 0, tokens: 0 },
  worthDoing: [{ kind: 'configure-ldap' }],
}
const withTarget: StatusView = { ...empty, target: { kind: 'ldap', servers: [] }, worthDoing: [] }

test('without an administrator the wizard begins with one', () => {
  expect(nextStep(undefined)).toBe('administrator')
})

test('it goes on where it was left', () => {
  expect(nextStep(empty)).toBe('target')
  expect(nextStep(withTarget)).toBe('client')
  expect(nextStep({ ...withTarget, counts: { users: 0, clients: 1, tokens: 0 } })).toBe('user')
  expect(nextStep({ ...withTarget, counts: { users: 1, clients: 1, tokens: 1 } })).toBe('enable')
})

test('a target that nobody configured is not done, nor is a user without a token', () => {
  expect(nextStep({ ...empty, target: { kind: 'ldap', servers: [] } })).toBe('target')
  expect(nextStep({ ...withTarget, counts: { users: 1, clients: 1, tokens: 0 } })).toBe('user')
})
