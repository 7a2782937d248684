/** Saved reports: a report with its filters under a name, and, where somebody wants that, when it mails itself to whom. */
import { z } from 'zod'
import { byId, id, line, timestamp, version, versionQuery } from './common.ts'
import { endpoint } from './endpoint.ts'
import { signInFilterQuery } from './reports.ts'
import { administratorsOnly, everyRole } from './roles.ts'
import { factorOrNone } from './sign-in.ts'
import { endedResult, usageBy, usageWho } from './usage.ts'
import { vpnSessionFilterQuery } from './vpn-sessions.ts'

const text = z.string().trim().max(253).optional()
const noTimes = { from: true, to: true } as const
const empty = z.strictObject({})

/** What each report is filtered by, under the names that its page keeps in the address; the time is apart. */
export const savedReportContent = z.discriminatedUnion('report', [
  z.strictObject({ report: z.literal('sign-ins'), filters: signInFilterQuery.omit(noTimes) }),
  z.strictObject({
    report: z.literal('usage'),
    filters: z.strictObject({
      by: z.enum([...usageBy.options, 'user']).optional(),
      clientId: id.optional(),
      factor: factorOrNone.optional(),
      result: endedResult.optional(),
      userId: id.optional(),
      username: text,
      who: usageWho.optional(),
    }),
  }),
  z.strictObject({ report: z.literal('denials'), filters: empty }),
  z.strictObject({
    report: z.literal('vpn-sessions'),
    /** `view` absent: those that go on now, whenever they began. */
    filters: vpnSessionFilterQuery.omit(noTimes).extend({ view: z.literal('all').optional() }),
  }),
  z.strictObject({
    report: z.literal('blocked'),
    filters: z.strictObject({ username: text, userId: id.optional(), state: z.literal('in-force').optional() }),
  }),
  z.strictObject({
    report: z.literal('bypassed'),
    filters: z.strictObject({ username: text, userId: id.optional() }),
  }),
  z.strictObject({
    report: z.literal('fraud-reports'),
    /** `view` absent: those that nobody handled. */
    filters: z.strictObject({ view: z.literal('all').optional() }),
  }),
  z.strictObject({ report: z.literal('client-security'), filters: empty }),
  z.strictObject({
    report: z.literal('changes'),
    filters: z.strictObject({ search: z.string().trim().max(100).optional() }),
  }),
])
export type SavedReportContent = z.infer<typeof savedReportContent>
export type SavedReportKind = SavedReportContent['report']

/**
 * The time that a report looks at, relative to when it is looked at, but for `fixed`. `last-week` is from Monday to Monday, `last-month`
 * the calendar's. In a mail, days are whole days of the schedule's zone, up to the one that the mail is sent on.
 */
export const savedPeriod = z.enum(['1h', '24h', '7d', '30d', '365d', 'last-week', 'last-month', 'all', 'fixed'])
export type SavedPeriod = z.infer<typeof savedPeriod>

const fields = {
  name: line(80).min(1, 'Enter a name.'),
  content: savedReportContent,
  period: savedPeriod,
  /** Of `fixed` alone. */
  from: timestamp.nullable(),
  to: timestamp.nullable(),
}

export const createSavedReportInput = z.strictObject(fields).superRefine(({ period, from, to }, context) => {
  if (period === 'fixed' && from === null && to === null) {
    context.addIssue({ code: 'custom', path: ['period'], message: 'A fixed time needs a beginning or an end.' })
  }
  if (period !== 'fixed' && (from !== null || to !== null)) {
    context.addIssue({ code: 'custom', path: ['period'], message: 'Only a fixed time has a beginning and an end.' })
  }
  if (from !== null && to !== null && from > to) {
    context.addIssue({ code: 'custom', path: ['to'], message: 'The end comes before the beginning.' })
  }
})
export type CreateSavedReportInput = z.infer<typeof createSavedReportInput>

export const changeSavedReportInput = createSavedReportInput.safeExtend({ version })
export type ChangeSavedReportInput = z.infer<typeof changeSavedReportInput>

