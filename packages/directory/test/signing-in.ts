/** A process that signs alice in wherever its parent says: it may hang or die, and the tests do not. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

import { type LdapConfiguration } from '../src/configuration.ts'
import { type BindOutcome } from '../src/outcomes.ts'
import { createLdapTarget } from '../src/target.ts'

export interface SigningIn {
  /** Rejects when the process ended, or did not answer in time and was ended. */
  signIn(configuration: LdapConfiguration): Promise<BindOutcome>
  close(): Promise<void>
}

const longestMs = 5_000
const thisFile = new URL(import.meta.url)

/** One sign-in at a time; a process that ended is replaced for the next. */
export async function startSigningIn(): Promise<SigningIn> {
  let child = await start()
  return {
    signIn: async (configuration) => {
      if (hasEnded(child)) child = await start()
      child.send(configuration)
      return (await answerOf(child, longestMs)) as BindOutcome
    },
    close: () => end(child),
  }
}

async function start(): Promise<ChildProcess> {
  const child = fork(thisFile, ['child'], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await answerOf(child, 20_000)
  return child
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

function answerOf(child: ChildProcess, timeoutMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer)
      child.off('message', onMessage).off('exit', onExit)
      act()
    }
    const onMessage = (message: unknown) => settle(() => resolve(message))
    const onExit = () => settle(() => reject(new Error('The process died.')))
    const timer = setTimeout(() => {
      settle(() => void end(child).then(() => reject(new Error(`The process hung for ${timeoutMs} ms.`)), reject))
    }, timeoutMs)
    child.on('message', onMessage).on('exit', onExit)
  })
}

async function signInOnce(configuration: LdapConfiguration): Promise<void> {
  const target = createLdapTarget(configuration)
  const outcome = await target.authenticate('alice', 'alicepw')
  await target.close()
  process.send?.(outcome)
}

if (process.argv[2] === 'child') {
  process.on('message', (configuration: LdapConfiguration) => void signInOnce(configuration))
  process.on('disconnect', () => process.exit())
  process.send?.('ready')
}
