/** What stands for or against a user: blocks, one-time bypasses, fraud reports; and what they are asked with. */
import { z } from 'zod'
import { id, line, pageOf, pageQuery, timestamp, byId, version } from './common.ts'
import { endpoint } from './endpoint.ts'
import { phoneExtension, phoneNumberInput } from './phone-number.ts'
import { everyRole, helpDesk } from './roles.ts'
import { factorKind, lackOfMethod } from './sign-in.ts'
import { blockState, fraudReportState, historyFilter } from './standing-history.ts'

/** How a user is asked for a second factor; what is empty or null, Company Settings decide. */
export const userFactorFields = {
  factorMethods: z
    .array(factorKind)
    .max(5)
    .refine((methods) => new Set(methods).size === methods.length, 'Each method once.'),
  phone: phoneNumberInput,
  phoneExtension,
  backupPhone: phoneNumberInput,
  backupExtension: phoneExtension,
  callMode: z.enum(['standard', 'pin']).nullable(),
  textMode: z.enum(['one-way', 'two-way']).nullable(),
  textWithPin: z.boolean().nullable(),
  appMode: z.enum(['standard', 'pin']).nullable(),
  /** BCP 47; empty: Company Settings'. */
  language: z.string().regex(/^([a-z]{2}(-[A-Z]{2})?)?$/, 'A language such as en or de.'),
}
export const changeUserFactorsInput = z.strictObject({ ...userFactorFields, version })
export type ChangeUserFactorsInput = z.infer<typeof changeUserFactorsInput>
export const userFactors = z.object({ ...userFactorFields, phone: z.string(), backupPhone: z.string() })
export type UserFactors = z.infer<typeof userFactors>

export const blockSource = z.enum(['administrator', 'fraud-report'])
export const blockView = z.object({
  id,
  user: z.object({ id, username: z.string() }),
  reason: z.string(),
  source: blockSource,
  blockedBy: z.string(),
  createdAt: timestamp,
  /** Null: until somebody unblocks. */
  until: timestamp.nullable(),
  endedAt: timestamp.nullable(),
  endedBy: z.string().nullable(),
  inForce: z.boolean(),
})
export type BlockView = z.infer<typeof blockView>

export const bypassView = z.object({
  id,
  user: z.object({ id, username: z.string() }),
  reason: z.string(),
  givenBy: z.string(),
  createdAt: timestamp,
  expiresAt: timestamp,
  usedAt: timestamp.nullable(),
  /** The sign-in that used it. */
  signInId: z.string().nullable(),
  endedAt: timestamp.nullable(),
  state: z.enum(['open', 'used', 'expired', 'ended']),
})
export type BypassView = z.infer<typeof bypassView>

export const fraudReportView = z.object({
  id,
  at: timestamp,
  /** `exists` false: the user was removed since. */
  user: z.object({ id, username: z.string(), exists: z.boolean() }),
  signInId: z.string(),
  via: z.enum(['app', 'call', 'text', 'portal']),
  applicationName: z.string(),
  callingStation: z.string().nullable(),
  /** Whether the report blocked the user. */
  blocked: z.boolean(),
  handledAt: timestamp.nullable(),
  handledBy: z.string().nullable(),
  note: z.string(),
  /** When somebody was told by mail. */
  notifiedAt: timestamp.nullable(),
})
export type FraudReportView = z.infer<typeof fraudReportView>

const reason = line(200).min(1, 'Say why: it is shown with the sign-ins that this concerns.')

/** `until` null: until somebody unblocks. */
export const blockInput = z.strictObject({ reason, until: timestamp.nullable() })
export type BlockInput = z.infer<typeof blockInput>
export const bypassInput = z.strictObject({
  reason,
  seconds: z.int('Whole seconds.').min(10, '10 to 86,400 seconds.').max(86_400, '10 to 86,400 seconds (one day).'),
})
export type BypassInput = z.infer<typeof bypassInput>

const initialPin = z.string().regex(/^[0-9]{4,12}$/, '4 to 12 digits.')
export const setPinInput = z.strictObject({ pin: initialPin })
export type SetPinInput = z.infer<typeof setPinInput>

/** What the next sign-in of a user would meet, in words that the console has: by what stands now, wherever they come from. */
export const nextSignIn = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('blocked'), until: timestamp.nullable() }),
  z.object({ kind: z.literal('refused-factor-off') }),
  z.object({ kind: z.literal('password-alone') }),
  z.object({ kind: z.literal('locked'), until: timestamp }),
  z.object({ kind: z.literal('bypass'), until: timestamp }),
  /** The methods that can be used now, in the order in which they are tried; the first is asked. */
  z.object({ kind: z.literal('asked'), methods: z.array(factorKind) }),
  z.object({ kind: z.literal('nothing-usable') }),
])
export type NextSignIn = z.infer<typeof nextSignIn>

