/**
 * What a large organisation's console costs, and what its sign-ins notice of it: 100,000 people, a year of 10,000,000 sign-ins.
 * `node --import tsx bench/estate.ts`; `--quick` takes less of either. Everything is measured beside sign-ins that go on.
 */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { type SyncItem } from '@sallyport/contract'
import { api } from '@sallyport/contract'
import { fillSignIns } from '@sallyport/store/bench'

import { estatePages } from './estate-pages.ts'
import { buildRadload, type LoadResult } from './radload.ts'
import { startSite, type Site } from './site.ts'
import { print } from './table.ts'

const quick = process.argv.includes('--quick')
const people = quick ? 20_000 : 100_000
const events = quick ? 200_000 : 10_000_000
const signInsPerSecond = 200
/** Of one run of the load generator; nobody signs in twice within the life of a code. */
const seconds = quick ? 3 : 10
const visitsAPage = quick ? 5 : 40
const lookEveryMs = 100
const syncWithinMs = 15 * 60_000

let nextPerson = 1
const load = await buildRadload()

print(`\n${people.toLocaleString('en')} people, ${events.toLocaleString('en')} sign-ins of a year`)
const filledAt = performance.now()
const site = await startSite(people, {
  prepare: (dataDir, everybody) => {
    fillSignIns(join(dataDir, 'sallyport.db'), { rows: events, days: 365, people: everybody })
  },
})
print(`made and started in ${((performance.now() - filledAt) / 1_000).toFixed(0)} s`)
try {
  await measure(site)
} finally {
  await site.close()
}

async function measure(at: Site): Promise<void> {
  const { administrator } = at
  print('\n| work | measured | p99 of a sign-in meanwhile, ms | × idle | refused or lost |\n|---|---|---|---|---|')
  await signIns(at)
  const alone = [await signIns(at), await signIns(at), await signIns(at)]
  const idleMs = p99Ms(alone)
  row('nothing else', '', alone, idleMs)

  const slowest: { name: string; p95Ms: number }[] = []
  for (const { name, visit } of estatePages(administrator)) {
    const times: number[] = []
    const beside = await besideSignIns(at, async () => {
      for (let visits = 0; visits < visitsAPage; visits++) {
        const startedAt = performance.now()
        await visit()
        times.push(performance.now() - startedAt)
      }
    })
    const p95Ms = times.sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0
    slowest.push({ name, p95Ms })
    row(name, `p95 ${p95Ms.toFixed(0)} ms`, beside, idleMs)
  }
  const worst = slowest.sort((a, b) => b.p95Ms - a.p95Ms)[0]
  print(`| the slowest page: ${worst?.name ?? 'none'} | p95 ${worst?.p95Ms.toFixed(0) ?? ''} ms | | | |`)

  const before = await residentMb(at)
  let [rows, peakMb, exportSeconds, lookedAt] = [0, before, 0, 0]
  const besideExport = await besideSignIns(at, async () => {
    const startedAt = performance.now()
    for await (const chunk of administrator.stream(api.reports.exportSignIns)) {
      rows += chunk.filter((octet) => octet === 0x0a).length
      if (performance.now() - lookedAt > lookEveryMs) {
        lookedAt = performance.now()
        peakMb = Math.max(peakMb, await residentMb(at))
      }
      if (performance.now() - startedAt > seconds * 1_000) break
    }
    exportSeconds = (performance.now() - startedAt) / 1_000
  })
  const grown = `${(rows / exportSeconds).toFixed(0)} rows/s, resident + ${(peakMb - before).toFixed(0)} MB`
  row(`sign-ins as CSV (${rows.toLocaleString('en')} rows of them)`, grown, besideExport, idleMs)

  const settings = await administrator.call(api.directorySync.readSettings)
  const item: SyncItem = {
    ...{ id: randomUUID(), kind: 'container', dn: `ou=people,${at.directory.baseDn}`, factorMethods: [], language: '' },
    ...{ callMode: null, textMode: null, textWithPin: null, appMode: null },
  }
  await administrator.call(api.directorySync.changeSettings, {
    body: { ...settings, items: [item], collisions: 'adopt' },
  })
  await synchronize(at, 'first, everybody is here by hand', idleMs)
  await synchronize(at, 'no change', idleMs)
  row('nothing else, again', '', [await signIns(at)], idleMs)
}

async function synchronize(at: Site, name: string, idleMs: number): Promise<void> {
  const { administrator } = at
  const startedAt = performance.now()
  let told = ''
  const beside = await besideSignIns(at, async () => {
    let run = await administrator.call(api.directorySync.start, { body: { dryRun: false, full: false } })
    while (run.isRunning || run.finishedAt === null) {
      if (run.state === 'waiting' || performance.now() - startedAt > syncWithinMs)
        throw new Error(`the run is still ${run.state}`)
      await delay(lookEveryMs)
      run = await administrator.call(api.directorySync.run, { params: { id: run.id } })
    }
    if (run.state !== 'done') throw new Error(`the run came to something else: ${JSON.stringify(run)}`)
    told = `${((performance.now() - startedAt) / 1_000).toFixed(1)} s; ${run.found} found, ${run.adopted} adopted, ${run.changed} changed`
  })
  row(`directory synchronization: ${name}`, told, beside, idleMs)
}

/** Signs people in for as long as the work lasts, and at least once; resolves with each run of the load generator. */
async function besideSignIns(at: Site, work: () => Promise<void>): Promise<readonly LoadResult[]> {
  const progress = { isDone: false }
  const working = work().finally(() => (progress.isDone = true))
  const results: LoadResult[] = []
  do results.push(await signIns(at))
  while (!progress.isDone)
  await working
  return results
}

function signIns({ port, secret }: Site): Promise<LoadResult> {
  const users = signInsPerSecond * seconds
  if (nextPerson + users > people) nextPerson = 1
  const firstUser = nextPerson
  nextPerson += users
  const about = {
    firstUser,
    users,
    seconds,
    window: 1_000,
    maximumSignIns: users,
    code: 'totp',
    listsTimes: 1,
  } as const
  return load({ port, secret, ...about, rate: signInsPerSecond })
}

function row(name: string, told: string, beside: readonly LoadResult[], idleMs: number): void {
  const failed = beside.reduce((sum, { rejects, lost }) => sum + rejects + lost, 0)
  const times = (p99Ms(beside) / idleMs).toFixed(1)
  print(`| ${name} | ${told} | ${p99Ms(beside).toFixed(1)} | ${times} | ${failed} |`)
}

/** Of all sign-ins of these runs together. */
function p99Ms(results: readonly LoadResult[]): number {
  const times = results.flatMap(({ signInTimes }) => signInTimes).sort(([a], [b]) => a - b)
  const all = times.reduce((sum, [, count]) => sum + count, 0)
  let seen = 0
  for (const [time, count] of times) if ((seen += count) >= all * 0.99) return time / 100
  return 0
}

async function residentMb({ product }: Site): Promise<number> {
  const status = await readFile(`/proc/${product.pid()}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_000
}
