/** First-run set-up, and an administrator's sign-in to the console. */
import { z } from 'zod'
import { timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
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

export const sessionView = z.object({
  administrator: z.object({ id: z.uuid(), username: z.string(), role }),
  expiresAt: timestamp,
  /** True where the server runs the demonstration's sample site. */
  sampleSite: z.boolean(),
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
    summary: 'Whether the first administrator has still to be made.',
    tag,
    access: 'public',
    response: z.object({ needed: z.boolean() }),
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
    summary: 'Signs an administrator in; the session is an HttpOnly cookie.',
    tag,
    access: 'public',
    body: signInInput,
    response: sessionView,
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/session',
    summary: 'Who is signed in.',
    tag,
    access: everyRole,
    response: sessionView,
  }),
  signOut: endpoint({
    method: 'DELETE',
    path: '/api/session',
    summary: 'Ends the session.',
    tag,
    access: everyRole,
  }),
  changePassword: endpoint({
    method: 'POST',
    path: '/api/session/password',
    summary: 'Changes one’s own password and ends one’s other sessions.',
    tag,
    access: everyRole,
    body: changePasswordInput,
  }),
}