export const userStandingView = z.object({
  factors: userFactors,
  /** As the user's own: changes with every save. */
  version,
  /** `expired`: Company Settings let a PIN stand for so many days, and this one is older. */
  pin: z.object({ changedAt: timestamp, mustChange: z.boolean(), expired: z.boolean() }).nullable(),
  devices: z.array(
    z.object({
      id,
      name: z.string(),
      userAgent: z.string(),
      pushes: z.boolean(),
      createdAt: timestamp,
      lastSeenAt: timestamp.nullable(),
    }),
  ),
  /** The newest first; at most 20. */
  blocks: z.array(blockView),
  bypasses: z.array(bypassView),
  fraudReports: z.array(fraudReportView),
  next: nextSignIn,
  /** Methods that are meant but cannot be used, and what is missing. */
  missing: z.array(
    z.object({
      method: factorKind,
      what: lackOfMethod,
    }),
  ),
})
export type UserStandingView = z.infer<typeof userStandingView>

const tag = 'People'
const listQuery = { ...pageQuery, ...historyFilter }

export const people = {
  standing: endpoint({
    method: 'GET',
    path: '/api/users/:id/standing',
    summary: 'How one user is asked for a second factor, and what stands for or against them.',
    tag,
    access: everyRole,
    params: byId,
    response: userStandingView,
  }),
  changeFactors: endpoint({
    method: 'PUT',
    path: '/api/users/:id/factors',
    summary: 'Changes how a user is asked for a second factor.',
    tag,
    access: helpDesk,
    params: byId,
    body: changeUserFactorsInput,
    response: userStandingView,
  }),
  setPin: endpoint({
    method: 'PUT',
    path: '/api/users/:id/pin',
    summary: 'Sets an initial PIN, which the user has to change at its first use. It is never shown again.',
    tag,
    access: helpDesk,
    params: byId,
    body: setPinInput,
    response: userStandingView,
  }),
  removePin: endpoint({
    method: 'DELETE',
    path: '/api/users/:id/pin',
    summary: 'Removes a user’s PIN.',
    tag,
    access: helpDesk,
    params: byId,
  }),
  revokeDevice: endpoint({
    method: 'DELETE',
    path: '/api/app-devices/:id',
    summary: 'Revokes the mobile app on a device, at once.',
    tag,
    access: helpDesk,
    params: byId,
  }),
  block: endpoint({
    method: 'POST',
    path: '/api/users/:id/blocks',
    summary: 'Blocks a user, at once: no sign-in of theirs succeeds.',
    tag,
    access: helpDesk,
    params: byId,
    body: blockInput,
    response: userStandingView,
  }),
  unblock: endpoint({
    method: 'POST',
    path: '/api/users/:id/unblock',
    summary: 'Ends every block of a user.',
    tag,
    access: helpDesk,
    params: byId,
    response: userStandingView,
  }),
  giveBypass: endpoint({
    method: 'POST',
    path: '/api/users/:id/bypasses',
    summary: 'Lets a user in once, within so many seconds, on the password alone.',
    tag,
    access: helpDesk,
    params: byId,
    body: bypassInput,
    response: userStandingView,
  }),
  endBypasses: endpoint({
    method: 'POST',
    path: '/api/users/:id/bypasses/end',
    summary: 'Takes back the bypasses that a user has not used.',
    tag,
    access: helpDesk,
    params: byId,
    response: userStandingView,
  }),
  blocks: endpoint({
    method: 'GET',
    path: '/api/blocks',
    summary: 'Blocks, newest first: those in force, or all that ever were.',
    tag,
    access: everyRole,
    query: z.strictObject({ ...listQuery, state: blockState.default('in-force') }),
    response: pageOf(blockView),
  }),
  bypasses: endpoint({
    method: 'GET',
    path: '/api/bypasses',
    summary: 'One-time bypasses, newest first.',
    tag,
    access: everyRole,
    query: z.strictObject(listQuery),
    response: pageOf(bypassView),
  }),
  fraudReports: endpoint({
    method: 'GET',
    path: '/api/fraud-reports',
    summary: 'Fraud reports, newest first: those that nobody has handled, or all.',
    tag,
    access: everyRole,
    query: z.strictObject({ ...listQuery, state: fraudReportState.default('open') }),
    response: pageOf(fraudReportView),
  }),
  handleFraudReport: endpoint({
    method: 'PUT',
    path: '/api/fraud-reports/:id',
    summary: 'Marks a fraud report as handled, with a note.',
    tag,
    access: helpDesk,
    params: byId,
    body: z.strictObject({ note: line(500) }),
    response: fraudReportView,
  }),
}
