/** What a stage may decide: a closed union, so that a new kind does not compile until everything answers it. */
import type { SignInReason, TraceFact } from '@sallyport/contract'
import type { Attribute } from '@sallyport/radius'

import type { Context } from './context.ts'
import type { Ending } from './pending.ts'

/** How a request ends. Outside, every reject looks alike; the reason is for the log. */
export type Verdict =
  | { readonly kind: 'accept'; readonly reason: SignInReason; readonly attributes: readonly Attribute[] }
  | { readonly kind: 'reject'; readonly reason: SignInReason; readonly attributes?: readonly Attribute[] }
  | {
      readonly kind: 'challenge'
      readonly reason: SignInReason
      readonly state: string
      /** Ours, or what the target asks with. */
      readonly ask: string | readonly Attribute[]
    }
  /** No answer at all, so that the device can ask elsewhere. */
  | { readonly kind: 'silence'; readonly reason: SignInReason }

/** What a stage returns: the context for the next one, or the end. `facts` are what the trace will show. */
export type Step =
  | { readonly next: Context; readonly facts: readonly TraceFact[] }
  | { readonly end: Verdict; readonly context: Context; readonly facts: readonly TraceFact[] }

/** A person decides elsewhere. Ten thousands may be held at once, each for a minute: this is all that is kept of the stage. */
export interface Held {
  /** The pending request that is waited for. */
  readonly heldFor: string
  /** Milliseconds since 1970. */
  readonly untilMs: number
  readonly context: Context
  /** What the ending means for the request that was held. */
  conclude(ending: Ending): Step
}

/** What a stage comes to at once, or once what it asked has answered. */
export type Outcome = Step | Held

/** Hands the request on to the next stage. */
export function proceed(next: Context, facts: readonly TraceFact[] = []): Step {
  return { next, facts }
}

/** Ends the request here. */
export function end(verdict: Verdict, context: Context, facts: readonly TraceFact[] = []): Step {
  return { end: verdict, context, facts }
}

/** Ends the request with a rejection. */
export function reject(reason: SignInReason, context: Context, facts: readonly TraceFact[] = []): Step {
  return end({ kind: 'reject', reason }, context, facts)
}

/** One thing that was known, for the trace. */
export function fact(name: string, value: string): TraceFact {
  return { name, value }
}
