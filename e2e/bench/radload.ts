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
  /** A request that was not answered for so long is lost: 3,000. */
  readonly giveUpMs?: number
  /** 1: the result holds `signInTimes`. */
  readonly listsTimes?: 0 | 1
  /** Another beginning of the users' names than `u`. */
  readonly prefix?: string
}

export interface LoadResult {
  /** If asked for: how many sign-ins took how long, in hundredths of a millisecond. */
  readonly signInTimes: readonly (readonly [time: number, count: number])[]
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
  readonly slowestReplyMs: number
  /** 1 is one core. */
  readonly generatorCpu: number
}

/** Compiles a program that lies beside this file, and resolves with where it is. */
export async function compile(source: string): Promise<string> {
  const program = join(await mkdtemp(join(tmpdir(), 'sallyport-bench-')), 'program')
  await run('cc', ['-O2', '-o', program, fileURLToPath(new URL(source, import.meta.url)), '-lcrypto'])
  return program
}

/** @param signal ends it before its time; it rejects then */
export type Loader = (load: Load, signal?: AbortSignal) => Promise<LoadResult>

/** Compiles radload.c and resolves with what starts it. */
export async function buildRadload(): Promise<Loader> {
  const program = await compile('radload.c')
  return async (load, signal) => {
    const { stdout } = await run(
      program,
      Object.entries(load).map(([name, value]) => `${name}=${String(value)}`),
      { ...(signal && { signal }) },
    )
    return JSON.parse(stdout) as LoadResult
  }
}
