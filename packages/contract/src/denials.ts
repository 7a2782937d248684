/** Reports › Denials: who was not let in, counted by reason and over time. */
import { z } from 'zod'
import { timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { everyRole } from './roles.ts'
import { signInReason } from './sign-in.ts'

/** The time that a report of counts looks at; absent `from`: since the first sign-in; absent `to`: until now. */
export const countedTimes = z.strictObject({
  from: timestamp.optional(),
  to: timestamp.optional(),
  /** The IANA time zone whose hours, days, weeks and months are counted by. */
  zone: z.string().max(64).default('UTC').refine(isZone, 'This is no time zone of the IANA database.'),
})
export type CountedTimes = z.infer<typeof countedTimes>

/** A quarter of an hour, and so on: the longer the time, the longer a slice of it. Weeks begin on Monday. */
export const sliceStep = z.enum(['quarter', 'hour', 'day', 'week', 'month'])
export type SliceStep = z.infer<typeof sliceStep>

export const deniedResult = z.enum(['rejected', 'unanswered'])

export const denialCount = z.object({ result: deniedResult, reason: signInReason, count: z.int().min(1) })
export type DenialCount = z.infer<typeof denialCount>

export const denialSlice = z.object({
  from: timestamp,
  /** Where the next one begins. */
  to: timestamp,
  /** How many were let in. */
  accepted: z.int().min(0),
  /** The commonest first. */
  denials: z.array(denialCount),
})
export type DenialSlice = z.infer<typeof denialSlice>

/** One after the other, without a gap, the oldest first; the first and the last end where the time does. */
export const denialsView = z.object({ step: sliceStep, slices: z.array(denialSlice) })
export type DenialsView = z.infer<typeof denialsView>

const tag = 'Reports'

export const denials = {
  read: endpoint({
    method: 'GET',
    path: '/api/reports/denials',
    summary: 'How many sign-ins were rejected or left unanswered, by reason, slice by slice of a time.',
    tag,
    access: everyRole,
    query: countedTimes,
    response: denialsView,
  }),
  exportCsv: endpoint({
    method: 'GET',
    path: '/api/reports/denials.csv',
    summary: 'The same as CSV (RFC 4180, UTF-8 with a byte order mark), a line for each slice and reason, streamed.',
    tag,
    access: everyRole,
    query: countedTimes,
    stream: 'text/csv',
  }),
  exportJson: endpoint({
    method: 'GET',
    path: '/api/reports/denials.jsonl',
    summary: 'The same, a line of JSON for each slice, streamed.',
    tag,
    access: everyRole,
    query: countedTimes,
    stream: 'application/x-ndjson',
  }),
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
