import { languages } from '@sallyport/ui/language'
import { uiWords } from '@sallyport/ui/words'
import { expect, test } from 'vitest'
import { door } from '../words/door/en.ts'
import { loadWords, sentence, t } from './words.ts'
import '../app/set-up/page-words.ts'

await loadWords()

const sources = import.meta.glob<string>(['../**/*.ts', '../**/*.tsx', '!../**/*.test.*'], {
  query: '?raw',
  eager: true,
  import: 'default',
})
const catalogues = import.meta.glob<Record<string, unknown>>('../words/en/*.json', { eager: true, import: 'default' })

const features = [...Object.keys(catalogues).map((path) => nameIn(path)), 'ui']
const keys = Object.entries(catalogues).flatMap(([path, content]) => leaves(content, nameIn(path)))
const plural = /_(zero|one|two|few|many|other)$/
const own = new Set(keys.map((key) => key.replace(plural, '')))
const known = new Set([...own, ...leaves(uiWords.en, 'ui')])

/** Every key that the source names: `status.title`, and with holes `status.radius.${state}`. */
const named = Object.entries(sources).flatMap(([path, text]) =>
  [...text.matchAll(/['`]((?:[\w-]+)(?:\.(?:[\w-]|\$\{[^}]*\})+)+)['`]/g)].flatMap(([, key = '']) =>
    features.includes(key.split('.')[0] ?? '') && !/\.tsx?$|\.css$|\.json$/.test(key) ? [{ path, key }] : [],
  ),
)

/** Which features a file adds to those of the door. */
const added = Object.entries(sources).flatMap(([path, text]) =>
  path.includes('/words/') || !text.includes('addWords({')
    ? []
    : [...text.matchAll(/words\/en\/([\w-]+)\.json'\)/g)].map(([, feature = '']) => ({
        feature,
        text,
        file: path.slice(path.lastIndexOf('/')),
      })),
)

test('every key that the console names has its words', () => {
  const all = [...known]
  const missing = named.filter(({ key }) => {
    const pattern = patternOf(key)
    return !known.has(key) && !all.some((existing) => pattern.test(existing))
  })
  expect(missing).toEqual([])
})

test('every file of words is at the door or comes with its pages, in every language', () => {
  const homeless = features.filter(
    (feature) => feature !== 'ui' && !(feature in door) && !added.some((one) => one.feature === feature),
  )
  expect(homeless).toEqual([])
  expect(added.length).toBeGreaterThan(5)
  for (const { feature, text } of added) {
    for (const language of Object.keys(languages)) expect(text).toContain(`/${language}/${feature}.json')`)
  }
})

test('a file whose words are not at the door brings them along', () => {
  const without = named.filter(({ path, key }) => {
    const homes = added.filter(({ feature }) => feature === key.split('.')[0])
    return homes.length > 0 && !homes.some(({ file }) => sources[path]?.includes(`${file}'`))
  })
  expect(without).toEqual([])
})

test('every page, and every part that is loaded later, waits for its words', () => {
  const hasty = Object.entries(sources).filter(([, text]) => /lazyRouteComponent|\blazy\(|await addWords/.test(text))
  expect(hasty.map(([path]) => path)).toEqual(['./lazy-page.ts'])
})

test('no words lie unused', () => {
  const patterns = [...new Set(named.map(({ key }) => key))].map(patternOf)
  expect([...own].filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([])
})

test('a sentence without a translation stands for itself, dots and colons included', () => {
  expect(sentence('Use 8 characters: a.b.c is {{not}} a key.')).toBe('Use 8 characters: a.b.c is {{not}} a key.')
})

test('a number chooses between one and many', () => {
  expect(t('set-up.client.there', { count: 1 })).toBe('1 device is there already.')
  expect(t('set-up.client.there', { count: 2 })).toBe('2 devices are there already.')
})

function nameIn(path: string): string {
  return /([\w-]+)\.json$/.exec(path)?.[1] ?? ''
}

function leaves(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`))
}

function patternOf(key: string): RegExp {
  const parts = key.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^.]+')}$`)
}
