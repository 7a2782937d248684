/** Shapes that many resources share: ids, versions, dates, keyset pages. */
import { z } from 'zod'

/** A UUID in lower case. */
export const id = z.uuid()
export const byId = z.strictObject({ id })

/** ISO 8601 in UTC, with milliseconds. */
export const timestamp = z.iso.datetime()

/**
 * Counts the saves of a resource. A change sends the version that it was made from; when somebody else saved in
 * between, the answer is 409 `changed-meanwhile` with what stands now.
 */
export const version = z.int().min(1)
export const versionQuery = z.strictObject({ version: z.coerce.number().int().min(1) })

/** `cursor` comes from the page before; rows a page: 1 to 200. */
export const pageQuery = {
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}

const totals = { total: z.int().min(0), totalIsAtLeast: z.boolean().optional() }

/**
 * One page of a list: `nextCursor` is null on the last; `total` counts all rows that match. Where that would take too long, counting
 * stopped there, and `totalIsAtLeast` is true: there may be more.
 */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), nextCursor: z.string().nullable(), ...totals })
}

/** A line of text without control characters, trimmed. */
export function line(maximum: number) {
  return z
    .string()
    .trim()
    .max(maximum, `At most ${maximum} characters.`)
    .regex(/^[^\p{Cc}]*$/u, 'Control characters (tabs, line breaks) cannot be used here.')
}
