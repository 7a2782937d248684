import type { AuditEntryView } from '@sallyport/contract'
import { describe, expect, it } from 'vitest'
import { loadWords } from '../../lib/words.ts'
import { changeText, fieldChanges, fieldName, valueText } from './change-words.ts'

await loadWords()

const entry: AuditEntryView = {
  sequence: 7,
  at: '2026-03-01T12:00:00.000Z',
  administrator: 'root',
  action: 'changed',
  subjectKind: 'user',
  subjectId: '8a0d6a6e-64f4-4a8c-9f0e-4a5f0d0f4a11',
  subjectName: 'alice',
  before: { enabled: true },
  after: { enabled: false, email: 'a@example.com' },
  address: '127.0.0.1',
}

describe('an entry of the audit trail', () => {
  it('says what was done to what', () => {
    expect(changeText(entry)).toBe('User alice changed')
    expect(changeText({ ...entry, action: 'created', subjectKind: 'radius-client', subjectName: 'Office VPN' })).toBe(
      'RADIUS client Office VPN added',
    )
    expect(changeText({ ...entry, subjectKind: 'ldap', subjectName: 'ldap' })).toBe('LDAP configuration changed')
  })

  it('says how many were imported', () => {
    const imported = { ...entry, action: 'imported', subjectId: null, subjectName: null, before: null }
    expect(changeText({ ...imported, after: { users: 10_000 } })).toBe('10,000 users imported')
    expect(changeText({ ...imported, subjectKind: 'oath-token', after: { tokens: 1 } })).toBe('1 OATH token imported')
  })

  it('lets what it does not know stand for itself', () => {
    expect(changeText({ ...entry, action: 'polished', subjectKind: 'door', subjectName: 'front' })).toBe(
      'Door front: polished',
    )
    expect(fieldName('hinge')).toBe('hinge')
  })

  it('lists every field of both sides once', () => {
    expect(fieldChanges(entry)).toEqual([
      { name: 'enabled', before: true, after: false },
      { name: 'email', before: undefined, after: 'a@example.com' },
    ])
    expect(fieldChanges({ before: null, after: null })).toEqual([])
  })

  it('writes values as people read them', () => {
    expect(valueText(true)).toBe('yes')
    expect(valueText([1812, 1645])).toBe('1812, 1645')
    expect(valueText('')).toBe('–')
    expect(valueText({ kind: 'anonymous' })).toContain('"kind": "anonymous"')
  })
})
