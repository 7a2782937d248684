import { describe, expect, test } from 'vitest'
import { valueDifferences } from './value-differences.ts'

describe('two versions of the same form', () => {
  test('differ by field, objects looked into', () => {
    const theirs = { name: 'a', pin: { length: 4, history: 2 }, kept: 1 }
    const mine = { name: 'b', pin: { length: 6, history: 2 }, kept: 1 }
    expect(valueDifferences(theirs, mine)).toEqual([
      { name: 'name', theirs: 'a', mine: 'b' },
      { name: 'pin.length', theirs: 4, mine: 6 },
    ])
  })

  test('differ in a list as a whole', () => {
    expect(valueDifferences({ servers: ['a', 'b'] }, { servers: ['b', 'a'] })).toMatchObject([{ name: 'servers' }])
    expect(valueDifferences({ servers: [{ url: 'a' }] }, { servers: [{ url: 'a' }] })).toEqual([])
  })

  test('do not differ in what is not there', () => {
    expect(valueDifferences({ a: null, b: '' }, { a: undefined })).toEqual([])
  })

  test('differ in a field that one of them has not', () => {
    expect(valueDifferences({}, { secret: 'typed' })).toEqual([{ name: 'secret', theirs: undefined, mine: 'typed' }])
  })
})
