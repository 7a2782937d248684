// Runs a program in the foreground or quietly, and always hands back how it ended.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { root } from './workspace.mjs'

/**
 * @typedef {object} RunOptions
 * @property {NodeJS.ProcessEnv} [env] added to the environment
 * @property {boolean} [quiet] keeps the output back and prints it only if the program fails
 * @property {number} [limitMs] after which the program and all that it started are asked to stop, and 20 s later are killed
 */

/**
 * Runs a program in the workspace's folder with no standard input.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} its exit code; 127 when it could not be started, 128 + n after signal n
 */
export function run(command, args, { env, quiet = false, limitMs } = {}) {
  return new Promise((resolve) => {
    const isWindows = process.platform === 'win32'
    // A process group of its own is what a time limit can stop whole.
    const detached = limitMs !== undefined && !isWindows
    const child = spawn(command, args, {
      cwd: root,
      detached,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      shell: isWindows,
    })
    /** @type {Buffer[]} */
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    let isStopped = false
    /** @param {NodeJS.Signals} signal */
    const kill = (signal) => {
      isStopped = true
      sendSignal(child, signal, detached)
    }
    const stopForwarding = forwardSignals(kill, detached)
    const timers = limitMs === undefined ? [] : stopAfter(kill, command, limitMs)
    let ended = false
    /** @param {number} code */
    const end = (code) => {
      if (ended) return
      ended = true
      stopForwarding()
      for (const timer of timers) clearTimeout(timer)
      if (code !== 0) process.stdout.write(Buffer.concat(output))
      resolve(code)
    }
    child.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`)
      end(127)
    })
    child.once('close', async (code, signal) => {
      // A stopped npx ends before what it started has cleaned up.
      if (isStopped && detached && child.pid !== undefined) await groupEnded(child.pid)
      end(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}

/**
 * Resolves when a process group has no member left, which is brought about after 30 s.
 * @param {number} group
 */
async function groupEnded(group) {
  const deadline = Date.now() + 30_000
  for (;;) {
    try {
      process.kill(-group, Date.now() < deadline ? 0 : 'SIGKILL')
    } catch {
      return
    }
    await delay(100)
  }
}

/**
 * Runs a program that keeps the terminal: its input too, and the signals that reach this process.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env added to the environment
 * @returns {Promise<number>}
 */
export function runInForeground(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' })
    const stopForwarding = forwardSignals((signal) => sendSignal(child, signal, false), false)
    child.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`)
      resolve(127)
    })
    child.once('exit', (code, signal) => {
      stopForwarding()
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 * @param {boolean} wholeGroup
 */
function sendSignal(child, signal, wholeGroup) {
  if (!wholeGroup || child.pid === undefined) {
    child.kill(signal)
    return
  }
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The group has ended already.
  }
}

/**
 * @param {(signal: NodeJS.Signals) => void} kill
 * @param {boolean} isDetached whether the terminal's signals pass the program by
 */
function forwardSignals(kill, isDetached) {
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    // A terminal sends Ctrl-C to the whole group: the child has it already.
    if (signal === 'SIGINT' && process.stdin.isTTY && !isDetached) return
    kill(signal)
  }
  const signals = /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
  for (const signal of signals) process.on(signal, forward)
  return () => {
    for (const signal of signals) process.off(signal, forward)
  }
}

/**
 * @param {(signal: NodeJS.Signals) => void} kill
 * @param {string} command
 * @param {number} limitMs
 */
function stopAfter(kill, command, limitMs) {
  return [
    setTimeout(() => {
      console.error(`${command} is stopped: it took longer than ${Math.round(limitMs / 1000)} s.`)
      kill('SIGTERM')
    }, limitMs),
    setTimeout(() => kill('SIGKILL'), limitMs + 20_000),
  ]
}
