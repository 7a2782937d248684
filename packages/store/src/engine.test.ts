import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/** Every module that a file needs at run time: relative ones followed, packages by name. */
function imports(url: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(url.href)) return seen
  seen.add(url.href)
  const statements = readFileSync(fileURLToPath(url), 'utf8').matchAll(
    /^(?:import|export) (?!type\b)[^'"]*?from '([^']+)'/gm,
  )
  for (const [, specifier = ''] of statements) {
    if (specifier.startsWith('.')) imports(new URL(specifier, url), seen)
    else seen.add(specifier)
  }
  return seen
}

it('the engine’s door loads neither Prisma nor the migrations', () => {
  const loaded = [...imports(new URL('engine.ts', import.meta.url))]
  expect(loaded).toContain('better-sqlite3')
  expect(loaded.length).toBeGreaterThan(12)
  expect(loaded.filter((name) => /prisma|generated|migrations|repositories/.test(name))).toEqual([])
})
