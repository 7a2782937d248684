/** What the engine writes in the journal, one kind of record for each thing that it can say. Times are milliseconds since 1970. */
import type { FactorKind, SignInMethod, SignInReason, SignInResult } from '@sallyport/contract'
import type { AccountingRecord, AccountingToForward, DeviceRestart } from './engine-accounting-types.ts'
import type { FactorPassRow } from './engine-standing-types.ts'

/** What the engine has to say about the world; what an accept consumed is in the same group as its event. */
export type JournalRecord =
  | { readonly kind: 'sign-in'; readonly signIn: SignInRecord }
  | { readonly kind: 'challenge-opened'; readonly challenge: StoredChallenge }
  /** Its body changed: fewer tries left. */
  | { readonly kind: 'challenge-changed'; readonly challenge: StoredChallenge }
  | { readonly kind: 'challenge-closed'; readonly state: string }
  /**
   * The step (or counter) and all before it are used up; never goes backwards. With it goes the drift that the token's clock was
   * found to have, in steps; absent: it stays as it was.
   */
  | {
      readonly kind: 'oath-used'
      readonly tokenId: string
      readonly step: number
      readonly drift?: number
      readonly atMs: number
    }
  /** A person is asked, has decided, or is not asked any more: the row as it stands now. */
  | { readonly kind: 'factor-request'; readonly request: StoredFactorRequest }
  /** The user's wrong codes that count now, and the lock that follows from them. */
  | {
      readonly kind: 'factor-failures'
      readonly userId: string
      readonly failures: readonly number[]
      readonly lockedUntilMs: number | null
    }
  /** The user changed the password that is kept here; what an administrator set later stays. */
  | {
      readonly kind: 'password-changed'
      readonly userId: string
      readonly hash: string
      readonly sealedNtHash: string | null
      readonly atMs: number
    }
  /** The user has chosen another PIN; what an administrator set later stays. */
  | {
      readonly kind: 'pin-changed'
      readonly userId: string
      /** Argon2id. */
      readonly hash: string
      /** Of those before, the newest first. */
      readonly formerHashes: readonly string[]
      readonly atMs: number
    }
  /** In the group of the sign-in that it let in: both or neither. */
  | { readonly kind: 'bypass-used'; readonly bypassId: string; readonly signInId: string; readonly atMs: number }
  /** A caching rule remembers a second factor from now on. */
  | { readonly kind: 'factor-remembered'; readonly pass: FactorPassRow; readonly atMs: number }
  | { readonly kind: 'fraud-reported'; readonly report: FraudReportFacts }
  | {
      readonly kind: 'client-seen'
      readonly clientId: string
      readonly atMs: number
      readonly messageAuthenticator: boolean
      readonly proxyState: boolean
      /** How the password came; `none` where nothing is known of it. */
      readonly method: SignInMethod
    }
  | { readonly kind: 'accounting'; readonly record: AccountingRecord }
  | { readonly kind: 'device-restarted'; readonly restart: DeviceRestart }
  /** In the group of the record that it is about: what was answered is forwarded. */
  | { readonly kind: 'accounting-to-forward'; readonly forward: AccountingToForward }
  /** A server of the target has proven that its answers carry Message-Authenticator. */
  | { readonly kind: 'radius-server-proven'; readonly serverId: string; readonly atMs: number }

/** A sign-in as it stands after a round; a later record with the same id replaces it and adds its round. */
export interface SignInRecord {
  readonly id: string
  readonly atMs: number
  readonly username: string
  readonly userId: string | null
  readonly userName: string | null
  readonly clientId: string | null
  readonly clientName: string | null
  readonly clientAddress: string
  readonly callingStation: string | null
  readonly method: SignInMethod
  readonly factor: FactorKind | null
  readonly result: SignInResult
  readonly reason: SignInReason
  readonly durationMs: number
  readonly count: number
  /** 1 for the first datagram. */
  readonly roundNumber: number
  /** The trace of this round, one line that only the server's trace room reads; null where there is none (gathered drops). */
  readonly roundJson: string | null
  /** When this round ended: the minute that counts it. */
  readonly roundAtMs: number
  /** Asked for on *Test sign-in*: it is in the log, and counts nowhere. Absent where a device asked. */
  readonly test?: true
}

export interface StoredChallenge {
  readonly state: string
  readonly expiresAtMs: number
  /** JSON that the engine wrote and reads. */
  readonly body: string
}

/** A sign-in that waits for a person, or did until not long ago. */
export interface StoredFactorRequest {
  readonly id: string
  readonly userId: string
  /** Until then the row is kept. */
  readonly expiresAtMs: number
  /** JSON that the engine wrote and reads. */
  readonly body: string
}

/** Somebody said of a sign-in that it was not theirs. */
export interface FraudReportFacts {
  readonly id: string
  readonly atMs: number
  readonly userId: string
  readonly username: string
  readonly signInId: string
  readonly via: 'app' | 'call' | 'text'
  readonly applicationName: string
  readonly callingStation: string | null
  /** The id of the block that it puts on the user, until somebody unblocks them; null: none. */
  readonly blockId: string | null
}
