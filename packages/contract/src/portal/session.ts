/** Signing in to the portal: a password, then whatever second factor the server asks for; and the session that follows. */
import { z } from 'zod'
import { timestamp } from '../common.ts'
import { portalEndpoint } from './access.ts'

/**
 * `enrolment`: without a second factor, to set up one and nothing else. `recovery`: by a recovery code, to set up another and to
 * remove what is lost.
 */
export const portalSessionView = z.object({
  username: z.string(),
  name: z.string(),
  kind: z.enum(['full', 'enrolment', 'recovery']),
  expiresAt: timestamp,
})
export type PortalSessionView = z.infer<typeof portalSessionView>

/** Names a sign-in that is under way; who knows it may go on with it. */
export const signInId = z.string().regex(/^[\w-]{43}$/)

export const signInBeginning = z.strictObject({
  username: z.string().trim().min(1, 'Enter your user name.').max(253, 'At most 253 characters.'),
  password: z.string().min(1, 'Enter your password.').max(128, 'At most 128 characters.'),
})

/** How far a sign-in came. Every refusal looks alike; the log knows the reason. */
export const portalSignInStep = z.discriminatedUnion('kind', [
  /** Somebody has to approve, or to be reached: ask again with `wait`. */
  z.object({ kind: z.literal('waiting'), id: signInId }),
  z.object({
    kind: z.literal('asked'),
    id: signInId,
    /** What is wanted: something typed, or just to go on once the person did what the message says. */
    wants: z.enum(['text', 'go-on']),
    /** In the user's language, as their VPN would show it. */
    message: z.string(),
  }),
  /** The password is right, and what takes the place of the second factor is asked for. */
  z.object({
    kind: z.literal('fallback'),
    id: signInId,
    /** Whether a recovery code is left. */
    recoveryCode: z.boolean(),
    /** To be answered all, in their order; none where that is not allowed or not set up. */
    questions: z.array(z.string()),
  }),
  /** The password is right and nothing takes the place of the second factor: an administrator's link is the way in. */
  z.object({ kind: z.literal('no-fallback') }),
  z.object({ kind: z.literal('signed-in'), session: portalSessionView }),
  z.object({ kind: z.literal('refused') }),
  /** The password is right and there is no second factor to ask for: an administrator's link is the way in. */
  z.object({ kind: z.literal('no-factor') }),
  /** What checks passwords does not answer. */
  z.object({ kind: z.literal('unavailable') }),
])
export type PortalSignInStep = z.infer<typeof portalSignInStep>

const tag = 'Session'

export const session = {
  begin: portalEndpoint({
    method: 'POST',
    path: '/api/portal/sign-in',
    summary: 'Checks a password and begins to ask for a second factor.',
    tag,
    access: 'public',
    body: signInBeginning,
    response: portalSignInStep,
  }),
  answer: portalEndpoint({
    method: 'POST',
    path: '/api/portal/sign-in/answer',
    summary: 'Answers what was asked.',
    tag,
    access: 'public',
    body: z.strictObject({ id: signInId, answer: z.string().max(128, 'At most 128 characters.') }),
    response: portalSignInStep,
  }),
  wait: portalEndpoint({
    method: 'POST',
    path: '/api/portal/sign-in/wait',
    summary: 'Answers once something happened, or after 20 seconds.',
    tag,
    access: 'public',
    body: z.strictObject({ id: signInId }),
    response: portalSignInStep,
  }),
  useLink: portalEndpoint({
    method: 'POST',
    path: '/api/portal/enrolment-link',
    summary: 'Signs in by a link that an administrator gave, once, to set up a second factor.',
    tag,
    access: 'public',
    body: z.strictObject({ token: z.string().max(100) }),
    response: portalSignInStep,
  }),
  read: portalEndpoint({
    method: 'GET',
    path: '/api/portal/session',
    summary: 'Who is signed in.',
    tag,
    access: 'user',
    response: portalSessionView,
  }),
  signOut: portalEndpoint({
    method: 'POST',
    path: '/api/portal/sign-out',
    summary: 'Ends the session.',
    tag,
    access: 'user',
  }),
} as const
