/** What several lists keep in the address; a value that makes no sense counts as none. */
import { z } from 'zod'

/** Free text. The router reads `?search=1234` as a number. */
export const textParam = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined)

/** One of a few words. */
export function choiceParam<const Choice extends string>(choices: readonly Choice[]) {
  return z.enum(choices).optional().catch(undefined)
}

export const idParam = z.uuid().optional().catch(undefined)

/** ISO 8601 in UTC. */
export const timeParam = z.iso.datetime().optional().catch(undefined)
