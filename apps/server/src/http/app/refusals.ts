/** What the mobile apps' listener refuses, counted by name: each name is an attack, or a phone whose clock is wrong. */
import type { FastifyBaseLogger } from 'fastify'

/**
 * `late`: signed too long ago, ahead of time, or before the server started; `forged`: not by this device’s key; `replayed`: seen before;
 * `forged-decision`: what was signed is not what was shown; `not-yours`: somebody else’s sign-in; `wrong-activation`: a code that is no
 * (longer) one; `flooded`: more than a device has reason to ask. The rest are the engine’s own words.
 */
export const refusals = [
  'malformed',
  'unknown-device',
  'late',
  'forged',
  'replayed',
  'flooded',
  'wrong-activation',
  'too-many-devices',
  'forged-decision',
  'not-yours',
  'unknown',
  'expired',
  'already-decided',
  'wrong-number',
  'wrong-pin',
] as const
export type Refusal = (typeof refusals)[number]

export interface Refusals {
  /** Counts one, and writes it to the log unless that name was written within the last minute. */
  readonly count: (refusal: Refusal, log: FastifyBaseLogger, about?: { readonly deviceId?: string }) => void
  readonly counts: () => Readonly<Record<Refusal, number>>
}

const quietMs = 60_000

export function createRefusals(clock: () => Date): Refusals {
  const counts = Object.fromEntries(refusals.map((name) => [name, 0])) as Record<Refusal, number>
  const written = new Map<Refusal, number>()
  return {
    count(refusal, log, about = {}) {
      counts[refusal] += 1
      const nowMs = clock().getTime()
      if (nowMs - (written.get(refusal) ?? -Infinity) < quietMs) return
      written.set(refusal, nowMs)
      log.warn({ refusal, count: counts[refusal], ...about }, 'a request of the mobile app was refused')
    },
    counts: () => ({ ...counts }),
  }
}
