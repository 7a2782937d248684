/** What is known of a request while it walks through the stages; each stage hands on a fuller copy. */
import type { FactorKind, SignInMethod, SignInReason } from '@sallyport/contract'
import type { Attribute } from '@sallyport/radius'
import type { EngineUser, JournalRecord } from '@sallyport/store/engine'

import type { AccessRequest } from './access-request.ts'
import type { MatchedCode } from './factor/oath.ts'
import type { OpenChallenge } from './open-challenge.ts'
import type { PasswordChange, RelayedQuestion } from './primary-target.ts'

/** The end of a password that looks like a code of this user's: what became of it. */
export type CodeInPassword =
  { readonly kind: 'right'; readonly match: MatchedCode } | { readonly kind: 'used' | 'wrong'; readonly userId: string }

export interface Context {
  readonly request: AccessRequest
  /** When the datagram came, ms since 1970. */
  readonly nowMs: number
  readonly signInId: string
  /** When the sign-in's first datagram came, ms since 1970. */
  readonly startedAtMs: number
  /** 1 for the first datagram of a sign-in, 2 for the answer to its first challenge. */
  readonly round: number
  /** As the device sent it. */
  readonly username: string
  readonly callingStation: string | null
  readonly method: SignInMethod
  /** What User-Password held: a password, an answer to a challenge, or both in one. */
  readonly typed: string
  /** The keyed hash of what a retry of this request repeats. */
  readonly joinKey: string
  /** The method that was typed behind the password. */
  readonly selected: FactorKind | null
  /** The challenge of ours that this request answers. */
  readonly challenge: OpenChallenge | null
  /** The target's own question that this request answers. */
  readonly relay: RelayedQuestion | null
  /** What the target is asked about; empty when a challenge is answered. */
  readonly password: string
  readonly codeInPassword: CodeInPassword | null
  /** The target has accepted the password of this very request: without that, nobody is let in without a second factor. */
  readonly passwordProven: boolean
  /** Of that password, for caching rules; null: nothing is to be remembered. Outlives a challenge. */
  readonly passwordMark: string | null
  /** The names by which the target knows who signed in; empty where it did not say. */
  readonly directoryNames: readonly string[]
  /** What the target wants in the Accept, hidden for this request. */
  readonly acceptAttributes: readonly Attribute[]
  /** The password that the user has proven to change, once they are let in. */
  readonly passwordChange: PasswordChange | null
  /** The groups that the user is in and that rules ask for. */
  readonly groups: readonly string[]
  /** Whom the typed name stands for, before anybody has proven it: for the report of what fails at the password. */
  readonly presumedUser: EngineUser | null
  readonly user: EngineUser | null
  readonly factor: FactorKind | null
  /** Why this request may be accepted; without it, it may not. */
  readonly granted: SignInReason | null
  /** What must be on disk, together with the event, before anybody is answered. */
  readonly records: readonly JournalRecord[]
}

/** One for all: every list of its own would be kept for as long as somebody is waited for. */
export const none: readonly never[] = []

/** A context that knows nothing but its datagram. */
export function openContext(request: AccessRequest, nowMs: number, signInId: string): Context {
  return {
    request,
    nowMs,
    signInId,
    startedAtMs: nowMs,
    round: 1,
    username: '',
    callingStation: null,
    method: 'none',
    typed: '',
    joinKey: '',
    selected: null,
    challenge: null,
    relay: null,
    password: '',
    codeInPassword: null,
    passwordProven: false,
    passwordMark: null,
    directoryNames: none,
    acceptAttributes: none,
    passwordChange: null,
    groups: none,
    presumedUser: null,
    user: null,
    factor: null,
    granted: null,
    records: none,
  }
}
