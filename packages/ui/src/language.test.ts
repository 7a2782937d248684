import { expect, test } from 'vitest'
import { chooseLanguage } from './language.ts'

test('a reader gets the first of their languages that there is, and English where there is none', () => {
  expect(chooseLanguage(['fr-CA', 'de-AT', 'en'])).toBe('de')
  expect(chooseLanguage(['EN-gb', 'de'])).toBe('en')
  expect(chooseLanguage(['fr', 'constructor'])).toBe('en')
  expect(chooseLanguage([])).toBe('en')
})
