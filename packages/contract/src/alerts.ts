/** Alerts: what somebody is told of by mail when it begins and when it is over, and what was told lately. */
import { z } from 'zod'
import { id, timestamp, version } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, everyRole } from './roles.ts'

export const alertKind = z.enum([
  'target-down',
  'log-receiver-behind',
  'disk-nearly-full',
  'certificate-expiring',
  'audit-broken',
  'lock-outs',
  'password-alone',
])
export type AlertKind = z.infer<typeof alertKind>

export const alertSettings = z.strictObject({
  /** Who is told; nobody: what happens is listed all the same. */
  recipients: z
    .array(z.email('Enter an address such as name@example.com.').max(254))
    .max(10, 'At most ten addresses.')
    .refine((all) => new Set(all).size === all.length, 'Each address once.'),
  /** What is looked for. */
  kinds: z.array(alertKind).refine((kinds) => new Set(kinds).size === kinds.length, 'Each kind once.'),
  version,
})
export type AlertSettings = z.infer<typeof alertSettings>

export const alertDefaults: Omit<AlertSettings, 'version'> = { recipients: [], kinds: [...alertKind.options] }

export const alertView = z.object({
  id,
  kind: alertKind,
  /** `began` and `ended`: of what lasts. `counted`: what happened since the last time. */
  about: z.enum(['began', 'ended', 'counted']),
  at: timestamp,
  /** What it is about: a server, a certificate; empty where there is only one. */
  subject: z.string(),
  detail: z.string(),
  /** When everybody had been told; null: nobody was, or not yet all. */
  notifiedAt: timestamp.nullable(),
  /** Why the last mail did not go. */
  problem: z.string().nullable(),
})
export type AlertView = z.infer<typeof alertView>

export const alertsView = z.object({
  settings: alertSettings,
  /** Whether any mail can be sent. */
  hasGateway: z.boolean(),
  /** The newest first, fifty at most. */
  rows: z.array(alertView),
})
export type AlertsView = z.infer<typeof alertsView>

const tag = 'Alerts'

export const alerts = {
  read: endpoint({
    method: 'GET',
    path: '/api/alerts',
    summary: 'Who is told of what by mail, and what there was to tell lately.',
    tag,
    access: everyRole,
    response: alertsView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/alerts',
    summary: 'Changes who is told of what, at once.',
    tag,
    access: administratorsOnly,
    body: alertSettings,
    response: alertsView,
  }),
} as const
