/** Measures what the console's lists cost with 100,000 users and a million sign-ins. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SignInFilter, UserListQuery } from '@sallyport/contract'
import { openEngineReader } from '../src/engine.ts'
import { openStore } from '../src/index.ts'
import { dataPaths } from '../src/paths.ts'
import { filledClientId, fillSignIns, numberedPeople } from './fill.ts'

const users = 100_000
const signIns = Number(process.argv[2] ?? 1_000_000)
const repeats = 7
const dataDir = mkdtempSync(join(tmpdir(), 'sallyport-bench-'))

async function time(label: string, work: () => unknown): Promise<void> {
  const times: number[] = []
  await work()
  for (let repeat = 0; repeat < repeats; repeat++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  console.log(`${label.padEnd(60)} median ${(times[3] ?? 0).toFixed(1)} ms, worst ${(times.at(-1) ?? 0).toFixed(1)} ms`)
}

try {
  const store = await openStore({ dataDir })
  const actor = { id: null, name: 'bench', address: null }
  const people = Array.from({ length: users }, (_, number) => ({
    username: `user${number}`,
    firstName: `First${number % 900}`,
    lastName: `Last${number % 5000}`,
    email: `user${number}@example.com`,
    description: '',
    enabled: true,
  }))
  const start = performance.now()
  for (let from = 0; from < users; from += 10_000)
    await store.users.createMany(people.slice(from, from + 10_000), actor)
  console.log(`createMany of 10,000: ${((performance.now() - start) / (users / 10_000)).toFixed(0)} ms on average`)
  fillSignIns(dataPaths(dataDir).database, { rows: signIns, days: 100, people: numberedPeople(20_000) })

  const list = (query: Partial<UserListQuery>) => () =>
    store.users.list({ limit: 50, sort: 'username', direction: 'ascending', ...query })
  await time('users, first page', list({}))
  await time('users, by last sign-in, descending', list({ sort: 'lastSignInAt', direction: 'descending' }))
  await time('users, search for a common beginning (user)', list({ search: 'user' }))
  await time('users, search for a common beginning, by last name', list({ search: 'user', sort: 'lastName' }))
  await time('users, search for a rare beginning (user4242)', list({ search: 'user4242' }))
  await time('users, search for nobody', list({ search: 'zzz' }))
  await time('users, enabled', list({ enabled: 'true' }))
  await time('users without a factor', () => store.users.withoutFactor())

  const signInList = (filter: SignInFilter) => () => store.signIns.list(filter, { limit: 50 })
  await time('sign-ins, first page', signInList({}))
  const middle = new Date(Date.now() - 50 * 24 * 3600 * 1000).toISOString()
  await time('sign-ins, until the middle', signInList({ to: middle }))
  await time('sign-ins, a common beginning (user)', signInList({ username: 'user' }))
  await time('sign-ins, one name', signInList({ username: 'user4242' }))
  await time('sign-ins, nobody', signInList({ username: 'zzz' }))
  await time('sign-ins, rejected', signInList({ result: 'rejected' }))
  await time('sign-ins, of a client', signInList({ clientId: filledClientId(7) }))
  await time('sign-ins, of a client, rejected', signInList({ clientId: filledClientId(7), result: 'rejected' }))
  await time('sign-ins, of a client, accepted, wrong password (none)', () =>
    store.signIns.list({ clientId: filledClientId(7), result: 'accepted', reason: 'wrong-password' }, { limit: 50 }),
  )
  await time('sign-ins, accepted, wrong password (none)', signInList({ result: 'accepted', reason: 'wrong-password' }))
  let exported = 0
  const exportStart = performance.now()
  for await (const rows of store.signIns.stream({ result: 'rejected' })) {
    exported += rows.length
    if (exported >= 50_000) break
  }
  console.log(`stream: ${(exported / ((performance.now() - exportStart) / 1000)).toFixed(0)} rows/s`)

  const engine = openEngineReader({ dataDir })
  await time('engine: all users', () => {
    let count = 0
    for (const user of engine.users()) count += user.enabled ? 1 : 0
    return count
  })
  engine.close()
  await store.close()
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
