/** What people keep for the day on which they lose their second factor, and the way in with it. */
import { z } from 'zod'
import { timestamp } from '../common.ts'
import { portalEndpoint } from './access.ts'
import { portalSignInStep, signInBeginning, signInId } from './session.ts'

export const ownRecovery = z.object({
  recoveryCodes: z.object({
    allowed: z.boolean(),
    left: z.int().min(0),
    /** Null: none were made. */
    createdAt: timestamp.nullable(),
  }),
  securityQuestions: z.object({
    allowed: z.boolean(),
    toSet: z.int(),
    toAnswer: z.int(),
    answerLength: z.int(),
    /** What may be chosen from, by language. */
    questions: z.record(z.string(), z.array(z.string())),
    /** What was chosen; never the answers. */
    set: z.array(z.string()),
  }),
})
export type OwnRecovery = z.infer<typeof ownRecovery>

const answer = z.string().max(200, 'At most 200 characters.')
const tag = 'Recovery'

export const recovery = {
  read: portalEndpoint({
    method: 'GET',
    path: '/api/portal/recovery',
    summary: 'What whoever is signed in has for the day on which the second factor is lost.',
    tag,
    access: 'user',
    response: ownRecovery,
  }),
  makeCodes: portalEndpoint({
    method: 'POST',
    path: '/api/portal/recovery/codes',
    summary: 'Makes ten recovery codes; the earlier ones end.',
    tag,
    access: 'user',
    /** The only answer that ever holds the codes. */
    response: z.object({ codes: z.array(z.string()), recovery: ownRecovery }),
  }),
  setQuestions: portalEndpoint({
    method: 'PUT',
    path: '/api/portal/recovery/questions',
    summary: 'Chooses security questions and answers them; the earlier ones end.',
    tag,
    access: 'user',
    body: z.strictObject({
      answers: z.array(z.strictObject({ question: z.string().max(150), answer })).max(10),
    }),
    response: ownRecovery,
  }),
  removeQuestions: portalEndpoint({
    method: 'POST',
    path: '/api/portal/recovery/questions/remove',
    summary: 'Removes one’s own security questions.',
    tag,
    access: 'user',
    response: ownRecovery,
  }),
  isAllowed: portalEndpoint({
    method: 'GET',
    path: '/api/portal/sign-in/fallback',
    summary: 'Whether the company lets anybody in who cannot use their second factor.',
    tag,
    access: 'public',
    response: z.object({ allowed: z.boolean() }),
  }),
  begin: portalEndpoint({
    method: 'POST',
    path: '/api/portal/sign-in/fallback',
    summary: 'Checks a password and asks for what takes the place of the second factor.',
    tag,
    access: 'public',
    body: signInBeginning,
    response: portalSignInStep,
  }),
  answer: portalEndpoint({
    method: 'POST',
    path: '/api/portal/sign-in/fallback/answer',
    summary: 'A recovery code, or the answers to the questions in their order. What is wrong ends the sign-in.',
    tag,
    access: 'public',
    body: z.discriminatedUnion('means', [
      z.strictObject({ means: z.literal('recovery-code'), id: signInId, code: z.string().max(64) }),
      z.strictObject({ means: z.literal('security-questions'), id: signInId, answers: z.array(answer).max(10) }),
    ]),
    response: portalSignInStep,
  }),
} as const
