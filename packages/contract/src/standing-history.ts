/** Reports › Blocked, Bypassed and Fraud reports, as files of any size. */
import { z } from 'zod'
import { id, timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { everyRole } from './roles.ts'

/** What the lists of blocks, bypasses and fraud reports are filtered by; times are those at which each began. */
export const historyFilter = {
  from: timestamp.optional(),
  to: timestamp.optional(),
  userId: id.optional(),
  /** Matches the beginning of the username, in any case. */
  username: z.string().trim().max(253).optional(),
}

export const blockState = z.enum(['in-force', 'all'])
export const fraudReportState = z.enum(['open', 'all'])

const tag = 'Reports'

function files<Query extends z.ZodType>(path: string, what: string, query: Query) {
  return [
    endpoint({
      method: 'GET',
      path: `${path}.csv`,
      summary: `All ${what} that match, as CSV (RFC 4180, UTF-8 with a byte order mark), newest first, streamed.`,
      tag,
      access: everyRole,
      query,
      stream: 'text/csv',
    }),
    endpoint({
      method: 'GET',
      path: `${path}.jsonl`,
      summary: `All ${what} that match, a line of JSON for each, newest first, streamed.`,
      tag,
      access: everyRole,
      query,
      stream: 'application/x-ndjson',
    }),
  ] as const
}

const [blocksCsv, blocksJson] = files(
  '/api/reports/blocked',
  'blocks',
  z.strictObject({ ...historyFilter, state: blockState.default('all') }),
)
const [bypassesCsv, bypassesJson] = files('/api/reports/bypassed', 'one-time bypasses', z.strictObject(historyFilter))
const [fraudCsv, fraudJson] = files(
  '/api/reports/fraud-reports',
  'fraud reports',
  z.strictObject({ ...historyFilter, state: fraudReportState.default('all') }),
)

export const standingHistory = { blocksCsv, blocksJson, bypassesCsv, bypassesJson, fraudCsv, fraudJson }
