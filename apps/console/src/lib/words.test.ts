import { expect, test } from 'vitest'
import { sentence, t } from './words.ts'

const sources = import.meta.glob<string>(['../**/*.ts', '../**/*.tsx', '!../**/*.test.*'], {
  query: '?raw',
  eager: true,
  import: 'default',
})
const catalogues = import.meta.glob<Record<string, unknown>>('../words/en/*.json', { eager: true, import: 'default' })

const features = Object.keys(catalogues).map((path) => /([\w-]+)\.json$/.exec(path)?.[1] ?? '')
const keys = Object.entries(catalogues).flatMap(([path, content]) =>
  leaves(content, /([\w-]+)\.json$/.exec(path)?.[1] ?? ''),
)
const plural = /_(zero|one|two|few|many|other)$/
const known = new Set(keys.map((key) => key.replace(plural, '')))

/** Every key that the source names: `status.title`, and with holes `status.radius.${state}`. */
const named = Object.entries(sources).flatMap(([path, text]) =>
  [...text.matchAll(/['`]((?:[\w-]+)(?:\.(?:[\w-]|\$\{[^}]*\})+)+)['`]/g)].flatMap(([, key = '']) =>
    features.includes(key.split('.')[0] ?? '') && !/\.tsx?$|\.css$|\.json$/.test(key) ? [{ path, key }] : [],
  ),
)

test('every key that the console names has its words', () => {
  const missing = named.filter(({ key }) => ![...known].some((existing) => patternOf(key).test(existing)))
  expect(missing).toEqual([])
})

test('a file whose words are not at the door brings them along', () => {
  const added = Object.entries(sources).flatMap(([path, text]) => {
    const [, names] = /addWords\(\s*import\.meta\.glob[^(]*\('[^']*\/\{?([\w,-]+)\}?\.json'/.exec(text) ?? []
    return (names?.split(',') ?? []).map((feature) => ({ feature, file: path.slice(path.lastIndexOf('/')) }))
  })
  expect(added.length).toBeGreaterThan(5)
  const without = named.filter(({ path, key }) => {
    const home = added.find(({ feature }) => feature === key.split('.')[0])
    return home !== undefined && !sources[path]?.includes(`${home.file}'`)
  })
  expect(without).toEqual([])
})

test('no words lie unused', () => {
  const patterns = [...new Set(named.map(({ key }) => key))].map(patternOf)
  expect([...known].filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([])
})

test('a sentence without a translation stands for itself, dots and colons included', () => {
  expect(sentence('Use 8 characters: a.b.c is {{not}} a key.')).toBe('Use 8 characters: a.b.c is {{not}} a key.')
})

test('a number chooses between one and many', () => {
  expect(t('set-up.client.there', { count: 1 })).toBe('1 device is there already.')
  expect(t('set-up.client.there', { count: 2 })).toBe('2 devices are there already.')
})

function leaves(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`))
}

function patternOf(key: string): RegExp {
  const parts = key.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^.]+')}$`)
}
