#!/usr/bin/env node
/** The program `sallyport`: `start` runs the server as main.ts does, everything else is a command that ends. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseConfig } from './config.ts'
import { runCommand } from './cli/run-command.ts'
import { processTerminal } from './cli/terminal.ts'

declare const SALLYPORT_VERSION: string | undefined

const typed = process.argv.slice(2)
const isBuilt = !import.meta.url.endsWith('.ts')
if (typed[0] === 'start' && typed.length === 1) {
  // A file of its own, by its name: it starts itself a second time, to watch over what it started.
  await import(new URL(isBuilt ? './main.js' : './main.ts', import.meta.url).href)
} else {
  const migrations = fileURLToPath(new URL('./migrations', import.meta.url))
  process.exitCode = await runCommand(typed, {
    config: () => parseConfig(process.env),
    migrationsDir: isBuilt && existsSync(migrations) ? migrations : undefined,
    terminal: processTerminal(process),
    version: typeof SALLYPORT_VERSION === 'string' ? SALLYPORT_VERSION : 'development',
    clock: () => new Date(),
  })
}
