/** Follows a thread that is there for one piece of work. */
import type { Worker } from 'node:worker_threads'

/** Resolves once it said that it has ended and is gone; rejects where it ends otherwise. */
export function untilEnded(worker: Worker, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let hasEnded = false
    worker.on('message', ({ kind }: { readonly kind: string }) => {
      if (kind === 'ended') hasEnded = true
    })
    worker.once('error', reject)
    worker.once('exit', (code) => {
      if (hasEnded) resolve()
      else reject(new Error(`the thread of ${what} ended with code ${code}`))
    })
  })
}
