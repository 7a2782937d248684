/** What the stages need from the engine: the narrowest faces of its tables, its target and its log. */
import type { CompanySettings, SignInMethod } from '@sallyport/contract'
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
import type { FallbackSaid } from '../bus/portal-port.ts'
import type { SignInsInHand } from './joining.ts'
import type { ChallengeTable } from './open-challenge.ts'
import type { PendingRequests } from './pending.ts'
import type { KeptChange, PrimaryTarget } from './primary-target.ts'
import type { ReplyRules } from './reply-rules.ts'
import type { StandingRules } from './standing/rules.ts'

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
  /** What the portal says of whoever cannot use their second factor; absent for every other client, whatever its packets hold. */
  readonly fallback?: FallbackSaid
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
