/** How the API says that something went wrong: RFC 9457 problem details with a stable code. */
import { z } from 'zod'

/** What can go wrong, by name; a client switches on these and never on the words. */
export const problemCode = z.enum([
  'invalid-input', // 400: `errors` names the fields
  'sign-in-required', // 401
  'sign-in-failed', // 401: wrong name or password, or a locked account; deliberately one code
  'set-up-code-wrong', // 401
  'device-unknown', // 401: no such mobile app (any more), or not signed by it
  'clock-differs', // 401: signed too long ago, or ahead of time; the header Date is what it should be
  'activation-wrong', // 401: the code is wrong, used or too old
  'factor-wrong', // 401: the second step of a sign-in failed; deliberately one code
  'not-allowed', // 403: the role does not allow it
  'proof-needed', // 403: who one is has to be proven again first
  'cross-site-request', // 403: CSRF defence
  'not-found', // 404
  'changed-meanwhile', // 409: somebody else saved first; `current` is what stands now
  'already-exists', // 409: `errors` names the field
  'in-use', // 409
  'too-many-devices', // 409
  'set-up-done', // 409
  'too-many-requests', // 429
  'unavailable', // 503
  'internal-error', // 500
])
export type ProblemCode = z.infer<typeof problemCode>

/** One field that cannot stand as it is: `path` is dotted (`servers.0.url`), `message` says what is wrong and the fix. */
export const fieldProblem = z.object({ path: z.string(), message: z.string() })
export type FieldProblem = z.infer<typeof fieldProblem>

/** @see {@link https://www.rfc-editor.org/rfc/rfc9457#section-3 RFC 9457 §3} */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: problemCode,
  detail: z.string().optional(),
  errors: z.array(fieldProblem).optional(),
  current: z.unknown().optional(),
})
export type Problem = z.infer<typeof problem>
