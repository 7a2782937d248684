import { describe, expect, it } from 'vitest'
import { signInRecord } from '../../test/sign-in-record.ts'
import type { JournalRecord } from '../engine-record-types.ts'
import { decodeRecords, encodeRecords } from './encoding.ts'

const closed = (state: string): JournalRecord => ({ kind: 'challenge-closed', state })
const signIn = (roundJson: string | null, username = 'alice'): JournalRecord => ({
  kind: 'sign-in',
  signIn: signInRecord({ roundJson, username }),
})

describe('records in the journal', () => {
  it.each<[string, JournalRecord[]]>([
    ['no sign-in', [closed('a'), closed('b')]],
    ['a sign-in with its trace', [closed('a'), signIn('{"at":"now"}'), closed('b')]],
    ['a sign-in without a trace', [signIn(null)]],
    ['a test', [{ kind: 'sign-in', signIn: signInRecord({ test: true }) }]],
    ['several sign-ins', [signIn('{"n":1}'), closed('a'), signIn(null), signIn('{"n":3}')]],
    ['line breaks in a name and in a trace', [signIn(JSON.stringify({ value: 'a\nb\r\n\u2028' }), 'a\nb')]],
  ])('come back as they were: %s', (_name, records) => {
    expect(decodeRecords(encodeRecords(records))).toEqual(records)
  })

  it('of several appends are joined by line breaks', () => {
    const [one, other] = [[signIn('{"n":1}')], [closed('a')]]
    expect(decodeRecords([encodeRecords(one), encodeRecords(other)].join('\n'))).toEqual([...one, ...other])
  })

  it('are refused where the text was cut', () => {
    expect(() => decodeRecords('[{"kind":')).toThrow(SyntaxError)
  })
})
