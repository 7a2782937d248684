/** Where a list goes on: the sort keys of the last row, as an opaque string. */
import type { z } from 'zod'
import { StoreError } from '../store-error.ts'

export function encodeCursor(keys: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url')
}

/** Throws StoreError `bad-cursor` when it is not one that this list gave out. */
export function decodeCursor<Keys extends z.ZodType>(cursor: string, keys: Keys): z.output<Keys> {
  try {
    return keys.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch (cause) {
    throw new StoreError('bad-cursor', 'This list cannot go on from here: open it again.', { cause })
  }
}
