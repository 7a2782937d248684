// Lets a worker thread run TypeScript in the source tree (tests, development); the built server never loads this.
import { workerData } from 'node:worker_threads'

import { register } from 'tsx/esm/api'

register()
await import(workerData.entry)
