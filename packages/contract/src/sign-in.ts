/** What a sign-in is: its result, its reason, and the trace of how it came to that. Engine, store and console share these. */
import { z } from 'zod'

/**
 * `accepted`, `rejected`: answered so. `challenged`: asked for a code; it becomes one of the others when the answer comes.
 * `unanswered`: met with silence on purpose, so that the device can ask elsewhere.
 */
export const signInResult = z.enum(['accepted', 'rejected', 'challenged', 'unanswered'])
export type SignInResult = z.infer<typeof signInResult>

/** Why a sign-in ended as it did. Outside, failures look alike; here each has a name. */
export const signInReason = z.enum([
  // accepted
  'password-and-code',
  'password-and-approval',
  'code-alone',
  'approval-alone',
  'password-only-unmatched-user',
  'password-only-factor-off',
  'password-and-bypass',
  'password-and-cache',
  'password-in-trusted-network',
  'password-and-recovery-code',
  'password-and-security-questions',
  // challenged
  'code-requested',
  'approval-requested',
  'number-requested',
  'pin-requested',
  'new-pin-requested',
  'factor-choice-requested',
  'target-challenge',
  'fallback-requested',
  // rejected: the request
  'no-user-name',
  'malformed-user-name',
  'no-credentials',
  'method-not-supported',
  'chap-not-possible',
  'mschap-v1-not-possible',
  'mschap-malformed',
  'mschap-not-allowed',
  // rejected: the first factor
  'wrong-password',
  'unknown-to-directory',
  'ambiguous-in-directory',
  'password-expired',
  'password-must-change',
  'account-locked',
  'account-disabled',
  'no-password-kept',
  'too-many-wrong-passwords',
  'no-nt-hash',
  'password-change-refused',
  'rejected-by-target',
  'too-many-rounds',
  // rejected: who this is to us
  'unmatched-user',
  'user-disabled',
  'user-blocked',
  // rejected: the second factor
  'no-usable-factor',
  'code-missing',
  'factor-needs-challenge',
  'wrong-code',
  'reused-code',
  'too-many-wrong-codes',
  'factor-locked',
  'factor-not-allowed',
  'factor-not-delivered',
  'no-answer',
  'denied',
  'fraud-reported',
  'wrong-number',
  'wrong-pin',
  'pin-expired',
  'new-pin-refused',
  'wrong-recovery-code',
  'wrong-security-answers',
  'busy',
  'hung-up',
  'too-many-requests',
  'cancelled',
  'challenge-expired',
  'challenge-unknown',
  'challenge-of-another',
  // rejected: us
  'reply-too-long',
  'log-unavailable',
  // rejected: a test that was to ask nobody
  'dry-run',
  'internal-error',
  // unanswered
  'no-target',
  'target-down',
  'target-misconfigured',
  'wrong-shared-secret',
  'message-authenticator-missing',
  'proxy-state-unprotected',
  'unknown-client',
  'overloaded',
])
export type SignInReason = z.infer<typeof signInReason>

/** How the password came: PAP (RFC 2865 §5.2), CHAP (§5.3), MS-CHAPv2 (RFC 2548 §2.3), EAP (RFC 3579). */
export const signInMethod = z.enum(['pap', 'chap', 'ms-chap', 'eap', 'none'])
export type SignInMethod = z.infer<typeof signInMethod>

/**
 * The second factor that was used or asked for: the code of an OATH token, the mobile app, a text message, a phone call, a code by
 * e-mail.
 */
export const factorKind = z.enum(['oath', 'push', 'text', 'call', 'email'])
export type FactorKind = z.infer<typeof factorKind>
/** `none`: no second factor came into it. */
export const factorOrNone = z.enum([...factorKind.options, 'none'])
export type FactorOrNone = z.infer<typeof factorOrNone>

/** What keeps a method from being used for somebody. */
export const lackOfMethod = z.enum(['not-allowed', 'no-token', 'no-device', 'no-phone', 'no-email', 'no-pin'])

/** What was known at a point: a name from the field and its value in words; secrets never come in here. */
export const traceFact = z.object({ name: z.string(), value: z.string() })
export type TraceFact = z.infer<typeof traceFact>

/** The stages that a request walks through, in order. */
export const stageName = z.enum([
  'receive',
  'client',
  'conversation',
  'primary',
  'user',
  'second-factor',
  'policy',
  'record',
  'reply',
])
export type StageName = z.infer<typeof stageName>

/** One stage's part in the trace. `verdict` is null where it passed the request on. */
export const traceStage = z.object({
  stage: stageName,
  durationMs: z.number(),
  verdict: z.enum(['accept', 'reject', 'challenge', 'silence']).nullable(),
  reason: signInReason.nullable(),
  facts: z.array(traceFact),
})
export type TraceStage = z.infer<typeof traceStage>

/** One datagram in and what came of it. A challenged sign-in has several rounds. */
export const traceRound = z.object({
  at: z.iso.datetime(),
  durationMs: z.number(),
  request: z.object({ code: z.string(), identifier: z.int(), attributes: z.array(traceFact) }),
  stages: z.array(traceStage),
  /** Null: silence. */
  reply: z.object({ code: z.string(), attributes: z.array(traceFact) }).nullable(),
})
export type TraceRound = z.infer<typeof traceRound>
