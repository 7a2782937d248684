// Loaded into every thread of the server that is measured (`node --expose-gc --require …`): on SIGUSR2 each thread collects its
// garbage and writes one line with what is left, so that what is kept can be told from what has only not been collected yet.
'use strict'
const { writeSync } = require('node:fs')
const { getHeapStatistics } = require('node:v8')
const { BroadcastChannel, isMainThread, threadId } = require('node:worker_threads')

const channel = new BroadcastChannel('heap-report')
channel.onmessage = report
channel.unref()
if (isMainThread) {
  process.on('SIGUSR2', () => {
    channel.postMessage('now')
    report()
  })
}

function report() {
  globalThis.gc()
  globalThis.gc()
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics()
  writeSync(2, `${JSON.stringify({ heapReport: { threadId, octets: heap + external } })}\n`)
}
