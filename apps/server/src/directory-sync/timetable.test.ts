import { randomUUID } from 'node:crypto'

import { startSlapd, type RunningSlapd } from '@sallyport/tooling/servers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { itemFor, startSynchronizing, type Synchronizing } from './test/synchronizing.ts'

vi.setConfig({ testTimeout: 60_000 })

const minuteMs = 60_000

let slapd: RunningSlapd
let sync: Synchronizing
beforeEach(async () => {
  slapd = await startSlapd()
  const { url, baseDn, bindDn, bindPassword } = slapd
  sync = await startSynchronizing(
    {
      ...{ servers: [{ url }], tls: 'none', baseDn, caPem: null },
      queryBind: { kind: 'simple', dn: bindDn, password: bindPassword },
    },
    { items: [itemFor('container', `ou=people,${baseDn}`, randomUUID())], enabled: true, everyMinutes: 30 },
  )
})
afterEach(async () => {
  await sync.close()
  await slapd.remove()
})

/** Whether a run begins when the server looks after so many minutes more of its clock. */
async function runsAfter(minutes: number): Promise<boolean> {
  sync.console.pass(minutes * minuteMs)
  const { directorySync, store } = sync.console
  const before = (await store.directorySync.list({ limit: 200 })).rows.length
  await directorySync.tick()
  await directorySync.idle()
  return (await store.directorySync.list({ limit: 200 })).rows.length > before
}

test('the first run begins at once, and the next ones when so many minutes have passed', async () => {
  expect(await runsAfter(0)).toBe(true)
  for (const [minutes, begins] of [
    [0, false],
    [29, false],
    [1, true],
    [29, false],
    [2, true],
  ] as const) {
    expect(await runsAfter(minutes)).toBe(begins)
  }
})

test('a clock that jumps forward starts one run, however many it passed', async () => {
  expect(await runsAfter(0)).toBe(true)
  expect(await runsAfter(24 * 60)).toBe(true)
  expect(await runsAfter(0)).toBe(false)
  expect(await runsAfter(29)).toBe(false)
  expect(await runsAfter(1)).toBe(true)
})

test('a clock that is put back keeps no run waiting, and starts no more than one for it', async () => {
  expect(await runsAfter(0)).toBe(true)
  expect(await runsAfter(-10)).toBe(false)
  expect(await runsAfter(-24 * 60)).toBe(true)
  expect(await runsAfter(0)).toBe(false)
  expect(await runsAfter(29)).toBe(false)
  expect(await runsAfter(1)).toBe(true)
})

test('nothing runs by itself while synchronization is switched off', async () => {
  await sync.configure({ enabled: false })
  expect(await runsAfter(0)).toBe(false)
  expect(await runsAfter(24 * 60)).toBe(false)
})
