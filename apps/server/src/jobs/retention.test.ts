import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '@sallyport/store'
import { retentionDefaults } from '@sallyport/contract'
import { expect, onTestFinished, test } from 'vitest'
import { createRetention } from './retention.ts'

test('removes once a day, where anything is to be removed at all', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sallyport-retention-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const store = await openStore({ dataDir })
  onTestFinished(() => store.close())
  let nowMs = Date.now()
  const problems: unknown[] = []
  const retention = createRetention({
    ...{ store, dataDir, clock: () => new Date(nowMs) },
    onProblem: (error) => problems.push(error),
  })
  onTestFinished(() => retention.close())
  const look = async () => {
    await retention.tick()
    await retention.idle()
    return (await store.retention.runs(10)).length
  }
  expect(await look()).toBe(0)
  const days = { ...retentionDefaults, imports: 7 }
  await store.retention.change({ days, version: 1 }, [], { id: null, name: 'ada', address: null })
  expect(await look()).toBe(1)
  expect(await look()).toBe(1)
  nowMs += 25 * 3_600_000
  expect(await look()).toBe(2)
  expect(problems).toEqual([])
})
