/** What signed-in administrators see and change of themselves: second factors, recovery codes, sessions. */
import { z } from 'zod'
import { byId, id, timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { everyRole } from './roles.ts'
import { addPasskeyInput, passkeyOptions, passkeyRow } from './passkeys.ts'
import { sessionView } from './session.ts'

/** A session at work. `current`: the one that asks. */
export const sessionRow = z.object({
  id,
  current: z.boolean(),
  createdAt: timestamp,
  lastSeenAt: timestamp,
  address: z.string(),
  /** What the browser calls itself. */
  userAgent: z.string(),
})
export type SessionRow = z.infer<typeof sessionRow>

export const sessionRows = z.object({ rows: z.array(sessionRow) })

export const accountView = z.object({
  username: z.string(),
  lastSignInAt: timestamp.nullable(),
  totp: z.object({ createdAt: timestamp }).nullable(),
  /** Null: none were drawn. */
  recoveryCodes: z.object({ left: z.int(), createdAt: timestamp }).nullable(),
  passkeys: z.array(passkeyRow),
  /** Everybody needs a second factor: the last one stays. */
  secondFactorRequired: z.boolean(),
})
export type AccountView = z.infer<typeof accountView>

/** Shown once: `uri` for the QR code, `secret` (Base32) to type. It counts once a code of it was right. */
export const drawnTotp = z.object({ uri: z.string(), secret: z.string(), expiresAt: timestamp })
export type DrawnTotp = z.infer<typeof drawnTotp>

export const totpCodeInput = z.strictObject({
  code: z
    .string()
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'Enter the six digits that the app shows.')),
})
export type TotpCodeInput = z.infer<typeof totpCodeInput>

/** `recoveryCodes`: the first time, shown once; `session`: the sign-in is done with it. */
export const totpDone = z.object({ recoveryCodes: z.array(z.string()).nullable(), session: sessionView })
export type TotpDone = z.infer<typeof totpDone>

const common = { tag: 'My account', access: everyRole, noTokens: true } as const

export const account = {
  read: endpoint({
    ...common,
    method: 'GET',
    path: '/api/account',
    summary: 'One’s own second factors.',
    response: accountView,
  }),
  beginTotp: endpoint({
    ...common,
    method: 'POST',
    path: '/api/account/totp',
    summary: 'Draws the secret of a new authenticator app; it counts once a code of it was right.',
    stages: ['full', 'enrolment'],
    reauthenticate: true,
    response: drawnTotp,
  }),
  confirmTotp: endpoint({
    ...common,
    method: 'POST',
    path: '/api/account/totp/confirm',
    summary:
      'Takes the authenticator app whose code is given, in place of an earlier one, and ends one’s other sessions.',
    stages: ['full', 'enrolment'],
    body: totpCodeInput,
    response: totpDone,
  }),
  removeTotp: endpoint({
    ...common,
    method: 'DELETE',
    path: '/api/account/totp',
    summary: 'Gives up the authenticator app, unless it is the last second factor and everybody needs one.',
    reauthenticate: true,
  }),
  passkeyOptions: endpoint({
    ...common,
    method: 'POST',
    path: '/api/account/passkeys/options',
    summary: 'What the browser asks an authenticator that shall hold a new passkey; good once, for five minutes.',
    reauthenticate: true,
    response: passkeyOptions,
  }),
  addPasskey: endpoint({
    ...common,
    method: 'POST',
    path: '/api/account/passkeys',
    summary: 'Adds a passkey.',
    reauthenticate: true,
    body: addPasskeyInput,
    response: passkeyRow,
  }),
  removePasskey: endpoint({
    ...common,
    method: 'DELETE',
    path: '/api/account/passkeys/:id',
    summary: 'Removes a passkey, unless it is the last second factor and everybody needs one.',
    params: byId,
    reauthenticate: true,
  }),
  drawRecoveryCodes: endpoint({
    ...common,
    method: 'POST',
    path: '/api/account/recovery-codes',
    summary: 'Draws ten recovery codes, shown once, in place of the earlier ones.',
    reauthenticate: true,
    response: z.object({ codes: z.array(z.string()) }),
  }),
  sessions: endpoint({
    ...common,
    method: 'GET',
    path: '/api/account/sessions',
    summary: 'One’s own sessions, last seen first.',
    response: sessionRows,
  }),
  endSession: endpoint({
    ...common,
    method: 'DELETE',
    path: '/api/account/sessions/:id',
    summary: 'Ends one of one’s own sessions.',
    params: byId,
  }),
  endOtherSessions: endpoint({
    ...common,
    method: 'DELETE',
    path: '/api/account/sessions',
    summary: 'Ends all of one’s sessions but this one.',
  }),
}
