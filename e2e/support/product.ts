/** Starts the built server as a person would, in a data folder and on ports of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../apps/server/dist/main.js', import.meta.url))

export interface Product {
  readonly dataDir: string
  readonly consoleUrl: string
  /** Empty before it is open; another one after a restart, unless its port is given. */
  readonly portalUrl: string
  /** From the log; empty once somebody administers the server. */
  readonly setUpCode: string
  /** The working process that runs now: another one after it was killed. */
  readonly pid: () => number
  /** Everything that it logged so far. */
  readonly log: () => string
  /** Resolves when the console has been opened this many times since the start. */
  opened(times: number): Promise<void>
  stop(): Promise<void>
  /** Stops it and deletes its data. */
  remove(): Promise<void>
}

export interface ProductOptions {
  readonly dataDir?: string
  readonly environment?: Readonly<Record<string, string>>
  /** For node itself, in front of the program. */
  readonly nodeArguments?: readonly string[]
}

/** Resolves when the console answers. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'sallyport-e2e-')))
  const { child, log } = run({ ...options, dataDir })
  const lines = () => log().split('\n').flatMap(parseLine)
  const openings = () => lines().filter((line) => line.msg === 'the console is open')

  async function opened(times: number): Promise<void> {
    const deadline = Date.now() + 60_000
    while (openings().length < times) {
      if (child.exitCode !== null) throw new Error(`the server ended:\n${log()}`)
      if (Date.now() > deadline) throw new Error(`the server did not open its console:\n${log()}`)
      await delay(20)
    }
  }

  try {
    await opened(1)
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  const code = lines().map((line) => /set-up code: (\S+)/.exec(line.msg)?.[1])
  const stop = () => end(child)
  return {
    dataDir,
    consoleUrl: openings()[0]?.address ?? '',
    get portalUrl() {
      return lines().findLast((line) => line.msg === 'the portal is open')?.address ?? ''
    },
    setUpCode: code.find((found) => found !== undefined) ?? '',
    pid: () => openings().at(-1)?.pid ?? 0,
    log,
    opened,
    stop,
    async remove() {
      await stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Starts a server that is expected to refuse: resolves with its exit code and what it said. */
export async function startRefused(options: ProductOptions): Promise<{ exitCode: number | null; said: string }> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'sallyport-e2e-')))
  const { child, log } = run({ ...options, dataDir })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const lastResort = setTimeout(() => child.kill('SIGKILL'), 30_000)
  const exitCode = await ended
  clearTimeout(lastResort)
  return { exitCode, said: log() }
}

function run({ dataDir, environment, nodeArguments = [] }: ProductOptions & { dataDir: string }): {
  child: ChildProcess
  log: () => string
} {
  const child = spawn(process.execPath, [...nodeArguments, program], {
    env: {
      PATH: process.env['PATH'] ?? '',
      SALLYPORT_DATA_DIR: dataDir,
      SALLYPORT_CONSOLE_PORT: '0',
      SALLYPORT_PORTAL_PORT: '0',
      SALLYPORT_RADIUS_ADDRESSES: '127.0.0.1,::1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const collect = (chunk: Buffer) => (printed += chunk.toString('utf8'))
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  return { child, log: () => printed }
}

interface LogLine {
  readonly msg: string
  readonly address?: string
  readonly pid?: number
}

function parseLine(line: string): LogLine[] {
  try {
    return [JSON.parse(line) as LogLine]
  } catch {
    return []
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const lastResort = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await ended
  clearTimeout(lastResort)
}
