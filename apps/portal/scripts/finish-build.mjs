// Ends the build: the list of files that the service worker keeps, the build's name in it, and the budget of the first load.
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { brotliCompressSync } from 'node:zlib'

/** Octets that a first visit loads, compressed: scripts and styles that the page names, and one language. */
const budgets = { 'index.html': 200_000, 'app/index.html': 215_000 }

const dist = new URL('../dist/', import.meta.url)
const read = (name) => readFile(new URL(name, dist))
const assets = (await readdir(new URL('assets/', dist))).filter((name) => !name.endsWith('.map'))
const texts = new Map()
for (const name of assets) texts.set(name, (await read(`assets/${name}`)).toString('utf8'))

for (const [page, budget] of Object.entries(budgets)) {
  const named = [...(await read(page)).toString('utf8').matchAll(/\/assets\/([\w.-]+)"/g)].map(([, name]) => name)
  const size = [...new Set(named)].reduce((sum, name) => sum + brotliCompressSync(texts.get(name)).length, 0)
  console.log(`${page}: ${Math.round(size / 1000)} kB compressed, of ${budget / 1000}`)
  if (size > budget) {
    console.error(`The first load of ${page} is over its budget: load later what the first screen does not need.`)
    process.exitCode = 1
  }
}

// What the app's page names, and what that names in turn.
const reached = new Set()
const walk = (text) => {
  for (const name of assets) {
    if (reached.has(name) || !text.includes(name)) continue
    reached.add(name)
    walk(texts.get(name))
  }
}
walk((await read('app/index.html')).toString('utf8'))
const files = [...reached].sort().map((name) => `/assets/${name}`)
files.push('/color-scheme.js', '/favicon.svg', '/app/manifest.webmanifest')
await writeFile(new URL('app/files.json', dist), JSON.stringify(files))

const worker = (await read('app/sw.js')).toString('utf8')
const build = createHash('sha256')
  .update(worker)
  .update(files.join())
  .update(await read('app/index.html'))
  .digest('hex')
await writeFile(new URL('app/sw.js', dist), worker.replaceAll('BUILD_NAME', build.slice(0, 16)))
