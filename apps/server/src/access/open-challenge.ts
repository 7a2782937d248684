/** Challenges of ours that wait for an answer: what each asks, and the narrow face of the table that keeps them. */
import type { FactorKind, SignInReason } from '@sallyport/contract'

import type { HeldAttributes } from './held-attributes.ts'
import type { PasswordChange, RelayedQuestion } from './primary-target.ts'

/** A State that we gave out (RFC 2865 §5.24). It belongs to one client and one user, and is used once. */
export interface OpenChallenge {
  readonly state: string
  readonly expiresAtMs: number
  readonly clientId: string
  /** Empty where the target asks: it has not said yet who this is. */
  readonly userId: string
  readonly usernameKey: string
  readonly signInId: string
  readonly startedAtMs: number
  readonly round: number
  /** Answers that may still be given, this one included; 0: an administrator has cancelled it. */
  readonly triesLeft: number
  /** What the target wants in the Accept; null for nothing. */
  readonly held: HeldAttributes | null
  /** The password that the user has proven to change. */
  readonly passwordChange: PasswordChange | null
  /** The groups of the user that rules asked for when the password was checked. */
  readonly groups: readonly string[]
  /** What tells that the password is still the same when a caching rule is asked; null: nothing is to be remembered. */
  readonly passwordMark: string | null
  /** The target's own question; null where we ask for a second factor. */
  readonly relay: RelayedQuestion | null
  /** What the answer has to be; meaningless where the target asks. */
  readonly asks: Asks
}

/** What a challenge of ours waits for. */
export type Asks =
  | { readonly kind: 'oath' }
  /** The code that was sent; what belongs to it is with the pending request. */
  | { readonly kind: 'sent-code'; readonly requestId: string; readonly factor: FactorKind }
  /** Anything: the person picks the number that they were shown in the app. */
  | { readonly kind: 'approval'; readonly requestId: string; readonly factor: 'push' }
  /** The number that the app shows once it has approved. */
  | { readonly kind: 'number'; readonly requestId: string; readonly factor: 'push' }
  /** What the portal judges: a recovery code, or the answers to security questions. */
  | { readonly kind: 'fallback' }
  /** Another PIN, twice; `first` is the hash of what was typed first. The second factor itself is proven. */
  | {
      readonly kind: 'new-pin'
      readonly first: string | null
      readonly factor: FactorKind
      readonly granted: SignInReason
    }

export interface ChallengeTable {
  find(state: string): OpenChallenge | undefined
  /** Takes it out, so that nobody else can answer it; false when somebody just did. */
  take(state: string): boolean
  /** False when the table is full. */
  open(challenge: OpenChallenge): boolean
}
