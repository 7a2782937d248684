/** What happened: sign-ins, VPN sessions and changes, as reports read them. */
import type {
  AuditEntryView,
  SignInFilter,
  SignInReason,
  SignInResult,
  SignInRow,
  TargetKind,
  VpnSessionDetails,
  VpnSessionFilter,
  VpnSessionRow,
} from '@sallyport/contract'
import type { Actor, Page } from './change.ts'

/** Sign-ins counted by quarters of an hour; tests of administrators are not among them. */
export interface SignInCounts {
  /** When the first quarter that counts anything began; null: none does. */
  firstQuarter(): Promise<Date | null>
  /** By result and reason, of the quarters that begin from `from` on and before `to`. */
  counts(
    from: Date,
    to: Date,
  ): Promise<readonly { readonly result: SignInResult; readonly reason: SignInReason; readonly count: number }[]>
}

export interface SignInRepository extends SignInCounts {
  list(
    filter: SignInFilter,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<SignInRow>>
  /** With its rounds as the engine wrote them, in their order. */
  byId(id: string): Promise<(SignInRow & { readonly rounds: readonly string[] }) | null>
  /** All that match, newest first, read in pieces of at most 500 rows with the thread given back between them. */
  stream(filter: SignInFilter): AsyncIterable<readonly SignInRow[]>
  /** Counts by minute and by reason since then, from the rollups. */
  minutes(since: Date): Promise<
    readonly {
      readonly minute: Date
      readonly result: SignInRow['result']
      readonly reason: SignInReason
      readonly count: number
    }[]
  >
}

/** What the trail keeps of a test sign-in: who was tried, as which client's user, and never with what. */
export interface TestSignInFacts {
  readonly username: string
  readonly client: { readonly id: string; readonly name: string }
  readonly method: string
  readonly dryRun: boolean
}

export interface TargetTestFacts {
  readonly username: string
  readonly target: TargetKind
  /** Null: all of them. */
  readonly server: string | null
}

export interface VpnSessionRepository {
  /** Those that began last first. */
  list(
    filter: VpnSessionFilter,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<VpnSessionRow>>
  byId(id: string): Promise<VpnSessionDetails | null>
  /** All that match, read in pieces of at most 500 rows with the thread given back between them. */
  stream(filter: VpnSessionFilter): AsyncIterable<readonly VpnSessionRow[]>
  /** How many are connected now, counted up to 100,000. */
  connected(): Promise<number>
}

export interface AuditRepository {
  /** Written before the first packet of the test goes out. */
  noteTestSignIn(test: TestSignInFacts, actor: Actor): Promise<void>
  /** A name and password, about to be tried against the target, or against one server of it. */
  noteTargetTest(test: TargetTestFacts, actor: Actor): Promise<void>
  /** Accounting that waited to be forwarded, about to be given up. */
  noteOutboxDiscarded(facts: { readonly records: number; readonly since: string | null }, actor: Actor): Promise<void>
  list(query: {
    readonly cursor?: string | undefined
    readonly limit: number
    readonly search?: string | undefined
  }): Promise<Page<AuditEntryView>>
  noteRestored(backup: { readonly createdAt: Date; readonly version: string }, actor: Actor): Promise<void>
  /** All of it as lines of JSON that `verifyExport` checks, read piece by piece. */
  exported(): AsyncIterable<string>
  /** Walks the chain: the sequence of the first entry whose hash does not hold, or null. */
  firstBroken(): Promise<number | null>
}
