/** What the threads of a running server keep after a full collection of their garbage. */
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import type { Product } from '../support/product.ts'

/** What the server has to be started with to be measured. */
export const heapReportArguments = [
  '--expose-gc',
  ...['--require', fileURLToPath(new URL('heap-report.cjs', import.meta.url))],
] as const
/** Main, engine, writer, mover, forwarder; others come and go. */
const threadsAtLeast = 5
/** Nobody is still collecting once nothing came for so long. */
const quietMs = 500

interface HeapReport {
  readonly reading: number
  readonly threadId: number
  readonly octets: number
}

/** Asks every thread to collect its garbage and say what is left: the sum of heaps and of what they hold outside. */
export async function keptMegabytes(product: Product): Promise<number> {
  const reports = await reportsOf(product)
  return reports.reduce((sum, { octets }) => sum + octets, 0) / 1e6
}

async function reportsOf({ pid, log }: Product): Promise<readonly HeapReport[]> {
  const all = () =>
    (log().match(/\{"heapReport":.*\}/g) ?? []).map(
      (line) => (JSON.parse(line) as { heapReport: HeapReport }).heapReport,
    )
  const reading = 1 + Math.max(0, ...all().map((report) => report.reading))
  const ofThis = () => all().filter((report) => report.reading === reading)
  process.kill(pid(), 'SIGUSR2')
  const deadline = Date.now() + 10_000
  let [heard, quietSince] = [0, Date.now()]
  while (heard < threadsAtLeast || Date.now() - quietSince < quietMs) {
    if (Date.now() > deadline) throw new Error(`only ${heard} threads of the server told their memory`)
    await delay(20)
    if (ofThis().length > heard) [heard, quietSince] = [ofThis().length, Date.now()]
  }
  return ofThis()
}
