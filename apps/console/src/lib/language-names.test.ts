import { expect, test } from 'vitest'
import { allLanguages, languageName } from './language-names.ts'

test('a language is named in the reader’s', () => {
  expect([languageName('de', 'en'), languageName('de', 'de'), languageName('de-AT', 'en')]).toEqual([
    ...['German', 'Deutsch', 'Austrian German'],
  ])
})

test('every language is there once, by its name', () => {
  const english = allLanguages('en')
  expect(english).toContainEqual({ tag: 'fr', name: 'French' })
  expect(allLanguages('de')).toContainEqual({ tag: 'fr', name: 'Französisch' })
  expect(english.length).toBeGreaterThan(100)
  for (const key of ['tag', 'name'] as const) {
    expect(new Set(english.map((each) => each[key])).size).toBe(english.length)
  }
  // Hebrew by its code of today, not by its former one.
  expect(english.filter(({ name }) => name === 'Hebrew')).toEqual([{ tag: 'he', name: 'Hebrew' }])
  expect(english.map(({ name }) => name)).toEqual(
    english.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b, 'en')),
  )
})
