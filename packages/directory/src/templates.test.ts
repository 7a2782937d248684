/** Tests that a user's name can only ever be a value, whatever it holds. */
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { isDn } from './syntax.ts'
import { escapeDnValue, fillTemplate } from './templates.ts'

test('RFC 4514 §4: the examples of escaped values', () => {
  expect(escapeDnValue('James "Jim" Smith, III')).toBe('James \\"Jim\\" Smith\\, III')
  expect(escapeDnValue('Before\rAfter')).toBe('Before\\0dAfter')
  expect(escapeDnValue('#hash')).toBe('\\#hash')
  expect(escapeDnValue(' both ')).toBe('\\ both\\ ')
  expect(escapeDnValue(' ')).toBe('\\ ')
  expect(escapeDnValue('  ')).toBe('\\ \\ ')
  expect(escapeDnValue('a\\ ')).toBe('a\\\\\\ ')
})

test('RFC 4514 §2.4: any name becomes one value of a DN, and the same one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
      const escaped = escapeDnValue(name)
      expect(isDn(`uid=${escaped}`)).toBe(true)
      expect(escaped).not.toMatch(/^[ #]|(?<!\\) $/)
      expect(unescape(escaped)).toBe(name)
    }),
  )
})

test('a login template refuses what Active Directory allows in no name', () => {
  expect(fillTemplate('{username}@example.com', 'alice.o-neil')).toBe('alice.o-neil@example.com')
  for (const name of ['a@b', 'CORP\\a', 'cn=a', 'a,b', 'a\n', 'a*', 'a"']) {
    expect(fillTemplate('{username}@example.com', name)).toBeUndefined()
  }
})

/** RFC 4514 §3, read back. */
function unescape(value: string): string {
  const bytes = value.replace(/(?:\\[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('\\', ''), 'hex').toString('utf8'),
  )
  return bytes.replace(/\\([,+"\\<>;=# ])/g, '$1')
}
