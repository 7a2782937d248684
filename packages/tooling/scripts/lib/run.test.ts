import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run } from './run.mjs'

const node = (script: string) => [process.execPath, ['-e', script]] as const

describe('running a program', () => {
  test('hands back its exit code', async () => {
    expect(await run(...node('process.exit(3)'), { quiet: true })).toBe(3)
  })

  test('hands back 128 and the signal that ended it', async () => {
    expect(
      await run(...node('process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 5000)'), { quiet: true }),
    ).toBe(143)
  })

  test('says 127 where there is no such program', async () => {
    expect(await run('/nowhere/absent', [], { quiet: true })).toBe(127)
  })

  test('stops a program that takes longer than its limit, and what that program started', async () => {
    const grandchild =
      'require("child_process").spawnSync(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], { stdio: "inherit" })'
    const startedAt = Date.now()
    expect(await run(...node(grandchild), { quiet: true, limitMs: 300 })).not.toBe(0)
    expect(Date.now() - startedAt).toBeLessThan(15_000)
  })
})

describe('stopping a program', () => {
  test('waits for what it started, which may still be cleaning up', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sallyport-run-'))
    const cleaned = join(folder, 'cleaned')
    const worker = `process.on("SIGTERM", () => setTimeout(() => { require("fs").writeFileSync(${JSON.stringify(cleaned)}, ""); process.exit() }, 500)); setTimeout(() => {}, 20000)`
    const leader = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(worker)}], { stdio: "ignore" }); setTimeout(() => {}, 20000)`
    expect(await run(...node(leader), { quiet: true, limitMs: 6000 })).toBe(143)
    expect(existsSync(cleaned)).toBe(true)
    await rm(folder, { recursive: true })
  })
})

describe('running a program in the foreground', () => {
  test('passes a signal on to it and ends with its exit code', async () => {
    const served = 'process.on("SIGTERM", () => process.exit(7)); console.log("ready"); setTimeout(() => {}, 20000)'
    const launcher = `
      const { runInForeground } = await import(${JSON.stringify(new URL('run.mjs', import.meta.url).href)})
      process.exitCode = await runInForeground(process.execPath, ['-e', ${JSON.stringify(served)}], {})`
    const child = spawn(process.execPath, ['--input-type=module', '-e', launcher], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(7)
  })
})
