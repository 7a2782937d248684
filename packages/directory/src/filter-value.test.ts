import { describe, expect, test } from 'vitest'

import { escapeFilterValue } from './filter-value.ts'
import { isFilter } from './syntax.ts'

describe('what was typed, as a value of a filter', () => {
  test.each([
    ['O’Brien-Smith', 'O’Brien-Smith'],
    ['*)(objectClass=*', '\\2a\\29\\28objectClass=\\2a'],
    ['a\\b', 'a\\5cb'],
    ['nul\0', 'nul\\00'],
    ['{username}', '\\7busername\\7d'],
    ['new\u0085line', 'new\\c2\\85line'],
  ])('%j is %j', (typed, written) => {
    expect(escapeFilterValue(typed)).toBe(written)
    expect(isFilter(`(cn=*${written}*)`)).toBe(true)
  })
})
