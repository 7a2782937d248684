/**
 * Times synchronizations with a private OpenLDAP: a first full run, one without changes, and a full one without changes.
 * `node --import tsx bench/directory-sync.ts [people]`, 100,000 unless told; prints rows for the table of the README.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'

import { api, type SyncItem, type SyncRun } from '@sallyport/contract'
import { numberedUsers, startSlapd } from '@sallyport/tooling/servers'

import { Administrator } from '../support/administrator.ts'
import { startProduct } from '../support/product.ts'
import { print } from './table.ts'

const people = Number(process.argv[2] ?? 100_000)
const lookEveryMs = 100
const withinMs = 15 * 60_000

const slapd = await startSlapd({
  users: numberedUsers(people),
  databaseLines: ['limits dn.exact="uid=service,dc=sallyport,dc=test" size=unlimited'],
})
const product = await startProduct()
try {
  const administrator = await Administrator.setUp(product)
  await administrator.useLdap(slapd)
  const settings = await administrator.call(api.directorySync.readSettings)
  const item: SyncItem = {
    ...{ id: randomUUID(), kind: 'container', dn: `ou=people,${slapd.baseDn}`, factorMethods: [], language: '' },
    ...{ callMode: null, textMode: null, textWithPin: null, appMode: null },
  }
  await administrator.call(api.directorySync.changeSettings, { body: { ...settings, items: [item] } })
  print(`| directory synchronization, ${people.toLocaleString('en')} people in OpenLDAP | seconds |`)
  print('| --- | --- |')
  await measure(administrator, 'first full run', false, { added: people })
  await measure(administrator, 'no change', false, { changed: 0, added: 0 })
  await measure(administrator, 'no change, all read again', true, { changed: 0, added: 0 })
} finally {
  await product.remove()
  await slapd.remove()
}

async function measure(
  administrator: Administrator,
  name: string,
  full: boolean,
  expected: Partial<SyncRun>,
): Promise<void> {
  const startedAt = performance.now()
  let run = await administrator.call(api.directorySync.start, { body: { dryRun: false, full } })
  while (run.isRunning || run.finishedAt === null) {
    if (performance.now() - startedAt > withinMs) throw new Error(`the run is still ${run.state}`)
    await delay(lookEveryMs)
    run = await administrator.call(api.directorySync.run, { params: { id: run.id } })
  }
  const seconds = (performance.now() - startedAt) / 1_000
  const isRight = run.state === 'done' && run.found === people
  const isExpected = Object.entries(expected).every(([count, value]) => run[count as keyof SyncRun] === value)
  if (!isRight || !isExpected) throw new Error(`the run came to something else: ${JSON.stringify(run)}`)
  print(`| ${name} (${run.kind}) | ${seconds.toFixed(1)} |`)
}
