/** Starts a third-party program, waits until it says that it is ready, and stops it by its process id. */
import { spawn, type ChildProcess } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

export interface RunningProcess {
  readonly pid: number
  /** Everything that it printed so far, both streams. */
  output(): string
  /** Sends a signal (SIGTERM unless told) and waits until the process has ended; SIGKILL after 5 s. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

export interface StartOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Resolves to true once the program serves; asked every 25 ms, and told what it printed so far. */
  readonly isReady: (output: string) => boolean | Promise<boolean>
  readonly readyWithinMs?: number
}

/** Starts a program and resolves when it is ready; rejects with its output when it ends or takes too long. */
export async function startProcess(options: StartOptions): Promise<RunningProcess> {
  const child = spawn(options.command, options.args, {
    env: { ...process.env, ...options.env },
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const collect = (chunk: Buffer) => (printed += chunk.toString('utf8'))
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  let failure: Error | undefined
  child.once('error', (error) => (failure = error))

  const deadline = Date.now() + (options.readyWithinMs ?? 20_000)
  for (;;) {
    if (failure) throw new Error(`${options.command} could not be started`, { cause: failure })
    if (hasEnded(child)) throw new Error(`${options.command} ended before it was ready:\n${printed}`)
    if (await options.isReady(printed)) break
    if (Date.now() > deadline) {
      await stop(child, 'SIGKILL')
      throw new Error(`${options.command} was not ready in time:\n${printed}`)
    }
    await delay(25)
  }
  const { pid } = child
  if (pid === undefined) throw new Error(`${options.command} has no process id`)
  return { pid, output: () => printed, stop: (signal) => stop(child, signal ?? 'SIGTERM') }
}

/** Whether something accepts TCP connections on 127.0.0.1 at this port. */
export function acceptsTcp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill(signal)
  const lastResort = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(lastResort)
}
