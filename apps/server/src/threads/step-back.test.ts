import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'

/** The niceness of the thread that reads it: the 19th field of proc_pid_stat(5), the 17th after the name. */
const nicenessOf = (stat: string) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])
const own = () => nicenessOf(readFileSync('/proc/thread-self/stat', 'utf8'))

// Elsewhere there is nothing to see: a priority is the whole process's.
test.runIf(process.platform === 'linux')('a thread steps back behind the others of its process, alone', async () => {
  const before = own()
  const worker = new Worker(
    `const { readFileSync } = require('node:fs')
    const { parentPort, workerData } = require('node:worker_threads')
    import('tsx/esm/api')
      .then(({ register }) => (register(), import(workerData)))
      .then(({ stepBack }) => {
        stepBack(15)
        parentPort.postMessage(readFileSync('/proc/thread-self/stat', 'utf8'))
      })`,
    { eval: true, workerData: new URL('./step-back.ts', import.meta.url).href },
  )
  try {
    const stat = await new Promise<string>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    expect(nicenessOf(stat)).toBe(15)
    expect(own()).toBe(before)
  } finally {
    await worker.terminate()
  }
})
