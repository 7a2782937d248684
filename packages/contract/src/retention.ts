/** Retention: for how long each kind of record is kept, what is there, and what was removed. */
import { z } from 'zod'
import { id, timestamp, version } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, everyRole } from './roles.ts'

/**
 * What grows. `sign-ins`: with the traces of their datagrams. `usage-counts`: what reports over a long time read in their place.
 * `standing`: blocks and bypasses that are over. `imports`: files of users and of tokens, with what came of each row.
 */
export const retentionKind = z.enum([
  'sign-ins',
  'usage-counts',
  'vpn-sessions',
  'changes',
  'fraud-reports',
  'standing',
  'imports',
  'directory-syncs',
])
export type RetentionKind = z.infer<typeof retentionKind>

const refusals = { 7: '7 to 3650 days.', 30: '30 to 3650 days.', 365: '365 to 3650 days.' } as const

/** The fewest days that may be chosen; the trail of changes is what others are judged by. */
export const shortestRetentionDays = {
  'sign-ins': 7,
  'usage-counts': 30,
  'vpn-sessions': 7,
  changes: 365,
  'fraud-reports': 30,
  standing: 30,
  imports: 7,
  'directory-syncs': 7,
} as const satisfies Readonly<Record<RetentionKind, keyof typeof refusals>>

function daysOf(kind: RetentionKind) {
  const fewest = shortestRetentionDays[kind]
  const message = refusals[fewest]
  return z.int(message).min(fewest, message).max(3650, message).nullable()
}

/** By kind, the days after which it is removed; null: it is kept. */
export const retentionDays = z.strictObject({
  'sign-ins': daysOf('sign-ins'),
  'usage-counts': daysOf('usage-counts'),
  'vpn-sessions': daysOf('vpn-sessions'),
  changes: daysOf('changes'),
  'fraud-reports': daysOf('fraud-reports'),
  standing: daysOf('standing'),
  imports: daysOf('imports'),
  'directory-syncs': daysOf('directory-syncs'),
})
export type RetentionDays = z.infer<typeof retentionDays>

/** Nothing goes before somebody said so. */
export const retentionDefaults: RetentionDays = {
  'sign-ins': null,
  'usage-counts': null,
  'vpn-sessions': null,
  changes: null,
  'fraud-reports': null,
  standing: null,
  imports: null,
  'directory-syncs': null,
}

export const retentionSettings = z.strictObject({ days: retentionDays, version })
export type RetentionSettings = z.infer<typeof retentionSettings>

export const retentionStock = z.object({
  kind: retentionKind,
  rows: z.int(),
  /** Null: there is nothing. */
  oldestAt: timestamp.nullable(),
  /** On disk, with indexes: reckoned from a sample of the pages. */
  octets: z.int(),
})
export type RetentionStock = z.infer<typeof retentionStock>

export const retentionHold = z.enum(['trail-broken', 'not-counted'])
export type RetentionHold = z.infer<typeof retentionHold>

/** Of one kind, what is or was removed. */
export const retentionPart = z.object({
  kind: retentionKind,
  /** What is older goes. */
  before: timestamp,
  /** `held`: it had to stay, `problem` says why. */
  state: z.enum(['waiting', 'running', 'done', 'held', 'stopped']),
  toRemove: z.int(),
  removed: z.int(),
  /** `trail-broken`: the audit trail does not hold. `not-counted`: the report of usage has not counted these sign-ins yet. */
  problem: retentionHold.nullable(),
})
export type RetentionPart = z.infer<typeof retentionPart>

export const retentionRun = z.object({
  id,
  startedAt: timestamp,
  finishedAt: timestamp.nullable(),
  parts: z.array(retentionPart),
  /** `killed`: the server was stopped by force. What a run left that ended early goes with the next one. */
  problem: z.enum(['ended-early', 'killed']).nullable(),
})
export type RetentionRun = z.infer<typeof retentionRun>

export const retentionView = z.object({
  settings: retentionSettings,
  /** Null: nothing was counted yet; ask again in a moment. */
  stock: z.object({ countedAt: timestamp, kinds: z.array(retentionStock) }).nullable(),
  isCounting: z.boolean(),
  /** Of the database; `freeOctets` of them are used again before it grows. */
  file: z.object({ octets: z.int(), freeOctets: z.int() }).nullable(),
  /** The newest first, ten at most; the first may be under way. */
  runs: z.array(retentionRun),
})
export type RetentionView = z.infer<typeof retentionView>

export const retentionPreview = z.object({
  /** Names this preview when what it says is agreed to, within a quarter of an hour. */
  id,
  countedAt: timestamp,
  /** What would go at once, of the kinds of which anything would. */
  removes: z.array(
    z.object({
      kind: retentionKind,
      rows: z.int(),
      oldestAt: timestamp,
      /** What is older goes. */
      before: timestamp,
    }),
  ),
})
export type RetentionPreview = z.infer<typeof retentionPreview>

const tag = 'Retention'

export const retention = {
  read: endpoint({
    method: 'GET',
    path: '/api/retention',
    summary: 'For how long each kind of record is kept, how much of it there is, and what was removed lately.',
    tag,
    access: everyRole,
    response: retentionView,
  }),
  preview: endpoint({
    method: 'POST',
    path: '/api/retention/preview',
    summary: 'Counts what would be removed. Nothing is.',
    tag,
    access: administratorsOnly,
    body: z.strictObject({ days: retentionDays }),
    response: retentionPreview,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/retention',
    summary: 'Changes for how long records are kept; whatever is older is removed from now on, once a day.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    body: retentionSettings.extend({
      /** The preview that was agreed to; needed where anything is kept for a shorter time than before. */
      previewId: id.nullable(),
    }),
    response: retentionView,
  }),
} as const
