/** How much the product is used, as the report of usage reads it from its counts. */
import type { FactorOrNone, EndedResult, SignInReason, UsageUsersQuery, UserUsage } from '@sallyport/contract'

export interface UsageFilter {
  readonly clientId?: string | undefined
  readonly factor?: FactorOrNone | undefined
  readonly result?: EndedResult | undefined
}

/** How many sign-ins ended so. */
export interface CountedUsage {
  /** Empty: of no RADIUS client. */
  readonly clientId: string
  readonly factor: FactorOrNone
  readonly result: EndedResult
  readonly reason: SignInReason
  readonly count: number
}

export interface UserUsagePage {
  readonly rows: readonly UserUsage[]
  readonly nextCursor: string | null
}

/** Times in whole days of UTC: `from` on, and before `to`. */
export type UserUsageFilter = Omit<UsageUsersQuery, 'from' | 'to'> & { readonly from: Date; readonly to: Date }

export interface UsageRepository {
  /** Of the quarters of an hour that begin from `from` on and before `to`. */
  counts(from: Date, to: Date, filter: UsageFilter): Promise<readonly CountedUsage[]>
  /** Of one user, of the days of UTC that begin from `from` on and before `to`. */
  countsOfUser(userId: string, from: Date, to: Date, filter: UsageFilter): Promise<readonly CountedUsage[]>
  /** When the first day began that counts anything; null: none does. */
  firstDay(): Promise<Date | null>
  /** Users in the order of their names. */
  users(
    filter: UserUsageFilter,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<UserUsagePage>
  /** All that match, in pieces, with the thread given back between them. */
  streamUsers(filter: UserUsageFilter): AsyncIterable<readonly UserUsage[]>
  /** How many older sign-ins are still to be counted, at most. */
  uncounted(): Promise<number>
  /** What a RADIUS client was called when it last asked, also of one that was removed since; null: it never did. */
  clientName(clientId: string): Promise<string | null>
}
