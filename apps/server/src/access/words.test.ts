/** What the device shows, in each language of the product. */
import { productLanguages } from '@sallyport/contract'
import { describe, expect, test } from 'vitest'

import { promptsByLanguage, promptText } from './words.ts'

const english = Object.entries(promptsByLanguage.get('en') ?? {})

test('there are prompts in every language that the product has messages in', () => {
  expect([...promptsByLanguage.keys()]).toEqual(productLanguages)
})

describe.each([...promptsByLanguage])('in %s', (_, prompts) => {
  test.each(Object.entries(prompts))(
    '%s fits into one attribute (RFC 2865 §5), with the longest number',
    (_name, text) => {
      expect(Buffer.byteLength(text.replace('#', '999999'))).toBeLessThanOrEqual(253)
    },
  )

  test('a number stands where it stands in English', () => {
    const withNumber = (texts: [string, string][]) =>
      texts.filter(([, text]) => text.includes('#')).map(([name]) => name)
    expect(withNumber(Object.entries(prompts))).toEqual(withNumber(english))
  })
})

test.each([
  ['de', 'Wählen Sie in Ihrer App die Zahl 42 und bestätigen Sie dann hier.'],
  ['de-AT', 'Wählen Sie in Ihrer App die Zahl 42 und bestätigen Sie dann hier.'],
  ['en', 'Pick the number 42 in your app, then confirm here.'],
  ['fr', 'Pick the number 42 in your app, then confirm here.'],
])('a prompt in %s', (language, text) => {
  expect(promptText('pickNumber', language, '42')).toBe(text)
})
