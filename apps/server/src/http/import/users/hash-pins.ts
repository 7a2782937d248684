/** Hashes the PINs of rows before they are taken: some at a time, so that sign-ins, which need the same threads, wait for few. */
import { availableParallelism } from 'node:os'

import { createTurns } from '../../../passwords/turns.ts'

export interface RowWithPin {
  /** Empty: none. */
  readonly pin: string
}

/** Half of libuv's four threads; where there are few processors, one. */
export const pinsAtOnce = availableParallelism() > 2 ? 2 : 1

/**
 * The rows in their order, each with the hash of its PIN, or null where it has none.
 * @param signal where it is aborted, what has not begun is left; rejects with its reason
 */
export async function hashPins<Row extends RowWithPin>(
  rows: readonly Row[],
  hash: (pin: string) => Promise<string>,
  { atOnce, signal }: { readonly atOnce: number; readonly signal: AbortSignal },
): Promise<(Row & { readonly pinHash: string | null })[]> {
  const turns = createTurns({ atOnce, waitingAtMost: rows.length })
  return Promise.all(
    rows.map(async (row) => {
      if (row.pin === '') return { ...row, pinHash: null }
      const pinHash = await turns(() => {
        signal.throwIfAborted()
        return hash(row.pin)
      })
      return { ...row, pinHash }
    }),
  )
}
