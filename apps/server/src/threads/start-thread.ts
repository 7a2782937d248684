/** Starts a worker thread from TypeScript in the source tree, or from the built file beside this one. */
import { Worker, type Transferable } from 'node:worker_threads'

/** By name, where each lies in the source tree; all lie beside each other where they are built. */
const rooms = {
  'engine-thread': 'engine',
  'writer-thread': 'engine',
  'mover-thread': 'engine',
  'forwarder-thread': 'engine',
  'sync-thread': 'directory-sync',
  'log-thread': 'log-forwarding',
  'retention-thread': 'jobs',
} as const
type ThreadName = keyof typeof rooms

/** Nearly all that a sign-in makes is garbage soon: room for it saves most collections, and what they would copy. */
const youngGenerationMb = 64

/** Resolves when the thread says that it is ready; rejects when it ends before. */
export function startThread(
  name: ThreadName,
  workerData: object,
  transferList: readonly Transferable[],
): Promise<Worker> {
  // On Node 20 a worker does not inherit the hooks that let the parent read TypeScript.
  const fromSource = import.meta.url.endsWith('.ts')
  const file = new URL(fromSource ? './thread-from-source.mjs' : `./${name}.js`, import.meta.url)
  const worker = new Worker(file, {
    name,
    workerData: fromSource
      ? { ...workerData, entry: new URL(`../${rooms[name]}/${name}.ts`, import.meta.url).href }
      : workerData,
    transferList: [...transferList],
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
  })
  return new Promise((resolve, reject) => {
    const onMessage = (message: { readonly kind: string }) => {
      if (message.kind !== 'ready') return
      worker.off('error', reject)
      worker.off('exit', onExit)
      worker.off('message', onMessage)
      resolve(worker)
    }
    const onExit = (code: number) => reject(new Error(`the ${name} ended at its start with code ${code}`))
    worker.on('message', onMessage)
    worker.once('error', reject)
    worker.once('exit', onExit)
  })
}
