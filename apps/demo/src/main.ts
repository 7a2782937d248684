/** `npm run demo`: tells the story, gives the newcomer a prompt, and leaves neither processes nor data behind. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { constants } from 'node:os'
import { join, resolve } from 'node:path'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import { createDialogue } from './dialogue.ts'
import { createPaper } from './paper.ts'
import { tellStory } from './story.ts'

const { once } = readOptions()
const { NO_COLOR, SALLYPORT_DATA_DIR = '.data' } = env
const paper = createPaper((text) => void process.stdout.write(text), process.stdout.isTTY && !NO_COLOR)
const opened: (() => Promise<void>)[] = []
let ending: Promise<never> | undefined
let isNewcomersTurn = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // At the prompt, Ctrl-C is one of the ways to say that one has seen enough.
    void end(signal === 'SIGINT' && isNewcomersTurn ? 0 : 128 + constants.signals[signal])
  })
}
// Nobody reads any more, as with `npm run demo | head`.
process.stdout.on('error', () => void end(0))

try {
  await tellStory({
    paper,
    serverEntry: findServer(),
    dataDir: await makeDataDir(),
    environment: withoutSettings(env),
    ...(once ? {} : { openDialogue }),
    onOpened: (close) => opened.unshift(close),
    onServerEnded: (lastLines) => {
      if (!ending) void fail(`The server has ended. The last that it wrote:\n${lastLines}`)
    },
  })
  await end(0)
} catch (error) {
  await fail(error instanceof Error ? (error.stack ?? error.message) : String(error))
}

function readOptions(): { readonly once: boolean } {
  try {
    const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } })
    return values
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nUse: npm run demo [-- --once]\n`)
    process.exit(2)
  }
}

function findServer(): string {
  const entry = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url))
  if (!existsSync(entry)) throw new Error(`The server is not built (no ${entry}): npm run demo builds it.`)
  return entry
}

async function makeDataDir(): Promise<string> {
  const parent = resolve(SALLYPORT_DATA_DIR)
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, 'demo-'))
  // When nobody writes in it any more.
  opened.push(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

/** Settings of another server of theirs are none of the sample site's. */
function withoutSettings(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith('SALLYPORT_')))
}

function openDialogue() {
  isNewcomersTurn = true
  const { stdin: input, stdout: output } = process
  const isTerminal = input.isTTY && output.isTTY
  const dialogue = createDialogue({ input, output, isTerminal, onInterrupt: () => void end(0) })
  // Last of all: where the terminal has gone, Node may die of giving it back.
  opened.push(() => {
    dialogue.close()
    return Promise.resolve()
  })
  return dialogue
}

async function fail(message: string): Promise<void> {
  // What goes wrong while everything is being closed is a consequence of that.
  if (!ending) process.stderr.write(`\n${message}\n`)
  await end(1)
}

/** Closes what is open, once, in the order of the list; then the process ends. */
function end(code: number): Promise<never> {
  ending ??= (async () => {
    paper.line()
    for (let close = opened.shift(); close; close = opened.shift()) {
      await close().catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
      })
    }
    process.exit(code)
  })()
  return ending
}
