/** Runs the load generator: compiled once a run, on loopback, bounded in time and number. */
import { execFile } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Load {
  readonly port: number
  readonly secret: string
  /** Users u{first} … u{first + users - 1}, with the passwords p{n}. */
  readonly firstUser: number
  readonly users: number
  readonly seconds: number
  /** Sign-ins under way at a time. */
  readonly window: number
  readonly maximumSignIns: number
  /** `totp`, `totp-shared`, or the code itself: see radload.c. */
  readonly code: string
  /** Sign-ins that begin in a second, whatever becomes of them; unless told, the next begins when one has ended. */
  readonly rate?: number
}

export interface LoadResult {
  readonly signInsPerSecond: number
  readonly accepts: number
  readonly rejects: number
  readonly challenges: number
  readonly requests: number
  readonly lost: number
  /** Replies that were not genuine, or that nobody had asked for. */
  readonly bad: number
  readonly seconds: number
  readonly signInP50Ms: number
  readonly signInP99Ms: number
  readonly replyP50Ms: number
  readonly replyP99Ms: number
  /** 1 is one core. */
  readonly generatorCpu: number
}

/** Compiles a program that lies beside this file, and resolves with where it is. */
export async function compile(source: string): Promise<string> {
  const program = join(await mkdtemp(join(tmpdir(), 'sallyport-bench-')), 'program')
  await run('cc', ['-O2', '-o', program, fileURLToPath(new URL(source, import.meta.url)), '-lcrypto'])
  return program
}

/** Compiles radload.c and resolves with what starts it. */
export async function buildRadload(): Promise<(load: Load) => Promise<LoadResult>> {
  const program = await compile('radload.c')
  return async ({ port, secret, users, seconds, window, maximumSignIns, code, firstUser, rate = 0 }) => {
    const numbers = [users, seconds, window, maximumSignIns].map(String)
    const { stdout } = await run(program, [String(port), secret, ...numbers, code, String(firstUser), String(rate)])
    return JSON.parse(stdout) as LoadResult
  }
}
