import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { startServerProcess, type ServerProcess } from './server-process.ts'

let folder: string
let server: ServerProcess | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-demo-'))
})
afterEach(async () => {
  await server?.stop()
  await rm(folder, { recursive: true })
})

/** Starts a program in the server's place. */
async function start(source: string): Promise<ServerProcess> {
  const entry = join(folder, 'main.mjs')
  await writeFile(entry, source)
  return (server = startServerProcess({ entry, environment: process.env, limitMs: 10_000 }))
}

const log = (line: object) => `console.log(${JSON.stringify(JSON.stringify(line))});`
const stay = `setInterval(() => {}, 1000); process.on('SIGTERM', () => process.exit(0));`
const code = { msg: 'Nobody administers this server yet. Open the console and enter this set-up code: ABCDE-12345' }
const open = { msg: 'the console is open', address: 'http://127.0.0.1:8080' }

test('reads where the console is and the set-up code from the log, whatever else is in it', async () => {
  const { ready, ended, stop } = await start(`console.log('not JSON'); ${log(code)} ${log(open)} ${stay}`)
  expect(await ready).toEqual({ consoleUrl: open.address, setUpCode: 'ABCDE-12345' })
  await stop()
  expect(await ended).toContain('not JSON')
})

test('a server that ends early is an error with the last that it wrote', async () => {
  const { ready } = await start(`console.error('the disk is full'); process.exit(1)`)
  await expect(ready).rejects.toThrow(/ended before it was ready[^]*the disk is full/)
})

test('stopping a server that has ended already changes nothing', async () => {
  const { ended, stop } = await start('')
  await ended
  await stop()
})
