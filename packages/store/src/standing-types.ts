/** What the main thread may ask of the store about what stands for or against people, and how they are asked. */
import type {
  BlockView,
  CacheScope,
  CompanySettings,
  FactorKind,
  FraudReportView,
  UserFactors,
} from '@sallyport/contract'
import type { Actor, Change, Page } from './change.ts'
import type { UserRecord } from './user-types.ts'

export interface CompanyRepository {
  settings(): Promise<CompanySettings>
  change(input: CompanySettings, actor: Actor): Promise<Change<CompanySettings>>
}

export interface CacheRuleFields {
  readonly clientId: string | null
  readonly scope: CacheScope
  readonly methods: readonly FactorKind[]
  readonly seconds: number
  readonly enabled: boolean
}
export interface CacheRuleRecord extends CacheRuleFields {
  readonly id: string
  readonly createdAt: Date
  readonly version: number
}
export interface CacheRuleRepository {
  /** In the order in which they apply. */
  list(): Promise<readonly CacheRuleRecord[]>
  /** Goes to the end of the order. */
  create(input: CacheRuleFields, actor: Actor): Promise<Change<CacheRuleRecord>>
  /** Forgets what the rule remembered. */
  change(id: string, input: CacheRuleFields & { version: number }, actor: Actor): Promise<Change<CacheRuleRecord>>
  /** Changes places with its neighbour; at the end of the order nothing changes. */
  move(id: string, direction: 'up' | 'down', actor: Actor): Promise<Change<CacheRuleRecord>>
  remove(id: string, version: number, actor: Actor): Promise<Change<CacheRuleRecord>>
}

export interface TrustedNetworkFields {
  readonly name: string
  readonly clientId: string | null
  readonly attribute: string
  readonly addresses: string
  readonly enabled: boolean
}
export interface TrustedNetworkRecord extends TrustedNetworkFields {
  readonly id: string
  readonly createdAt: Date
  readonly version: number
}
export interface TrustedNetworkRepository {
  list(): Promise<readonly TrustedNetworkRecord[]>
  create(input: TrustedNetworkFields, actor: Actor): Promise<Change<TrustedNetworkRecord>>
  change(
    id: string,
    input: TrustedNetworkFields & { version: number },
    actor: Actor,
  ): Promise<Change<TrustedNetworkRecord>>
  remove(id: string, version: number, actor: Actor): Promise<Change<TrustedNetworkRecord>>
}

export interface OfUser {
  readonly user: { readonly id: string; readonly username: string }
}
export interface BlockRecord extends OfUser {
  readonly id: string
  readonly reason: string
  readonly source: BlockView['source']
  readonly blockedBy: string
  readonly createdAt: Date
  readonly until: Date | null
  readonly endedAt: Date | null
  readonly endedBy: string | null
  readonly inForce: boolean
}
export interface BypassRecord extends OfUser {
  readonly id: string
  readonly reason: string
  readonly givenBy: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly usedAt: Date | null
  readonly signInId: string | null
  readonly endedAt: Date | null
  readonly state: 'open' | 'used' | 'expired' | 'ended'
}
export interface FraudReportRecord {
  readonly id: string
  readonly at: Date
  readonly user: { readonly id: string; readonly username: string; readonly exists: boolean }
  readonly signInId: string
  readonly via: FraudReportView['via']
  readonly applicationName: string
  readonly callingStation: string | null
  readonly blocked: boolean
  readonly handledAt: Date | null
  readonly handledBy: string | null
  readonly note: string
  readonly notifiedAt: Date | null
}
export interface DeviceRecord {
  readonly id: string
  readonly name: string
  readonly userAgent: string
  /** Whether it gave an address for Web Push. */
  readonly pushes: boolean
  readonly createdAt: Date
  readonly lastSeenAt: Date | null
}

