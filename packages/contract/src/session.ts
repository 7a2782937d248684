/** First-run set-up, and an administrator's sign-in to the console. */
import { z } from 'zod'
import { timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { passkeyInput, passkeyOptions } from './passkeys.ts'
import { everyRole, role } from './roles.ts'

export const administratorName = z
  .string()
  .trim()
  .min(1, 'Enter a user name.')
  .max(64, 'At most 64 characters.')
  .regex(/^[A-Za-z0-9._@-]+$/, 'Use letters, digits and . _ @ - only.')

/** NIST SP 800-63B §3.1.1: length is what counts; no rules of composition. */
export const newPassword = z
  .string()
  .min(12, 'Use at least 12 characters; a few unrelated words do well.')
  .max(256, 'At most 256 characters.')

/** What may prove who somebody is, beside the password. */
export const ownFactor = z.enum(['totp', 'recovery-code', 'passkey'])
export type OwnFactor = z.infer<typeof ownFactor>

export const sessionView = z.object({
  administrator: z.object({ id: z.uuid(), username: z.string(), role }),
  /** What a proof of who they are asks for beside the password; empty: nothing. */
  factors: z.array(ownFactor),
  expiresAt: timestamp,
  /** True where the server runs the demonstration's sample site. */
  sampleSite: z.boolean(),
  /** Whether passkeys work at the address that is configured for the console. */
  passkeys: z.boolean(),
})
export type SessionView = z.infer<typeof sessionView>

export const setUpInput = z.strictObject({
  code: z.string().trim().min(1, 'Enter the set-up code from the server’s log.').max(64),
  username: administratorName,
  password: newPassword,
})
export type SetUpInput = z.infer<typeof setUpInput>

export const signInInput = z.strictObject({
  username: z.string().trim().min(1, 'Enter your user name.').max(64),
  password: z.string().min(1, 'Enter your password.').max(256),
})
export type SignInInput = z.infer<typeof signInInput>

/** What follows the password: nothing, a second factor, or setting one up. Until it is done, the session can do nothing else. */
export const signInAnswer = z.discriminatedUnion('next', [
  z.object({ next: z.literal('nothing'), session: sessionView }),
  z.object({ next: z.literal('factor'), factors: z.array(ownFactor) }),
  z.object({ next: z.literal('enrolment') }),
])
export type SignInAnswer = z.infer<typeof signInAnswer>

const factorCode = z
  .string()
  .trim()
  .min(1, 'Enter the code that your authenticator app shows, or a recovery code.')
  .max(64, 'That is longer than any code.')

/** A code of the authenticator app, or a recovery code. */
export const factorInput = z.strictObject({ code: factorCode })
export type FactorInput = z.infer<typeof factorInput>

/** `code`: where the session's `factors` are not empty. */
export const proofInput = z.strictObject({
  password: z.string().min(1, 'Enter your password.').max(256),
  code: factorCode.optional(),
})
export type ProofInput = z.infer<typeof proofInput>

export const changePasswordInput = z.strictObject({
  currentPassword: z.string().min(1, 'Enter your present password.').max(256),
  newPassword,
})
export type ChangePasswordInput = z.infer<typeof changePasswordInput>

const tag = 'Session'

export const session = {
  readSetUp: endpoint({
    method: 'GET',
    path: '/api/setup',
    summary: 'Whether the first administrator has still to be made, and how one may sign in beside a password.',
    tag,
    access: 'public',
    response: z.object({
      needed: z.boolean(),
      passkeys: z.boolean(),
      /** By an OpenID Connect provider, and what its button says; null: none is in use. */
      provider: z.object({ label: z.string() }).nullable(),
    }),
  }),
  setUp: endpoint({
    method: 'POST',
    path: '/api/setup',
    summary: 'Makes the first administrator, with the one-time code from the server’s log, and signs them in.',
    tag,
    access: 'public',
    body: setUpInput,
    response: sessionView,
  }),
  signIn: endpoint({
    method: 'POST',
    path: '/api/session',
    summary:
      'Signs an administrator in by password; the session is an HttpOnly cookie, good for what `next` names alone.',
    tag,
    access: 'public',
    body: signInInput,
    response: signInAnswer,
  }),
  proveFactor: endpoint({
    method: 'POST',
    path: '/api/session/factor',
    summary: 'The second step of a sign-in: a code of the authenticator app, or a recovery code.',
    tag,
    access: everyRole,
    stages: ['factor'],
    noTokens: true,
    body: factorInput,
    response: sessionView,
  }),
  passkeyOptions: endpoint({
    method: 'POST',
    path: '/api/session/passkey/options',
    summary: 'What this browser asks a passkey for a sign-in; good once, for five minutes.',
    tag,
    access: 'public',
    response: passkeyOptions,
  }),
  signInByPasskey: endpoint({
    method: 'POST',
    path: '/api/session/passkey',
    summary: 'Signs in by a passkey that verified its user: both factors in one step.',
    tag,
    access: 'public',
    body: passkeyInput,
    response: sessionView,
  }),
  proofPasskeyOptions: endpoint({
    method: 'POST',
    path: '/api/session/proof/passkey/options',
    summary: 'What one’s own passkeys are asked, to prove again who is signed in; good once, for five minutes.',
    tag,
    access: everyRole,
    noTokens: true,
    response: passkeyOptions,
  }),
  proveAgainByPasskey: endpoint({
    method: 'POST',
    path: '/api/session/proof/passkey',
    summary: 'Proves again who is signed in, by one of their passkeys.',
    tag,
    access: everyRole,
    noTokens: true,
    body: passkeyInput,
  }),
  proveAgain: endpoint({
    method: 'POST',
    path: '/api/session/proof',
    summary: 'Proves again who is signed in, for ten minutes: what touches secrets or roles asks for it.',
    tag,
    access: everyRole,
    noTokens: true,
    body: proofInput,
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/session',
    summary: 'Who is signed in.',
    tag,
    access: everyRole,
    noTokens: true,
    response: sessionView,
  }),
  signOut: endpoint({
    method: 'DELETE',
    path: '/api/session',
    summary: 'Ends the session.',
    tag,
    access: everyRole,
    stages: ['full', 'factor', 'enrolment'],
    noTokens: true,
  }),
  changePassword: endpoint({
    method: 'POST',
    path: '/api/session/password',
    summary: 'Changes one’s own password and ends one’s other sessions.',
    tag,
    access: everyRole,
    noTokens: true,
    body: changePasswordInput,
  }),
}
