/** What a control of the standing is asked, and what it may say. */
import type { SignInReason, TraceFact } from '@sallyport/contract'
import type { EngineUser, JournalRecord } from '@sallyport/store/engine'

import type { Context } from '../context.ts'
import type { Tools } from '../tools.ts'

export type StandingTools = Pick<
  Tools,
  'company' | 'dryRun' | 'passes' | 'passwordMark' | 'standIns' | 'standing' | 'users'
>

/** A request of somebody whom we know. */
export type KnownContext = Context & { readonly user: EngineUser }

export type Ruling =
  | { readonly kind: 'refuse'; readonly reason: SignInReason; readonly facts: readonly TraceFact[] }
  | {
      readonly kind: 'admit'
      readonly reason: SignInReason
      readonly facts: readonly TraceFact[]
      /** Consumes what it takes; null: somebody was quicker, and nobody is let in by it. */
      readonly take?: () => readonly JournalRecord[] | null
    }
  /** Nothing to decide, but something to say. */
  | { readonly kind: 'pass'; readonly facts: readonly TraceFact[] }

export type Control = (context: KnownContext, tools: StandingTools) => Ruling | null
