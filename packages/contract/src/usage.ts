/** Reports › Usage: who used what how often and how it ended, over time, by application, by method and by user. */
import { z } from 'zod'
import { id, pageQuery, timestamp } from './common.ts'
import { countedTimes, sliceStep } from './denials.ts'
import { endpoint } from './endpoint.ts'
import { everyRole } from './roles.ts'
import { factorOrNone } from './sign-in.ts'

/** How a sign-in can have ended: one that still waits for an answer is none yet. */
export const endedResult = z.enum(['accepted', 'rejected', 'unanswered'])
export type EndedResult = z.infer<typeof endedResult>

/** What the figures are told apart by: how it ended and why, the RADIUS client, the second factor. */
export const usageBy = z.enum(['result', 'application', 'method'])
export type UsageBy = z.infer<typeof usageBy>

const filter = {
  clientId: id.optional(),
  factor: factorOrNone.optional(),
  result: endedResult.optional(),
}

export const usageQuery = countedTimes.extend({ ...filter, userId: id.optional(), by: usageBy.default('result') })
export type UsageQuery = z.infer<typeof usageQuery>

const count = z.int().min(0)

export const usageCount = z.object({
  /** A reason, the id of a RADIUS client, or a second factor; empty: of no client. */
  key: z.string(),
  result: endedResult,
  count,
})
export type UsageCount = z.infer<typeof usageCount>

export const usageSlice = z.object({
  from: timestamp,
  /** Where the next one begins. */
  to: timestamp,
  counts: z.array(usageCount),
})
export type UsageSlice = z.infer<typeof usageSlice>

export const usageView = z.object({
  by: usageBy,
  step: sliceStep,
  /** The zone whose days were counted: of one user, UTC. */
  zone: z.string(),
  /** Without a gap, the oldest first. */
  slices: z.array(usageSlice),
  /** The applications that are named by their ids. */
  names: z.record(z.string(), z.string()),
  /** How many older sign-ins are still to be counted: of a release that counted none. */
  uncounted: count,
})
export type UsageView = z.infer<typeof usageView>

/** Whether the list has those who signed in (or tried to) in that time, those who did not, or all. */
export const usageWho = z.enum(['active', 'inactive', 'all'])
export type UsageWho = z.infer<typeof usageWho>

const userFilter = {
  from: timestamp.optional(),
  to: timestamp.optional(),
  ...filter,
  /** Matches the beginning of the username, in any case. */
  username: z.string().trim().max(253).optional(),
  who: usageWho.default('active'),
}
export const usageUsersQuery = z.strictObject(userFilter)
export type UsageUsersQuery = z.infer<typeof usageUsersQuery>

const factorCounts = z.partialRecord(factorOrNone, count)

export const userUsage = z.object({
  user: z.object({ id, username: z.string(), name: z.string() }),
  accepted: count,
  rejected: count,
  unanswered: count,
  /** Of those that were accepted: by second factor. */
  methods: factorCounts,
  lastSignInAt: timestamp.nullable(),
})
export type UserUsage = z.infer<typeof userUsage>

export const userUsagePage = z.object({
  rows: z.array(userUsage),
  /** Null on the last page. A page may hold fewer rows than were asked for, and still not be the last. */
  nextCursor: z.string().nullable(),
  /** Whole days of UTC are counted: from the beginning of the first one to the end of the last. */
  from: timestamp,
  to: timestamp,
})

const tag = 'Reports'

export const usage = {
  read: endpoint({
    method: 'GET',
    path: '/api/reports/usage',
    summary: 'How many sign-ins ended how, by reason, RADIUS client or second factor, slice by slice of a time.',
    tag,
    access: everyRole,
    query: usageQuery,
    response: usageView,
  }),
  exportCsv: endpoint({
    method: 'GET',
    path: '/api/reports/usage.csv',
    summary: 'The same as CSV (RFC 4180, UTF-8 with a byte order mark), a line for each slice and count, streamed.',
    tag,
    access: everyRole,
    query: usageQuery,
    stream: 'text/csv',
  }),
  exportJson: endpoint({
    method: 'GET',
    path: '/api/reports/usage.jsonl',
    summary: 'The same, a line of JSON for each slice, streamed.',
    tag,
    access: everyRole,
    query: usageQuery,
    stream: 'application/x-ndjson',
  }),
  users: endpoint({
    method: 'GET',
    path: '/api/reports/usage/users',
    summary: 'A page of users in the order of their names, with how often each signed in, in whole days of UTC.',
    tag,
    access: everyRole,
    query: z.strictObject({ ...pageQuery, ...userFilter }),
    response: userUsagePage,
  }),
  exportUsersCsv: endpoint({
    method: 'GET',
    path: '/api/reports/usage/users.csv',
    summary: 'The same of all users that match, as CSV (RFC 4180, UTF-8 with a byte order mark), streamed.',
    tag,
    access: everyRole,
    query: usageUsersQuery,
    stream: 'text/csv',
  }),
  exportUsersJson: endpoint({
    method: 'GET',
    path: '/api/reports/usage/users.jsonl',
    summary: 'The same, a line of JSON for each user, streamed.',
    tag,
    access: everyRole,
    query: usageUsersQuery,
    stream: 'application/x-ndjson',
  }),
}
