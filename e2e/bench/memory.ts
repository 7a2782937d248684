/** Whether the server's memory grows with the sign-ins that it has seen. Linux only. */
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

import { keptMegabytes } from './heap.ts'
import type { Loader } from './radload.ts'
import type { Site } from './site.ts'

export interface MemoryRun {
  readonly site: Site
  readonly load: Loader
  /** Users u1 … u{people}, each signing in once a step. */
  readonly people: number
  readonly steps: number
  /** Sign-ins that the server has seen already. */
  readonly before: number
}

export interface MemoryStep {
  readonly signIns: number
  readonly failed: number
  /** Resident, which depends on when the threads last collected their garbage. */
  readonly residentMb: number
  /** What all threads together keep after a full collection. */
  readonly keptMb: number
}

/** A time step of the codes, and a moment: after it everybody's token shows a code that nobody used. */
const newCodesMs = 31_000
/** The rounds before may have used the code of the step after theirs. */
const oldCodesMs = 3 * newCodesMs

/** Each step: everybody signs in once, then rest until the codes are new, then a reading. */
export async function memorySteps({ site, load, people, steps, before }: MemoryRun): Promise<readonly MemoryStep[]> {
  const { port, secret, product } = site
  const found: MemoryStep[] = []
  let signIns = before
  await delay(oldCodesMs)
  for (let step = 0; step < steps; step++) {
    const startedAt = Date.now()
    const everybody = { firstUser: 1, users: people, maximumSignIns: people }
    const result = await load({ port, secret, window: 256, seconds: 60, code: 'totp', ...everybody })
    signIns += result.accepts
    await delay(Math.max(0, startedAt + newCodesMs - Date.now()))
    const residentMb = await residentMegabytes(product.pid())
    found.push({ signIns, failed: people - result.accepts, residentMb, keptMb: await keptMegabytes(product) })
  }
  return found
}

/** How much more is kept after another 100,000 sign-ins, by least squares over the steps from 100,000 on; undefined before three. */
export function slopeMegabytes(steps: readonly MemoryStep[]): number | undefined {
  const late = steps.filter(({ signIns }) => signIns >= 100_000)
  if (late.length < 3) return undefined
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(late.map(({ signIns }) => signIns)), mean(late.map(({ keptMb }) => keptMb))]
  const covariance = mean(late.map(({ signIns, keptMb }) => (signIns - x) * (keptMb - y)))
  return (covariance / mean(late.map(({ signIns }) => (signIns - x) ** 2))) * 100_000
}

/** Resident set, in megabytes. */
export async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}