export const scheduleEvery = z.enum(['day', 'week', 'month'])
/** In a mail's attachment: a line of JSON for each row, or CSV. */
export const savedReportFormat = z.enum(['csv', 'json'])

export const reportSchedule = z.strictObject({
  every: scheduleEvery,
  /** Of `week`: 1 is Monday. */
  weekday: z.int().min(1).max(7),
  /** Of `month`: a day that each has, or the last. */
  monthDay: z.union([z.int().min(1).max(28), z.literal('last')]),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time such as 07:30.'),
  zone: z.string().max(64).refine(isNamedZone, 'Enter a time zone such as Europe/Berlin.'),
  recipients: z
    .array(z.email('Enter an address such as name@example.com.').max(254))
    .min(1, 'Enter at least one address.')
    .max(20, 'At most twenty addresses.')
    .refine((all) => new Set(all.map((each) => each.toLowerCase())).size === all.length, 'Each address once.'),
  format: savedReportFormat,
  language: z.enum(['en', 'de']),
})
export type ReportSchedule = z.infer<typeof reportSchedule>

export const changeReportScheduleInput = z.strictObject({
  /** Null: it mails itself no more. */
  schedule: reportSchedule.nullable(),
  version,
})
export type ChangeReportScheduleInput = z.infer<typeof changeReportScheduleInput>

/** `stopped`: who set up the schedule may not do so any more. */
export const savedReportOutcome = z.enum(['sent', 'failed', 'stopped'])

export const savedReportView = z.object({
  id,
  name: z.string(),
  content: savedReportContent,
  period: savedPeriod,
  from: timestamp.nullable(),
  to: timestamp.nullable(),
  createdBy: z.string(),
  schedule: reportSchedule.nullable(),
  /** Who answers for the schedule; null where there is none. */
  scheduledBy: z.string().nullable(),
  /** Null: none, or it was stopped. */
  nextAt: timestamp.nullable(),
  /** What is under way. */
  running: z
    .object({ since: timestamp, attempts: z.int(), againAt: timestamp.nullable(), problem: z.string().nullable() })
    .nullable(),
  last: z
    .object({
      at: timestamp,
      outcome: savedReportOutcome,
      problem: z.string().nullable(),
      /** How many times of sending had passed unused before it. */
      missed: z.int(),
      rows: z.int().nullable(),
      /** False: it was too large, and the mail says where to find it. */
      attached: z.boolean(),
    })
    .nullable(),
  version,
})
export type SavedReportView = z.infer<typeof savedReportView>

/** So many saved reports there may be. */
export const savedReportsAtMost = 200

const tag = 'Reports'

export const savedReports = {
  list: endpoint({
    method: 'GET',
    path: '/api/saved-reports',
    summary: 'The saved reports by name, when each mails itself, and what came of it.',
    tag,
    access: everyRole,
    response: z.object({ rows: z.array(savedReportView), hasGateway: z.boolean(), hasAddress: z.boolean() }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/saved-reports',
    summary: 'Saves a report under a name.',
    tag,
    access: administratorsOnly,
    body: createSavedReportInput,
    response: savedReportView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/saved-reports/:id',
    summary: 'Changes the name, the filters and the time of a saved report.',
    tag,
    access: administratorsOnly,
    params: byId,
    body: changeSavedReportInput,
    response: savedReportView,
  }),
  changeSchedule: endpoint({
    method: 'PUT',
    path: '/api/saved-reports/:id/schedule',
    summary: 'Says when a saved report mails itself to whom, in the name of the caller, or that it does not.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    params: byId,
    body: changeReportScheduleInput,
    response: savedReportView,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/saved-reports/:id',
    summary: 'Removes a saved report; it mails itself no more.',
    tag,
    access: administratorsOnly,
    params: byId,
    query: versionQuery,
  }),
  send: endpoint({
    method: 'POST',
    path: '/api/saved-reports/:id/send',
    summary: 'Has a saved report mail itself now, to the addresses of its schedule.',
    tag,
    access: administratorsOnly,
    params: byId,
    response: savedReportView,
  }),
} as const

/** A region's name: an offset such as +02:00 knows no summer. */
function isNamedZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}
