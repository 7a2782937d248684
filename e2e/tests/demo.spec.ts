/** The first thing that a newcomer runs. */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { expect, test } from '@playwright/test'

const program = fileURLToPath(new URL('../../apps/demo/dist/main.js', import.meta.url))

test('the demonstration signs somebody in through a challenge, shows the wire, and leaves nothing behind', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-demo-'))
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--once'], {
    env: { PATH: process.env['PATH'] ?? '', SALLYPORT_DATA_DIR: dataDir },
    timeout: 90_000,
  })
  expect(stdout).toMatch(/Access-Request[\s\S]*Access-Challenge[\s\S]*Access-Request[\s\S]*Access-Accept/)
  expect(stdout).toContain('State')
  expect(stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+/)
  expect(await readdir(dataDir)).toEqual([])
  await rm(dataDir, { recursive: true })
})
