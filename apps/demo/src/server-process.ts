/** The real server as a child process: started, its log read for where the console is and the set-up code, and ended. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

import { z } from 'zod'

export interface ServerReady {
  /** `http://127.0.0.1:8080` */
  readonly consoleUrl: string
  readonly setUpCode: string
}

export interface ServerProcess {
  /** What a newcomer would read in the log; rejects where the server ends or says nothing in time. */
  readonly ready: Promise<ServerReady>
  /** Settles when the process has ended, with the last lines that it wrote. */
  readonly ended: Promise<string>
  /** Asks it to end in order, and after 10 s no longer asks. */
  readonly stop: () => Promise<void>
}

export interface ServerProcessOptions {
  /** The built server's main file. */
  readonly entry: string
  /** The whole environment of the process. */
  readonly environment: NodeJS.ProcessEnv
  /** How long it may take to start, in milliseconds. */
  readonly limitMs?: number
}

const logLine = z.object({ msg: z.string(), address: z.string().optional() })
const setUpCodeInLog = /enter this set-up code: ([0-9A-Z-]+)/
const linesKept = 20
const stopLimitMs = 10_000

export function startServerProcess({ entry, environment, limitMs = 60_000 }: ServerProcessOptions): ServerProcess {
  // Its own process group, so that Ctrl-C reaches it in our order; the channel ends it should this process be killed.
  const child = spawn(process.execPath, ['--enable-source-maps', entry], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
    windowsHide: true,
  })
  const lastLines: string[] = []
  let consoleUrl: string | undefined
  let setUpCode: string | undefined

  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', () => resolve(lastLines.join('\n')))
  })
  const ready = new Promise<ServerReady>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(failure('did not start in time'))), limitMs)
    void ended.then(() => reject(new Error(failure('ended before it was ready')))).finally(() => clearTimeout(timer))
    const read = (line: string) => {
      lastLines.push(line)
      if (lastLines.length > linesKept) lastLines.shift()
      const parsed = logLine.safeParse(parseJson(line))
      if (!parsed.success) return
      setUpCode ??= setUpCodeInLog.exec(parsed.data.msg)?.[1]
      if (parsed.data.msg === 'the console is open') consoleUrl ??= parsed.data.address
      if (consoleUrl === undefined || setUpCode === undefined) return
      clearTimeout(timer)
      resolve({ consoleUrl, setUpCode })
    }
    for (const input of [child.stdout, child.stderr]) if (input) createInterface({ input }).on('line', read)
  })
  // Whoever stops it before it is ready does not wait for it any more.
  ready.catch(() => undefined)

  function failure(what: string): string {
    return [`The server ${what}. The last that it wrote:`, ...lastLines].join('\n')
  }

  return {
    ready,
    ended,
    async stop() {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs)
      await ended
      clearTimeout(timer)
    },
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