export interface UserStandingRecord {
  readonly user: UserRecord
  readonly factors: UserFactors
  /** The person's own order of the methods that are theirs. */
  readonly factorOrder: readonly FactorKind[]
  readonly pin: { readonly changedAt: Date; readonly mustChange: boolean } | null
  readonly devices: readonly DeviceRecord[]
  /** The newest first, at most twenty; so are the next two. */
  readonly blocks: readonly BlockRecord[]
  readonly bypasses: readonly BypassRecord[]
  readonly fraudReports: readonly FraudReportRecord[]
}

export interface ListQuery {
  readonly cursor?: string | undefined
  readonly limit: number
  readonly userId?: string | undefined
  /** The beginning of the username, in any case. */
  readonly username?: string | undefined
  /** When it began, ISO 8601, both included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Mails about fraud reports: who was told of which, so that a restart tells nobody twice. */
export interface FraudMailRepository {
  /** Those of the last day of which somebody is still to be told, the oldest first. */
  toTell(limit: number): Promise<readonly FraudReportToTell[]>
  note(id: string, told: FraudTold): Promise<void>
  state(): Promise<FraudMailState>
}

export interface FraudReportToTell extends FraudReportRecord {
  readonly toldTo: readonly string[]
}

export interface FraudTold {
  readonly toldTo: readonly string[]
  /** True: nobody else is to be told of it. */
  readonly isDone: boolean
  /** Why the last mail did not go; null: it did. */
  readonly problem: string | null
}

export interface FraudMailState {
  readonly lastSentAt: Date | null
  /** Reports that somebody is still to be told of. */
  readonly waiting: number
  /** Of the newest report that a mail was tried for. */
  readonly problem: string | null
}

export interface PeopleRepository {
  /** Null: there is no such user. */
  standing(userId: string): Promise<UserStandingRecord | null>
  /** Other methods than before also take the person's own order back: whoever chooses them says which is first. */
  changeFactors(
    userId: string,
    input: UserFactors & { readonly version: number },
    actor: Actor,
  ): Promise<Change<UserRecord>>
  setFactorOrder(
    userId: string,
    input: { readonly order: readonly FactorKind[]; readonly version: number },
    actor: Actor,
  ): Promise<Change<UserRecord>>
  /** Argon2id hashes of the present PIN and the last ones, which are not taken again; null: there is no such user. */
  pinHashes(userId: string): Promise<readonly string[] | null>
  /** Must be changed at its first use. The audit entry says that it was set, and nothing of what. */
  setPin(userId: string, hash: string, history: number, actor: Actor): Promise<Change<UserRecord>>
  /**
   * As its owner chose it: it need not be changed. `replaces`: the hash of the one that it takes the place of, null for none; where
   * there is another by now, nothing is done, as if the user were gone.
   */
  setOwnPin(
    userId: string,
    pin: { readonly hash: string; readonly history: number; readonly replaces: string | null },
    actor: Actor,
  ): Promise<Change<UserRecord>>
  removePin(userId: string, actor: Actor): Promise<Change<UserRecord>>
  /** `not-found`: no such device. */
  revokeDevice(deviceId: string, actor: Actor): Promise<Change<UserRecord>>
  /** Forgets the second factors that are remembered of them. */
  block(
    userId: string,
    input: { readonly reason: string; readonly until: Date | null },
    actor: Actor,
  ): Promise<Change<UserRecord>>
  unblock(userId: string, actor: Actor): Promise<Change<UserRecord>>
  giveBypass(
    userId: string,
    input: { readonly reason: string; readonly seconds: number },
    actor: Actor,
  ): Promise<Change<UserRecord>>
  endBypasses(userId: string, actor: Actor): Promise<Change<UserRecord>>
  blocks(query: ListQuery & { readonly state: 'in-force' | 'all' }): Promise<Page<BlockRecord>>
  bypasses(query: ListQuery): Promise<Page<BypassRecord>>
  fraudReports(query: ListQuery & { readonly state: 'open' | 'all' }): Promise<Page<FraudReportRecord>>
  openFraudReports(): Promise<number>
  handleFraudReport(id: string, note: string, actor: Actor): Promise<Change<FraudReportRecord>>
  /** How many users have their second factor off. */
  factorOff(): Promise<number>
}
