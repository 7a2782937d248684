/** What a target that checks passwords is asked, what it answers, and how it is kept: one file a kind in `primary/`. */
import type { SignInMethod, SignInReason, TargetKind, TraceFact } from '@sallyport/contract'
import type { Attribute } from '@sallyport/radius'

import type { AccessRequest } from './access-request.ts'

/** A question that a target asks by itself: whose it is, and what that server calls it. */
export interface RelayedQuestion {
  readonly serverId: string
  /** Base64 of the server's State; empty where it sent none. */
  readonly state: string
}

/** A new password, as it will be kept when its user is let in. */
export interface KeptChange {
  readonly userId: string
  readonly hash: string
  readonly sealedNtHash: string
}

/** A new password that the target itself decides about once its user may come in: nobody here can read it. */
export interface WithheldChange {
  readonly sealed: string
}

export type PasswordChange = KeptChange | WithheldChange

/** What a target is asked: who wants in, and the datagram that says so. */
export interface PrimaryQuestion {
  readonly username: string
  readonly method: SignInMethod
  /** PAP's password, without a code that was found at its end; empty for every other method. */
  readonly password: string
  /** As the device sent it: what a target of this kind has to see of the packet itself. */
  readonly request: AccessRequest
  /** The target's own question that this request answers. */
  readonly relay: RelayedQuestion | null
  /** Milliseconds since 1970. */
  readonly deadlineMs: number
}

/** The second factor holds: a change that waited for it, and the request that is answered now. */
export interface ChangeQuestion extends Pick<PrimaryQuestion, 'username' | 'request' | 'deadlineMs'> {
  readonly change: WithheldChange
}

/** What asking the target came to. Hidden values in `attributes` are hidden for the request that asked. */
export type PrimaryOutcome =
  | {
      readonly kind: 'ok'
      readonly server: string
      readonly names: readonly string[]
      readonly detail: string
      /** For the trace, in place of `detail`. */
      readonly facts?: readonly TraceFact[]
      /** For the Accept, at whatever round it comes. */
      readonly attributes?: readonly Attribute[]
      readonly passwordChange?: PasswordChange
      /** The groups that the directory says the user is in, by DN; where rules need them. */
      readonly groups?: readonly string[]
    }
  /** The target asks something by itself; the answer comes with another request. */
  | {
      readonly kind: 'challenge'
      readonly server: string
      readonly facts: readonly TraceFact[]
      /** For the Access-Challenge, without a State. */
      readonly attributes: readonly Attribute[]
      readonly relay: RelayedQuestion
    }
  | {
      readonly kind:
        | 'wrong-password'
        | 'unknown-user'
        | 'ambiguous-user'
        | 'password-expired'
        | 'must-change'
        | 'account-locked'
        | 'account-disabled'
        | 'no-password-kept'
        | 'too-many-wrong-passwords'
        | 'password-change-refused'
        | 'mschap-v1'
        | 'mschap-malformed'
        | 'no-nt-hash'
        | 'rejected'
      readonly server: string
      readonly detail: string
      readonly facts?: readonly TraceFact[]
      /** For the Reject. */
      readonly attributes?: readonly Attribute[]
    }
  /** Nobody could say anything about the password. */
  | {
      readonly kind: 'down' | 'misconfigured' | 'overloaded'
      readonly detail: string
      readonly facts?: readonly TraceFact[]
      /** True: the device hears a Reject, in place of nothing. */
      readonly reject?: boolean
    }

/** What checks passwords: one file a kind in `primary/`. */
export interface PrimaryTarget {
  readonly kind: TargetKind
  /** The methods that it can check; every other is refused before it is asked. */
  readonly methods: readonly SignInMethod[]
  /** Why one of the others is refused, where there is more to say than that it is not supported. */
  readonly refusals?: Readonly<Partial<Record<SignInMethod, SignInReason>>>
  check(question: PrimaryQuestion): Promise<PrimaryOutcome>
  /** Makes a change that {@link check} withheld; absent: this target withholds none. */
  completeChange?(question: ChangeQuestion): Promise<Exclude<PrimaryOutcome, { readonly kind: 'challenge' }>>
  /** How each server does, for Status. */
  health(): readonly {
    readonly id?: string
    readonly server: string
    readonly state: 'unknown' | 'up' | 'suspect' | 'down'
    readonly sinceMs: number | null
    readonly problem: string | null
    readonly latencyMs?: number | null
    /** What came from it and was not believed, by name. */
    readonly rejected?: Readonly<Record<string, number>>
  }[]
  /** Takes over what was saved now and keeps what goes on; absent: the target is made anew. */
  readonly apply?: () => void
  /** Questions that are not answered yet; absent: `close` lets them end by itself. */
  readonly underWay?: number
  close(): Promise<void>
}
