import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { dataFolder, testStore } from '../../test/data-folder.ts'
import { openMover } from '../engine.ts'
import { dataPaths } from '../paths.ts'

const script = fileURLToPath(new URL('../../test/append-until-killed.ts', import.meta.url))

/** What it had said was written by the time that it died. */
async function killAfter(dataDir: string, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const acknowledged: string[] = []
  for await (const line of createInterface(child.stdout)) {
    acknowledged.push(line)
    if (acknowledged.length === lines) child.kill('SIGKILL')
  }
  expect(await exited).toEqual([null, 'SIGKILL'])
  return acknowledged
}

it('what was acknowledged is there after kill -9, and counted once', { timeout: 60_000 }, async () => {
  const dataDir = dataFolder()
  await (await testStore(dataDir)).close()
  const acknowledged: string[] = []
  for (const lines of [20, 61, 140, 333]) acknowledged.push(...(await killAfter(dataDir, lines)))
  const mover = openMover({ dataDir })
  for (let call = 0; call < 100 && mover.move(1000) > 0; call++);
  mover.close()
  const database = new Database(dataPaths(dataDir).database)
  const ids = new Set(database.prepare<[], string>('SELECT id FROM SignIn').pluck().all())
  const sessions = new Set(database.prepare<[], string>('SELECT sessionId FROM VpnSession').pluck().all())
  const outbox = database.prepare<[], Buffer>('SELECT attributes FROM AccountingOutbox').pluck().all().map(String)
  const counted = database.prepare<[], number>('SELECT sum(count) FROM SignInMinute').pluck().get()
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  database.close()
  expect(acknowledged.length).toBeGreaterThanOrEqual(554)
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([])
  expect(acknowledged.filter((id) => !sessions.has(id))).toEqual([])
  const forwarded = new Set(outbox)
  expect(acknowledged.filter((id) => !forwarded.has(id))).toEqual([])
  expect(outbox.length).toBe(forwarded.size)
  // At most one a run was written without being acknowledged.
  expect(ids.size - acknowledged.length).toBeLessThanOrEqual(4)
  expect(counted).toBe(ids.size)
})
