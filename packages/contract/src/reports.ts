/** Reports: what happened, for security teams. */
import { z } from 'zod'
import { byId, id, pageOf, pageQuery, timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { everyRole } from './roles.ts'
import { factorKind, factorOrNone, signInMethod, signInReason, signInResult, traceRound } from './sign-in.ts'

/** One sign-in: one row, however many datagrams it took. */
export const signInRow = z.object({
  id,
  at: timestamp,
  /** As the device sent it. */
  username: z.string(),
  user: z.object({ id, username: z.string() }).nullable(),
  client: z.object({ id, name: z.string() }).nullable(),
  /** The address that the datagrams came from. */
  clientAddress: z.string(),
  /** Calling-Station-Id: where the person is, as far as the device says. */
  callingStation: z.string().nullable(),
  method: signInMethod,
  factor: factorKind.nullable(),
  result: signInResult,
  reason: signInReason,
  /** From the first datagram to the last reply. */
  durationMs: z.number(),
  /** How many like it this row stands for; above 1 only where unanswered ones are gathered. */
  count: z.int().min(1),
  /** Asked for by an administrator on *Test sign-in*, not by a device. */
  test: z.boolean(),
})
export type SignInRow = z.infer<typeof signInRow>

export const signInDetails = signInRow.extend({ rounds: z.array(traceRound) })
export type SignInDetails = z.infer<typeof signInDetails>

export const signInFilter = {
  from: timestamp.optional(),
  to: timestamp.optional(),
  /** Matches the beginning of the username, in any case. */
  username: z.string().trim().max(253).optional(),
  result: signInResult.optional(),
  reason: signInReason.optional(),
  factor: factorOrNone.optional(),
  clientId: id.optional(),
  userId: id.optional(),
}
export const signInFilterQuery = z.strictObject(signInFilter)
export type SignInFilter = z.infer<typeof signInFilterQuery>
export const signInListQuery = z.strictObject({ ...pageQuery, ...signInFilter })
export type SignInListQuery = z.infer<typeof signInListQuery>

const tag = 'Reports'

export const reports = {
  listSignIns: endpoint({
    method: 'GET',
    path: '/api/reports/sign-ins',
    summary: 'A page of sign-ins, newest first.',
    tag,
    access: everyRole,
    query: signInListQuery,
    response: pageOf(signInRow),
  }),
  readSignIn: endpoint({
    method: 'GET',
    path: '/api/reports/sign-ins/:id',
    summary: 'One sign-in with its trace.',
    tag,
    access: everyRole,
    params: byId,
    response: signInDetails,
  }),
  exportSignIns: endpoint({
    method: 'GET',
    path: '/api/reports/sign-ins.csv',
    summary: 'All sign-ins that match, as CSV (RFC 4180, UTF-8 with a byte order mark), newest first, streamed.',
    tag,
    access: everyRole,
    query: signInFilterQuery,
    stream: 'text/csv',
  }),
  exportSignInsJson: endpoint({
    method: 'GET',
    path: '/api/reports/sign-ins.jsonl',
    summary: 'The same, a line of JSON for each sign-in, streamed.',
    tag,
    access: everyRole,
    query: signInFilterQuery,
    stream: 'application/x-ndjson',
  }),
}
