// Loaded into every thread of the server that is measured (`node --expose-gc --require …`): on each SIGUSR2 every thread collects its
// garbage and writes one line with what is left, so that what is kept can be told from what has only not been collected yet.
'use strict'
const { writeSync } = require('node:fs')
const { getHeapStatistics } = require('node:v8')
const { BroadcastChannel, isMainThread, threadId } = require('node:worker_threads')

const channel = new BroadcastChannel('heap-report')
channel.onmessage = ({ data }) => report(data)
channel.unref()
let asked = 0
if (isMainThread) {
  process.on('SIGUSR2', () => {
    asked++
    channel.postMessage(asked)
    report(asked)
  })
}

function report(reading) {
  globalThis.gc()
  globalThis.gc()
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics()
  writeSync(2, `${JSON.stringify({ heapReport: { reading, threadId, octets: heap + external } })}\n`)
}
