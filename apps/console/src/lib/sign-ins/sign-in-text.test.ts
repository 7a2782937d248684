import type { SignInDetails, TraceRound } from '@sallyport/contract'
import { describe, expect, it } from 'vitest'
import { loadWords } from '../words.ts'
import { signInText, storySentence, storyTitle } from './sign-in-text.ts'

await loadWords()

const round: TraceRound = {
  at: '2026-03-01T12:00:00.000Z',
  durationMs: 24.1,
  request: { code: 'Access-Request', identifier: 7, attributes: [{ name: 'User-Name', value: 'Alice' }] },
  stages: [
    { stage: 'receive', durationMs: 0.1, verdict: null, reason: null, facts: [{ name: 'method', value: 'pap' }] },
    { stage: 'primary', durationMs: 23, verdict: 'reject', reason: 'wrong-password', facts: [] },
  ],
  reply: { code: 'Access-Reject', attributes: [] },
}

const refused: SignInDetails = {
  id: '8a0d6a6e-64f4-4a8c-9f0e-4a5f0d0f4a11',
  at: '2026-03-01T12:00:00.000Z',
  username: 'Alice',
  user: { id: '3a0d6a6e-64f4-4a8c-9f0e-4a5f0d0f4a12', username: 'alice' },
  client: { id: '4a0d6a6e-64f4-4a8c-9f0e-4a5f0d0f4a13', name: 'Office VPN' },
  clientAddress: '192.0.2.7',
  callingStation: '203.0.113.9',
  method: 'pap',
  factor: null,
  result: 'rejected',
  reason: 'wrong-password',
  durationMs: 24.1,
  count: 1,
  test: false,
  rounds: [round],
}

describe('a sign-in in words', () => {
  it('says the verdict by the name that this server knows', () => {
    expect(storyTitle(refused)).toBe('alice was refused')
  })

  it('says through what, from where and how long', () => {
    expect(storySentence(refused)).toBe(
      'Asked through Office VPN, calling from 203.0.113.9. It took 24 ms, in one round.',
    )
  })

  it('says of a test that it was one', () => {
    expect(storySentence({ ...refused, test: true })).toContain('An administrator asked for it on Test sign-in.')
  })

  it('names the second factor where one was asked for', () => {
    expect(storySentence({ ...refused, factor: 'oath', reason: 'wrong-code' })).toContain('an OATH token')
  })

  it('tells of requests that stand in one line how many they were', () => {
    const gathered = { ...refused, username: '', user: null, client: null, callingStation: null, rounds: [], count: 12 }
    const unknown = { ...gathered, result: 'unanswered' as const, reason: 'unknown-client' as const }
    expect(storyTitle(unknown)).toBe('A request got no answer')
    expect(storySentence(unknown)).toBe(
      'Asked through 192.0.2.7. This line stands for 12 requests of the same kind within a minute.',
    )
  })

  it('holds reason, facts, every stage and the codes for a machine when it is copied as text', () => {
    const text = signInText(refused)
    expect(text).toContain('Reason: Wrong password. The target refused the password of alice.')
    expect(text).toContain('Result: Rejected (rejected, wrong-password)')
    expect(text).toContain('  Access-Request, identifier 7\n    User-Name: Alice')
    expect(text).toContain('Password checked by the target · 23 ms · rejects (wrong-password)\n  Access-Reject')
  })

  it('says so where there was no reply', () => {
    expect(signInText({ ...refused, rounds: [{ ...round, reply: null }] })).toContain('\n  No reply\n')
  })
})
