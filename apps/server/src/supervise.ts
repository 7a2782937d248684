/** Watches over the process that does the work: starts it again when it dies, and ends with it when told to. */
import { fork, type ChildProcess } from 'node:child_process'

/** The working process ends with this code where starting it again would not help (EX_CONFIG of sysexits). */
export const unusableExitCode = 78

const workerArgument = '--supervised'
const firstDelayMs = 100
const longestDelayMs = 10_000
const servingMessage = 'serving'

/** Whether this is the working process of {@link supervise}. */
export function isSupervised(): boolean {
  return process.argv.includes(workerArgument)
}

/** Tells the watching process, where there is one, that all is well: the next death is answered without delay. */
export function reportServing(): void {
  process.send?.(servingMessage)
}

/** Runs the program as a second process for as long as this one lives; the delay between starts doubles up to 10 s. */
export function supervise(program: string): void {
  let delayMs = firstDelayMs
  let ending = false
  let child: ChildProcess | undefined
  let restart: NodeJS.Timeout | undefined

  function start(): void {
    child = fork(program, [workerArgument], { stdio: 'inherit' })
    child.on('message', (message) => {
      if (message === servingMessage) delayMs = firstDelayMs
    })
    child.once('exit', (code, signal) => {
      if (ending || code === 0) process.exit(code ?? 0)
      if (code === unusableExitCode) process.exit(code)
      process.stderr.write(`Sallyport ended (${signal ?? `code ${String(code)}`}); starting again in ${delayMs} ms\n`)
      restart = setTimeout(start, delayMs)
      delayMs = Math.min(delayMs * 2, longestDelayMs)
    })
  }

  function end(signal: NodeJS.Signals): void {
    ending = true
    clearTimeout(restart)
    if (child?.exitCode === null && child.signalCode === null) child.kill(signal)
    else process.exit(0)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  start()
}
