import { expect, test } from 'vitest'
import { readActivation } from './activation-link.ts'

const origin = 'https://mfa.example.com'

test('a code is read as it was typed, with and without dashes and capitals', () => {
  expect(readActivation(' abcd-2345 wxyz ', origin)).toEqual({ code: 'ABCD2345WXYZ' })
})

test('a link of this server gives its code; one of another server leads there', () => {
  expect(readActivation('https://mfa.example.com/app/#activate=ABCD-2345-WXYZ', origin)).toEqual({
    code: 'ABCD2345WXYZ',
  })
  expect(readActivation('https://other.example.com/app/#activate=ABCD-2345-WXYZ', origin)).toEqual({
    otherServer: 'https://other.example.com/app/#activate=ABCD-2345-WXYZ',
  })
})

test.each([
  '',
  'ABCD-2345',
  'ABCD-2345-WXYI',
  'https://mfa.example.com/',
  'otpauth://totp/x?secret=AAAA',
  'javascript:alert(1)',
])('“%s” is neither', (text) => expect(readActivation(text, origin)).toBeUndefined())
