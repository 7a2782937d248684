import type { JournalRecord, SignInRecord } from '@sallyport/store/engine'
import { describe, expect, it } from 'vitest'

import { otherClients, SignInMeter } from './sign-in-meter.ts'

const signIn = (fields: Partial<SignInRecord>): JournalRecord => ({
  kind: 'sign-in',
  signIn: {
    ...{ id: 'one', atMs: 0, username: 'alice', userId: null, userName: null, clientId: 'c', clientName: 'VPN' },
    ...{ clientAddress: '192.0.2.1', callingStation: null, method: 'pap', factor: null, result: 'accepted' },
    ...{ reason: 'password-and-code', durationMs: 30, count: 1, roundNumber: 1, roundJson: null, roundAtMs: 0 },
    ...fields,
  },
})

describe('the meter of sign-ins', () => {
  it('counts by client and result, each gathered drop for what it stands for, and no test', () => {
    const meter = new SignInMeter()
    meter.note([signIn({}), signIn({ result: 'rejected' }), signIn({ test: true })])
    meter.note([signIn({ clientName: null, result: 'unanswered', count: 7 })])
    expect(meter.figures().clients).toEqual([
      { client: 'VPN', accepted: 1, rejected: 1, challenged: 0, unanswered: 0 },
      { client: '', accepted: 0, rejected: 0, challenged: 0, unanswered: 7 },
    ])
  })

  it('sorts what took time, and was an end, into buckets', () => {
    const meter = new SignInMeter()
    meter.note([signIn({ durationMs: 25 }), signIn({ durationMs: 26 }), signIn({ durationMs: 90_000 })])
    meter.note([signIn({ result: 'challenged' }), signIn({ result: 'unanswered' })])
    const { buckets, seconds, count } = meter.figures()
    expect(buckets.filter((each) => each.count > 0)).toEqual([
      { upTo: 0.025, count: 1 },
      { upTo: 0.05, count: 1 },
    ])
    expect([seconds, count]).toEqual([90.051, 3])
  })

  it('keeps no more clients apart than two hundred', () => {
    const meter = new SignInMeter()
    for (let number = 0; number < 250; number++) meter.note([signIn({ clientName: `VPN ${number}` })])
    meter.note([signIn({ clientName: 'VPN 3' })])
    const { clients } = meter.figures()
    expect(clients).toHaveLength(201)
    expect(clients.find(({ client }) => client === 'VPN 3')?.accepted).toBe(2)
    expect(clients.find(({ client }) => client === otherClients)?.accepted).toBe(50)
  })
})
