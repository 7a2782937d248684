/** What the threads of a running server keep after a full collection of their garbage. */
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import type { Product } from '../support/product.ts'

/** What the server has to be started with to be measured. */
export const heapReportArguments = [
  '--expose-gc',
  ...['--require', fileURLToPath(new URL('heap-report.cjs', import.meta.url))],
] as const
/** Main, engine, writer, mover, forwarder. */
const threads = 5

/** Asks every thread to collect its garbage and say what is left: the sum of heaps and of what they hold outside. */
export async function keptMegabytes({ pid, log }: Product): Promise<number> {
  const reports = () => log().match(/\{"heapReport":.*\}/g) ?? []
  const before = reports().length
  process.kill(pid(), 'SIGUSR2')
  const deadline = Date.now() + 10_000
  while (reports().length < before + threads) {
    if (Date.now() > deadline) throw new Error('not every thread of the server told its memory')
    await delay(20)
  }
  const octets = reports()
    .slice(before)
    .map((line) => (JSON.parse(line) as { heapReport: { octets: number } }).heapReport.octets)
  return octets.reduce((sum, each) => sum + each, 0) / 1e6
}
