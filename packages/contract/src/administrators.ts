/** The console's own administrators, and the trail of what they changed. */
import { z } from 'zod'
import { sessionRows } from './account.ts'
import { byId, id, pageOf, pageQuery, timestamp, version, versionQuery } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, everyRole, role } from './roles.ts'
import { administratorName, newPassword } from './session.ts'

export const administratorView = z.object({
  id,
  username: z.string(),
  role,
  enabled: z.boolean(),
  /** What they sign in with beside the password. */
  factors: z.object({ totp: z.boolean(), passkeys: z.int(), recoveryCodesLeft: z.int() }),
  /** Whether an account of the OpenID Connect provider signs in as them. */
  openId: z.boolean(),
  lastSignInAt: timestamp.nullable(),
  lockedUntil: timestamp.nullable(),
  createdAt: timestamp,
  version,
})
export type AdministratorView = z.infer<typeof administratorView>

export const createAdministratorInput = z.strictObject({ username: administratorName, role, password: newPassword })
export type CreateAdministratorInput = z.infer<typeof createAdministratorInput>

/** `password` absent keeps the present one. */
export const changeAdministratorInput = z.strictObject({
  role,
  enabled: z.boolean(),
  password: newPassword.optional(),
  version,
})
export type ChangeAdministratorInput = z.infer<typeof changeAdministratorInput>

/** What is asked of every administrator. Who lacks it sets it up at their next sign-in, before anything else. */
export const administratorPolicy = z.strictObject({ secondFactorRequired: z.boolean(), version })
export type AdministratorPolicy = z.infer<typeof administratorPolicy>

/** What stands until somebody saves. */
export const administratorPolicyDefaults = { secondFactorRequired: true } as const

/** One change: `before` and `after` hold the fields that differ, secrets shown as changed but never their value. */
export const auditEntryView = z.object({
  sequence: z.int(),
  at: timestamp,
  administrator: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string().nullable(),
  subjectName: z.string().nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  address: z.string().nullable(),
})
export type AuditEntryView = z.infer<typeof auditEntryView>

export const auditQuery = z.strictObject({ ...pageQuery, search: z.string().trim().max(200).optional() })

const tag = 'Administrators'
const common = { tag, access: administratorsOnly, noTokens: true } as const

export const administrators = {
  list: endpoint({
    ...common,
    method: 'GET',
    path: '/api/administrators',
    summary: 'The administrators, by name.',
    response: z.object({ rows: z.array(administratorView) }),
  }),
  create: endpoint({
    ...common,
    reauthenticate: true,
    method: 'POST',
    path: '/api/administrators',
    summary: 'Adds an administrator.',
    body: createAdministratorInput,
    response: administratorView,
  }),
  change: endpoint({
    ...common,
    reauthenticate: true,
    method: 'PUT',
    path: '/api/administrators/:id',
    summary: 'Changes role, password or whether they may sign in; ends their sessions. The last one stays.',
    params: byId,
    body: changeAdministratorInput,
    response: administratorView,
  }),
  remove: endpoint({
    ...common,
    reauthenticate: true,
    method: 'DELETE',
    path: '/api/administrators/:id',
    summary: 'Removes an administrator and ends their sessions. The last one stays.',
    params: byId,
    query: versionQuery,
  }),
  resetFactors: endpoint({
    ...common,
    reauthenticate: true,
    method: 'POST',
    path: '/api/administrators/:id/reset-factors',
    summary:
      'Takes somebody’s second factors and recovery codes away and ends their sessions: they set up new ones at their next sign-in.',
    params: byId,
  }),
  sessions: endpoint({
    ...common,
    method: 'GET',
    path: '/api/administrators/:id/sessions',
    summary: 'Somebody’s sessions, last seen first.',
    params: byId,
    response: sessionRows,
  }),
  endSession: endpoint({
    ...common,
    method: 'DELETE',
    path: '/api/administrators/sessions/:id',
    summary: 'Ends a session, whosever it is.',
    params: byId,
  }),
  readPolicy: endpoint({
    ...common,
    method: 'GET',
    path: '/api/administrators/policy',
    summary: 'What is asked of every administrator.',
    response: administratorPolicy,
  }),
  changePolicy: endpoint({
    ...common,
    reauthenticate: true,
    method: 'PUT',
    path: '/api/administrators/policy',
    summary: 'Changes what is asked of every administrator.',
    body: administratorPolicy,
    response: administratorPolicy,
  }),
  audit: endpoint({
    method: 'GET',
    path: '/api/reports/changes',
    summary: 'What administrators changed, newest first.',
    tag: 'Reports',
    access: everyRole,
    query: auditQuery,
    response: pageOf(auditEntryView),
  }),
  exportAudit: endpoint({
    method: 'GET',
    path: '/api/reports/changes.jsonl',
    summary:
      'The whole audit trail with its hashes, a line of JSON each, streamed: `sallyport audit verify` checks it offline.',
    tag: 'Reports',
    access: everyRole,
    stream: 'application/x-ndjson',
  }),
}
