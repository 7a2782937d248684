/** What the stages need from the engine: the narrowest faces of its tables, its target and its log. */
import type {
  CompanySettings,
  FactorKind,
  SignInMethod,
  SignInReason,
  TargetKind,
  TraceFact,
} from '@sallyport/contract'
import type { Attribute } from '@sallyport/radius'
import type {
  EngineBlock,
  EnginePassword,
  EnginePin,
  EngineToken,
  EngineUser,
  FactorPassRow,
  JournalRecord,
} from '@sallyport/store/engine'

import type { DeliveryKind } from '../bus/pending.ts'
import type { AccessRequest } from './access-request.ts'
import type { HeldAttributes } from './held-attributes.ts'
import type { SignInsInHand } from './joining.ts'
import type { PendingRequests } from './pending.ts'
import type { ReplyRules } from './reply-rules.ts'
import type { StandingRules } from './standing/rules.ts'

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
  /** Answers that may still be given, this one included. */
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

export interface UserTable {
  byId(id: string): EngineUser | undefined
  /** By any of these names, in this order; each also without `DOMAIN\` and `@suffix`. */
  find(names: readonly string[]): EngineUser | undefined
  /** Marks a time step or counter as used up, and notes the token's drift; false when it was used up already. */
  spendStep(user: EngineUser, tokenId: string, step: number, drift: number): boolean
  /** Uses a one-time bypass up; false when somebody was quicker. */
  spendBypass(userId: string, bypassId: string): boolean
  /** Blocks a user from now on, ahead of the database. */
  block(userId: string, block: EngineBlock): void
  setFailures(user: EngineUser, failures: readonly number[], lockedUntilMs: number | null): void
  setPin(userId: string, pin: EnginePin): void
}

/** PINs are kept as passwords are, and checked off the engine's thread, a few at a time; rejects where too many wait. */
export interface PinChecks {
  /** `hashed` null: nobody's, which costs the same time and is never right. */
  verify(hashed: string | null, pin: string): Promise<boolean>
  hash(pin: string): Promise<string>
}

/** How people are reached, and what that takes. */
export interface Reaching {
  readonly company: () => CompanySettings
  /** What can be carried out now; null: nobody said yet, and everything is taken to be. */
  readonly reach: () => ReadonlySet<DeliveryKind> | null
  readonly pending: PendingRequests
  readonly pins: PinChecks
  readonly sealCode: (requestId: string, code: string) => string
  readonly unsealCode: (requestId: string, sealed: string) => string
  readonly formerPins: (userId: string) => readonly string[]
}

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

/**
 * Wrong codes at the end of a wrong password. Nobody has proven the password, so they must not lock the user's second factor
 * (any stranger could); but they must not be a way to guess codes either. After five in fifteen minutes, codes in this user's
 * passwords are not looked for, for fifteen minutes; challenges go on working.
 */
export interface CodeGuesses {
  exhausted(userId: string, nowMs: number): boolean
  count(userId: string, nowMs: number): void
}

/** Second factors that caching rules remember, in memory; what the engine remembers itself is in the journal too. */
export interface FactorPasses {
  /** Null: nothing is remembered under this key. */
  expiryOf(key: string, nowMs: number): number | null
  remember(pass: FactorPassRow): void
  /** Whatever is remembered of a user. */
  forget(userId: string): void
}

/** The passwords that are kept here, ahead of the database by what users have just changed. */
export interface KeptPasswords {
  find(userId: string): EnginePassword | undefined
  change(change: KeptChange, atMs: number): void
}

export interface Tools extends Reaching {
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Milliseconds that never go back, for durations. */
  readonly stopwatch: () => number
  /** An administrator tries a password, and nobody is to be asked for anything: what would come next is said, not done. */
  readonly dryRun: boolean
  /** False: no bypass, caching rule or trusted network takes the place of a second factor. */
  readonly standIns?: false
  readonly users: UserTable
  readonly challenges: ChallengeTable
  readonly passwords: KeptPasswords
  /** Undefined where none was chosen. */
  readonly target: () => PrimaryTarget | undefined
  readonly replyRules: () => ReplyRules
  readonly company: () => CompanySettings
  readonly standing: () => StandingRules
  readonly passes: FactorPasses
  readonly passwordMark: (userId: string, password: string) => string
  readonly unsealToken: (token: EngineToken) => Uint8Array
  /** 22 characters of base64url: 16 random octets, printable because some devices cut State at a NUL. */
  readonly randomState: () => string
  /** Retries join the sign-in that they repeat. */
  readonly inHand: Pick<SignInsInHand, 'begin' | 'end'>
  /** Codes guessed at the end of a password: see the conversation stage. */
  readonly codeGuesses: CodeGuesses
  /** When this client was last noted as seen, and that it is now. */
  readonly clientsSeen: {
    due(
      clientId: string,
      nowMs: number,
      sign: { readonly messageAuthenticator: boolean; readonly proxyState: boolean; readonly method: SignInMethod },
    ): boolean
  }
  /** Resolves when the records are on disk; rejects when they cannot be. */
  readonly record: (records: readonly JournalRecord[]) => Promise<void>
  /** Calls back after so many milliseconds. */
  readonly later: (delayMs: number, call: () => void) => void
  /** An exception in a stage: a bug or broken I/O, for the server's own log. */
  readonly onError: (error: unknown, stage: string) => void
}
