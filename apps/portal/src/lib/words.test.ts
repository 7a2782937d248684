import { languages } from '@sallyport/ui/language'
import { uiWords } from '@sallyport/ui/words'
import { expect, test } from 'vitest'
import { addWords, has, loadWords, t } from './words.ts'

const sources = import.meta.glob<string>(['../**/*.ts', '../**/*.tsx', '!../**/*.test.*'], {
  query: '?raw',
  eager: true,
  import: 'default',
})
const files = import.meta.glob<Record<string, unknown>>('../words/*/*.json', { eager: true, import: 'default' })
const plural = /_(zero|one|two|few|many|other)$/

/** Keys by area and language. */
const catalogues = Object.entries(files).map(([path, content]) => {
  const [, area = '', language = ''] = /words\/([\w-]+)\/([\w-]+)\.json$/.exec(path) ?? []
  return { area, language, keys: leaves(content, '') }
})
const own = new Set(catalogues.flatMap(({ keys }) => keys))
const known = new Set([...own, ...leaves({ ui: uiWords.en }, '')])
const roots = new Set([...known].map((key) => key.split('.')[0]))

/** Every key that the source names: `requests.approve`, and with holes `problems.${code}`. */
const named = Object.entries(sources).flatMap(([path, text]) =>
  [...text.matchAll(/['`]((?:[\w-]+)(?:\.(?:[\w-]|\$\{[^}]*\})+)+)['`]/g)].flatMap(([, key = '']) =>
    roots.has(key.split('.')[0] ?? '') && !/\.(tsx?|css|json|js|png)$/.test(key) ? [{ path, key }] : [],
  ),
)

test('every language says in every area what the others say', () => {
  for (const { area, language, keys } of catalogues) {
    const english = catalogues.find((other) => other.area === area && other.language === 'en')
    expect([area, language, [...keys].sort()]).toEqual([area, language, [...(english?.keys ?? [])].sort()])
  }
})

test('every language that can be chosen has a file in every area', () => {
  const areas = [...new Set(catalogues.map(({ area }) => area))]
  const there = catalogues.map(({ area, language }) => `${area}/${language}`)
  expect(there.sort()).toEqual(areas.flatMap((area) => Object.keys(languages).map((tag) => `${area}/${tag}`)).sort())
})

test('every key that the pages name has its words', () => {
  const missing = named.filter(({ key }) => ![...known].some((existing) => patternOf(key).test(existing)))
  expect(missing).toEqual([])
})

test('no words lie unused', () => {
  const patterns = [...new Set(named.map(({ key }) => key))].map(patternOf)
  expect([...own].filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([])
})

test('a page speaks the language that was chosen, and what comes later speaks it too', async () => {
  const some = (language: string) => () => Promise.resolve({ greeting: language })
  await loadWords({ './words/first/en.json': some('Hello'), './words/first/de.json': some('Hallo') }, 'de')
  expect(t('greeting')).toBe('Hallo')
  const later = (word: string) => () => Promise.resolve({ later: { word } })
  await addWords({ './words/later/en.json': later('afterwards'), './words/later/de.json': later('danach') })
  expect([t('greeting'), t('ui.cancel'), t('later.word'), has('later.word'), has('later.other')]).toEqual([
    'Hallo',
    'Abbrechen',
    'danach',
    true,
    false,
  ])
})

function leaves(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path.replace(plural, '')]
  return [
    ...new Set(Object.entries(value).flatMap(([name, inner]) => leaves(inner, path === '' ? name : `${path}.${name}`))),
  ]
}

function patternOf(key: string): RegExp {
  const parts = key.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^.]+')}$`)
}
