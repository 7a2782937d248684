import { describe, expect, it } from 'vitest'
import { signInRecord } from '../../test/sign-in-record.ts'
import type { JournalRecord } from '../engine-record-types.ts'
import { foldRecords } from './fold-records.ts'

const signIn = (fields: Parameters<typeof signInRecord>[0]): JournalRecord => ({
  kind: 'sign-in',
  signIn: signInRecord(fields),
})
const challenge = { state: 's', expiresAtMs: 9, body: '{}' }

describe('groups that are moved together', () => {
  it('leave one row a sign-in: begun as the first round says, ended as the last does', () => {
    const folded = foldRecords([
      signIn({ id: 'a', atMs: 1, result: 'challenged', roundNumber: 1, roundJson: '{"n":1}' }),
      signIn({ id: 'a', atMs: 2, result: 'accepted', roundNumber: 2, roundJson: '{"n":2}' }),
    ])
    expect([...folded.signIns.values()]).toEqual([expect.objectContaining({ atMs: 1, result: 'accepted' })])
    expect(folded.rounds.map(({ number, body }) => [number, body])).toEqual([
      [1, '{"n":1}'],
      [2, '{"n":2}'],
    ])
  })

  it('are counted by minute, result and reason, with what each stands for', () => {
    const at = (roundAtMs: number, count: number) =>
      signIn({ roundAtMs, count, result: 'unanswered', reason: 'unknown-client' })
    const folded = foldRecords([at(60_000, 1), at(119_999, 4), at(120_000, 2)])
    expect([...folded.minutes.values()].map(({ minute, count }) => [minute, count])).toEqual([
      [60_000, 5],
      [120_000, 2],
    ])
  })

  it('of a test are in the log, and count neither in a minute nor as their user’s last sign-in', () => {
    const folded = foldRecords([signIn({ id: 'a', userId: 'u', roundJson: '{}', test: true })])
    expect(folded.signIns.get('a')).toMatchObject({ test: true })
    expect(folded.rounds).toHaveLength(1)
    expect([...folded.minutes.values(), ...folded.lastSignIns.keys()]).toEqual([])
  })

  it('leave nothing of a challenge but its end, and of one that was only here not even that', () => {
    const closed: JournalRecord = { kind: 'challenge-closed', state: 's' }
    const opened: JournalRecord = { kind: 'challenge-opened', challenge }
    const changed: JournalRecord = { kind: 'challenge-changed', challenge: { ...challenge, body: '{"triesLeft":1}' } }
    expect(foldRecords([closed]).challenges.get('s')).toBeNull()
    expect(foldRecords([changed, closed]).challenges.get('s')).toBeNull()
    expect(foldRecords([closed, opened, closed]).challenges.get('s')).toBeNull()
    expect(foldRecords([opened, changed, closed]).challenges.size).toBe(0)
    expect(foldRecords([closed, { kind: 'challenge-opened', challenge }]).challenges.get('s')).toEqual(challenge)
  })

  it('never let a token’s step or a time go backwards', () => {
    const used = (step: number, atMs: number, drift?: number): JournalRecord => ({
      ...{ kind: 'oath-used', tokenId: 't', step, atMs, ...(drift !== undefined && { drift }) },
    })
    expect(foldRecords([used(7, 70, 0.5), used(5, 90, -1)]).steps.get('t')).toEqual({ step: 7, drift: 0.5, atMs: 90 })
    expect(foldRecords([used(7, 70)]).steps.get('t')).toEqual({ step: 7, drift: null, atMs: 70 })
    const seen = (atMs: number, messageAuthenticator: boolean): JournalRecord => ({
      ...{ kind: 'client-seen', clientId: 'c', atMs, messageAuthenticator, proxyState: atMs > 1, method: 'chap' },
    })
    expect(foldRecords([seen(1, false), seen(2, true), seen(3, true)]).clients.get('c')).toEqual({
      atMs: 3,
      authenticatedAtMs: 2,
      forwardedAtMs: 2,
      methods: 2,
    })
  })

  it('keep the last word on a user’s wrong codes', () => {
    const failed = (failures: number[], lockedUntilMs: number | null): JournalRecord => ({
      ...{ kind: 'factor-failures', userId: 'u', failures, lockedUntilMs },
    })
    expect(foldRecords([failed([1], null), failed([1, 2], 99)]).failures.get('u')).toMatchObject({ lockedUntilMs: 99 })
    expect(foldRecords([failed([1, 2], 99), failed([], null)]).failures.get('u')).toMatchObject({ failures: [] })
  })
})
