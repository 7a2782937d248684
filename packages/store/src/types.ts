/**
 * What the main thread may ask of the store: repositories in plain types. Outcomes that a caller has to expect are values;
 * exceptions are bugs and broken I/O. Every change names who made it, and is in the audit trail in the same transaction.
 */
import type {
  AuditEntryView,
  FactorKind,
  FactorMode,
  GatewayConfiguration,
  GatewayKind,
  LdapInput,
  MessageAuthenticatorPolicy,
  ImportOutcome,
  ImportReason,
  OathAlgorithm,
  OathType,
  ReplyOperation,
  Role,
  SignInFilter,
  SignInMethod,
  SignInReason,
  SignInRow,
  TargetKind,
  TokenImportRow,
  UserFactors,
  UserListQuery,
  WindowsDomainInput,
  VendorProfileId,
  VpnSessionDetails,
  VpnSessionFilter,
  VpnSessionRow,
} from '@sallyport/contract'
import type { AppDeviceRepository } from './app-types.ts'
import type { Actor, Change } from './change.ts'

import type {
  CacheRuleRepository,
  CompanyRepository,
  EditedUser,
  PeopleRepository,
  UserEdit,
  UserSelection,
  TrustedNetworkRepository,
} from './standing-types.ts'
import type {
  EnrolmentLinkRepository,
  OwnFactorRepository,
  PortalSessionRepository,
  PortalSettingsRepository,
} from './portal-types.ts'

export type { Actor, Change } from './change.ts'

export interface Page<T> {
  readonly rows: readonly T[]
  readonly nextCursor: string | null
  readonly total: number
}

export interface AdministratorRecord {
  readonly id: string
  readonly username: string
  readonly role: Role
  readonly enabled: boolean
  readonly passwordHash: string
  readonly failedSignIns: number
  readonly lockedUntil: Date | null
  readonly lastSignInAt: Date | null
  readonly createdAt: Date
  readonly version: number
}

export interface AdministratorRepository {
  count(): Promise<number>
  list(): Promise<readonly AdministratorRecord[]>
  byId(id: string): Promise<AdministratorRecord | null>
  byUsername(username: string): Promise<AdministratorRecord | null>
  /** Makes the very first administrator; `already-exists` when there is one, however many ask at once. */
  createFirst(input: { username: string; passwordHash: string }, actor: Actor): Promise<Change<AdministratorRecord>>
  create(
    input: { username: string; passwordHash: string; role: Role },
    actor: Actor,
  ): Promise<Change<AdministratorRecord>>
  /** `last-administrator`: nobody enabled with the role administrator would be left. Ends their sessions. */
  change(
    id: string,
    input: { role: Role; enabled: boolean; passwordHash?: string; version: number },
    actor: Actor,
  ): Promise<Change<AdministratorRecord> | { readonly ok: false; readonly problem: 'last-administrator' }>
  remove(
    id: string,
    version: number,
    actor: Actor,
  ): Promise<Change<AdministratorRecord> | { readonly ok: false; readonly problem: 'last-administrator' }>
  /** Counts a wrong password, and locks until then where a time is given. */
  countFailedSignIn(id: string, lockedUntil: Date | null): Promise<void>
  /** Clears the count, notes the time, and writes the sign-in to the audit trail. */
  noteSignIn(id: string, actor: Actor): Promise<void>
  /** One's own password: ends all sessions but the one given. */
  changeOwnPassword(id: string, passwordHash: string, keepSession: string, actor: Actor): Promise<void>
}

export interface SessionRecord {
  readonly tokenHash: string
  readonly administrator: AdministratorRecord
  readonly createdAt: Date
  readonly lastSeenAt: Date
  readonly expiresAt: Date
}

export interface SessionRepository {
  create(input: {
    tokenHash: string
    administratorId: string
    expiresAt: Date
    address: string
    userAgent: string
  }): Promise<void>
  /** The session if it has not expired and its administrator is enabled. */
  find(tokenHash: string): Promise<SessionRecord | null>
  touch(tokenHash: string, expiresAt: Date): Promise<void>
  remove(tokenHash: string): Promise<void>
  removeExpired(): Promise<number>
}

export interface RadiusSettings {
  readonly enabled: boolean
  readonly authenticationPorts: readonly number[]
  readonly accountingPorts: readonly number[]
  readonly accountingSilenceHours: number
  readonly version: number
}

export interface TargetSettings {
  readonly kind: TargetKind
  readonly version: number
}

/** What belongs to all servers of the target *RADIUS server(s)*. */
export interface RadiusTargetSettings {
  readonly whenAllDead: 'silence' | 'reject'
  readonly version: number
}

/** The LDAP configuration; `bindPassword` is unsealed and never leaves the server's own threads. */
export interface LdapSettings extends Omit<LdapInput, 'queryBind'> {
  readonly queryBind:
    { readonly kind: 'anonymous' } | { readonly kind: 'simple'; readonly dn: string; readonly password: string }
  readonly configured: boolean
}

/** What built-in users may sign in with. */
export interface BuiltInSettings {
  /** Keep NT hashes. */
  readonly allowMschapV2: boolean
  readonly maximumAgeDays: number | null
  readonly version: number
}

/** A password as it is kept: argon2id, and the NT hash (16 octets), which is stored only where the settings allow it. */
export interface PasswordFields {
  readonly hash: string
  readonly ntHash: Uint8Array
  readonly mustChange: boolean
}

export interface BuiltInRepository {
  /** Until saved: no MS-CHAPv2, no expiry. */
  settings(): Promise<BuiltInSettings>
  /** No longer allowing MS-CHAPv2 removes every NT hash in the same transaction. */
  changeSettings(input: BuiltInSettings, actor: Actor): Promise<Change<BuiltInSettings>>
  /** The user whom a sign-in under this name is matched with, and the argon2id hash of their password; for a test. */
  credentials(username: string): Promise<{ readonly user: UserRecord; readonly hash: string | null } | null>
  counts(): Promise<{ readonly usersWithPassword: number; readonly usersWithNtHash: number }>
  /** The audit entry says that it was set, and nothing of what. */
  setPassword(userId: string, password: PasswordFields, actor: Actor): Promise<Change<UserRecord>>
  removePassword(userId: string, actor: Actor): Promise<Change<UserRecord>>
}

/** The Windows domain; the account's password is unsealed and never leaves the server's own threads. */
export interface WindowsDomainSettings extends Omit<WindowsDomainInput, 'account'> {
  readonly account: { readonly username: string; readonly password: string }
  readonly configured: boolean
}

export interface WindowsDomainRepository {
  settings(): Promise<WindowsDomainSettings>
  /** The caller has filled in the password that stays; the audit entry says only whether it changed. */
  changeSettings(input: Omit<WindowsDomainSettings, 'configured'>, actor: Actor): Promise<Change<WindowsDomainSettings>>
}

/** RADIUS over TLS; `keyPem` is unsealed and never leaves the server's own threads, null: none is kept. */
export interface RadsecSettings {
  readonly enabled: boolean
  readonly port: number
  readonly certificatePem: string
  readonly keyPem: string | null
  readonly caPem: string
  readonly version: number
}

export interface SettingsRepository {
  /** Defaults until saved: off, port 2083, no certificates. */
  radsec(): Promise<RadsecSettings>
  /** The caller has filled in the key that stays; the audit entry says only whether it changed. */
  changeRadsec(input: RadsecSettings, actor: Actor): Promise<Change<RadsecSettings>>
  /** Defaults until saved: disabled, 1812 and 1645, 1813 and 1646. */
  radius(): Promise<RadiusSettings>
  changeRadius(input: RadiusSettings, actor: Actor): Promise<Change<RadiusSettings>>
  target(): Promise<TargetSettings>
  changeTarget(input: TargetSettings, actor: Actor): Promise<Change<TargetSettings>>
  radiusTarget(): Promise<RadiusTargetSettings>
  changeRadiusTarget(input: RadiusTargetSettings, actor: Actor): Promise<Change<RadiusTargetSettings>>
  ldap(): Promise<LdapSettings>
  /** The caller has filled in the password that stays; the audit entry says only whether it changed. */
  changeLdap(input: Omit<LdapSettings, 'configured'>, actor: Actor): Promise<Change<LdapSettings>>
}

export interface RadiusClientFields {
  readonly address: string
  readonly nasIdentifier: string
  readonly certificateName: string
  readonly applicationName: string
  readonly vendorProfile: VendorProfileId
  readonly requireUserMatch: boolean
  readonly messageAuthenticator: MessageAuthenticatorPolicy
  readonly limitProxyState: boolean
  readonly factorMode: FactorMode
  readonly canBeChallenged: boolean
  readonly deviceTimeoutSeconds: number
  /** [] for all that Company Settings allow. */
  readonly allowedMethods: readonly FactorKind[]
  readonly fallbackOath: boolean
  readonly pushWithoutNumber: boolean
  readonly enabled: boolean
}

export interface RadiusClientRecord extends RadiusClientFields {
  readonly id: string
  readonly messageAuthenticatorSeenAt: Date | null
  readonly proxyStateSeenAt: Date | null
  readonly methodsSeen: readonly Exclude<SignInMethod, 'none'>[]
  readonly lastSeenAt: Date | null
  readonly signInsLastDay: number
  readonly createdAt: Date
  readonly version: number
}

/** A client with its secret unsealed, for the packets of a test; it never leaves the server's own threads. */
export interface RadiusClientForTest extends RadiusClientFields {
  readonly id: string
  readonly sharedSecret: string
}

export interface RadiusClientRepository {
  list(): Promise<readonly RadiusClientRecord[]>
  forTest(id: string): Promise<RadiusClientForTest | null>
  create(input: RadiusClientFields & { sharedSecret: string }, actor: Actor): Promise<Change<RadiusClientRecord>>
  change(
    id: string,
    input: RadiusClientFields & { sharedSecret?: string; version: number },
    actor: Actor,
  ): Promise<Change<RadiusClientRecord>>
  remove(id: string, version: number, actor: Actor): Promise<Change<RadiusClientRecord>>
}

export interface ReplyRuleFields {
  readonly clientId: string | null
  readonly groupName: string
  readonly operation: ReplyOperation
  readonly attribute: string
  readonly tag: number
  readonly enabled: boolean
}

/** `value` is null where it is a secret. */
export interface ReplyRuleRecord extends ReplyRuleFields {
  readonly id: string
  readonly value: string | null
  readonly createdAt: Date
  readonly version: number
}

export interface RadiusServerFields {
  /** An address, or a name that DNS knows. */
  readonly host: string
  readonly authenticationPort: number
  /** Null: it takes no accounting. */
  readonly accountingPort: number | null
  readonly transport: 'udp' | 'radsec'
  readonly timeoutSeconds: number
  readonly tries: number
  readonly messageAuthenticator: 'auto' | 'require'
  /** RadSec, PEM: the authorities of the server's certificate. */
  readonly caPem: string | null
  /** RadSec, PEM: our own certificate. */
  readonly certificatePem: string | null
}

/** What is sealed; absent: the present one stays. */
export interface RadiusServerSecrets {
  readonly sharedSecret?: string | undefined
  /** PEM. */
  readonly privateKey?: string | undefined
}

export interface RadiusServerRecord extends RadiusServerFields {
  readonly id: string
  /** From 1. */
  readonly place: number
  readonly hasSharedSecret: boolean
  readonly hasPrivateKey: boolean
  readonly messageAuthenticatorSeenAt: Date | null
  readonly createdAt: Date
  readonly version: number
}

/** `secret` says how the value is kept: sealed, and never shown. Undefined keeps the present value, which must be of that kind. */
export interface ReplyRuleValue {
  readonly value?: string
  readonly secret: boolean
}

export interface ReplyRuleRepository {
  /** In the order in which they apply. */
  list(): Promise<readonly ReplyRuleRecord[]>
  /** Goes to the end of the order. */
  create(input: ReplyRuleFields & ReplyRuleValue & { value: string }, actor: Actor): Promise<Change<ReplyRuleRecord>>
  change(
    id: string,
    input: ReplyRuleFields & ReplyRuleValue & { version: number },
    actor: Actor,
  ): Promise<Change<ReplyRuleRecord>>
  /** Changes places with the rule before or after it; at the end of the order nothing changes. */
  move(id: string, direction: 'up' | 'down', version: number, actor: Actor): Promise<Change<ReplyRuleRecord>>
  remove(id: string, version: number, actor: Actor): Promise<Change<ReplyRuleRecord>>
}

export interface RadiusServerRepository {
  /** In the order in which they are asked. */
  list(): Promise<readonly RadiusServerRecord[]>
  /** Its secrets, unsealed, for a test of it; null when there is no such server. */
  secrets(id: string): Promise<{ readonly sharedSecret: string | null; readonly privateKey: string | null } | null>
  /** At the end of the order. `already-exists`: the same host, port and transport. */
  create(input: RadiusServerFields & RadiusServerSecrets, actor: Actor): Promise<Change<RadiusServerRecord>>
  change(
    id: string,
    input: RadiusServerFields & RadiusServerSecrets & { version: number },
    actor: Actor,
  ): Promise<Change<RadiusServerRecord>>
  /** Changes places with its neighbour; at the end of the order nothing changes. */
  move(id: string, direction: 'up' | 'down', actor: Actor): Promise<Change<RadiusServerRecord>>
  remove(id: string, version: number, actor: Actor): Promise<Change<RadiusServerRecord>>
}

export interface GatewayFields {
  readonly name: string
  readonly enabled: boolean
  readonly configuration: GatewayConfiguration
}

/** What is sealed; absent: the present one stays. */
export interface GatewaySecrets {
  readonly secret?: string | undefined
  readonly callbackSecret?: string | undefined
}

export interface GatewayRecord extends GatewayFields {
  readonly id: string
  readonly kind: GatewayKind
  /** From 1, among those of its kind. */
  readonly place: number
  readonly hasSecret: boolean
  readonly hasCallbackSecret: boolean
  readonly version: number
}

export interface GatewayRepository {
  /** By kind, and in the order in which those of a kind are asked. */
  list(): Promise<readonly GatewayRecord[]>
  /** Unsealed, for the room that uses them; null when there is no such gateway. */
  secrets(id: string): Promise<GatewaySecrets | null>
  /** At the end of the order of its kind. `already-exists`: the name. */
  create(input: GatewayFields & GatewaySecrets, actor: Actor): Promise<Change<GatewayRecord>>
  /** The type of its configuration must be the present one's. */
  change(
    id: string,
    input: GatewayFields & GatewaySecrets & { version: number },
    actor: Actor,
  ): Promise<Change<GatewayRecord>>
  /** Changes places with its neighbour of the same kind; at the end of the order nothing changes. */
  move(id: string, direction: 'up' | 'down', actor: Actor): Promise<Change<GatewayRecord>>
  remove(id: string, version: number, actor: Actor): Promise<Change<GatewayRecord>>
  /** Notes in the audit trail that a real test message goes out. */
  noteTest(id: string, to: string, actor: Actor): Promise<void>
}

export interface UserFields {
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly description: string
  readonly enabled: boolean
}

export interface UserRecord extends UserFields {
  readonly factorMethods: readonly FactorKind[]
  readonly phone: string
  readonly deviceCount: number
  readonly hasPin: boolean
  /** In force now. */
  readonly block: { readonly until: Date | null } | null
  readonly id: string
  readonly tokenCount: number
  /** Null also when the lock is over. */
  readonly factorLockedUntil: Date | null
  readonly lastSignInAt: Date | null
  readonly password: { readonly changedAt: Date; readonly mustChange: boolean; readonly hasNtHash: boolean } | null
  readonly createdAt: Date
  readonly version: number
}

export interface UserRepository {
  list(query: UserListQuery): Promise<Page<UserRecord>>
  byId(id: string): Promise<UserRecord | null>
  create(input: UserFields & { password?: PasswordFields }, actor: Actor): Promise<Change<UserRecord>>
  change(id: string, input: UserFields & { version: number }, actor: Actor): Promise<Change<UserRecord>>
  remove(id: string, version: number, actor: Actor): Promise<Change<UserRecord>>
  /** Which of these names are taken, by usernameKey. */
  taken(usernames: readonly string[]): Promise<ReadonlySet<string>>
  /** Adds them all in one audit entry; names that are taken by then are skipped and counted. Cut into short transactions. */
  createMany(
    input: readonly (UserFields & Partial<UserFactors>)[],
    actor: Actor,
  ): Promise<{ readonly ids: readonly string[]; readonly skipped: number }>
  /** Lifts the lock of the second factor and forgets the failures that led to it. */
  unlockFactor(id: string, actor: Actor): Promise<Change<UserRecord>>
  withoutToken(): Promise<number>
  /** In short transactions, with one entry in the audit trail; what the answer holds is enough to undo it. */
  edit(selection: UserSelection, changes: UserEdit, actor: Actor): Promise<readonly EditedUser[]>
  /** Whoever was changed since stays as they are. The answer names those who were changed back. */
  undoEdit(edited: readonly EditedUser[], actor: Actor): Promise<readonly string[]>
  /** All of them by name, in pieces with the thread given back between them. */
  stream(): AsyncIterable<readonly (UserFields & UserFactors)[]>
}

export interface TokenFields {
  readonly serialNumber: string
  readonly algorithm: OathAlgorithm
  readonly digits: number
  readonly stepSeconds: number
  readonly manufacturer: string
  readonly model: string
  readonly userId: string | null
}

/** Absent: a TOTP token of which no code was used, for ever. */
export interface NewToken extends TokenFields {
  /** Raw octets. */
  readonly secret: Uint8Array
  readonly type?: OathType
  readonly lastUsedStep?: number | null
  readonly notBefore?: Date | null
  readonly notAfter?: Date | null
}

export interface TokenRecord extends TokenFields {
  readonly id: string
  readonly type: OathType
  readonly user: { readonly id: string; readonly username: string } | null
  /** The newest time step (TOTP) or counter (HOTP) that is used up. */
  readonly lastUsedStep: number | null
  readonly driftSteps: number
  readonly notBefore: Date | null
  readonly notAfter: Date | null
  readonly lastUsedAt: Date | null
  readonly createdAt: Date
  readonly version: number
}

export interface TokenRepository {
  list(query: {
    readonly cursor?: string | undefined
    readonly limit: number
    readonly search?: string | undefined
    readonly userId?: string | undefined
    readonly assigned?: 'true' | 'false' | undefined
    readonly type?: OathType | undefined
  }): Promise<Page<TokenRecord>>
  byId(id: string): Promise<TokenRecord | null>
  /** Capital letters make no difference. */
  bySerialNumber(serialNumber: string): Promise<TokenRecord | null>
  /** The token's key, unsealed, raw octets; null when there is no such token. */
  secret(id: string): Promise<Uint8Array | null>
  create(input: NewToken, actor: Actor): Promise<Change<TokenRecord>>
  /** Adds them all in one audit entry, in short transactions; rejects where a serial number is taken. The answer is how many. */
  createMany(input: readonly NewToken[], actor: Actor): Promise<number>
  /** @param usedStep the step or counter of the code by which it was proven: it and those before are used up */
  assign(
    id: string,
    userId: string | null,
    version: number,
    actor: Actor,
    usedStep?: number,
  ): Promise<Change<TokenRecord>>
  remove(id: string, version: number, actor: Actor): Promise<Change<TokenRecord>>
  /**
   * Notes where two codes in a row showed the token to be: the second's step or counter is used up, with all before it.
   * `changed-meanwhile`: that one was used by now.
   */
  resynchronise(id: string, found: { step: number; driftSteps: number }, actor: Actor): Promise<Change<TokenRecord>>
  /** Null: the user is not there. Tokens that are gone are left out; each that changed has its audit entry. */
  assignMany(ids: readonly string[], userId: string | null, actor: Actor): Promise<ManyChanged | null>
  removeMany(ids: readonly string[], actor: Actor): Promise<ManyChanged>
}

/** `userIds`: whose tokens they were or became. */
export interface ManyChanged {
  readonly count: number
  readonly userIds: readonly string[]
}

/** What a file says of a token; its key in raw octets. */
export interface ImportedToken extends Omit<TokenFields, 'userId'> {
  readonly secret: Uint8Array
  readonly type: OathType
  readonly lastUsedStep: number | null
  readonly notBefore: Date | null
  readonly notAfter: Date | null
}

/** `token` null: it cannot be taken, for this reason. */
export interface StagedRow {
  readonly number: number
  readonly serialNumber: string
  readonly upn: string
  readonly token: ImportedToken | null
  readonly reason: ImportReason | null
  readonly field: string | null
}

export interface TokenImportRecord {
  readonly id: string
  readonly at: Date
  readonly administrator: string
  readonly fileName: string
  readonly format: 'csv' | 'pskc'
  readonly state: 'reading' | 'ready' | 'importing' | 'done'
  readonly good: number
  readonly taken: number
  readonly refused: number
  readonly finishedAt: Date | null
}

/** Files of tokens: their rows are put down first, sealed, and become tokens when somebody says yes. */
export interface TokenImportRepository {
  create(input: { id: string; fileName: string; format: 'csv' | 'pskc' }, actor: Actor): Promise<void>
  /** Puts down some rows, and refuses those whose serial number is there already, here or in the file, and what has expired. */
  stage(id: string, rows: readonly StagedRow[]): Promise<void>
  /** All rows are there. */
  ready(id: string): Promise<TokenImportRecord | null>
  byId(id: string): Promise<TokenImportRecord | null>
  /** The newest first. */
  list(page: { readonly cursor?: string | undefined; readonly limit: number }): Promise<Page<TokenImportRecord>>
  rows(
    id: string,
    query: {
      readonly cursor?: string | undefined
      readonly limit: number
      readonly outcome?: ImportOutcome | undefined
    },
  ): Promise<Page<TokenImportRow>>
  /** All rows, read in pieces of at most 500 with the thread given back between them. */
  stream(id: string): AsyncIterable<readonly TokenImportRow[]>
  /** Says yes: the good rows may be taken now. False: it was not ready. The audit entry says how many. */
  begin(id: string, actor: Actor): Promise<boolean>
  /** Makes tokens of the next good rows, in one short transaction: whose they are; null when none is left, and it is done. */
  takeSome(id: string): Promise<readonly string[] | null>
  /** Forgets an import that was not taken, with its rows, in short transactions; false where it was. */
  discard(id: string): Promise<boolean>
  /** Those in this state that began before. */
  inState(state: TokenImportRecord['state'], before?: Date): Promise<readonly string[]>
}

export interface SignInRepository {
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
  /** Walks the chain: the sequence of the first entry whose hash does not hold, or null. */
  firstBroken(): Promise<number | null>
}

export interface Store {
  readonly company: CompanyRepository
  readonly cacheRules: CacheRuleRepository
  readonly trustedNetworks: TrustedNetworkRepository
  readonly people: PeopleRepository
  readonly administrators: AdministratorRepository
  readonly sessions: SessionRepository
  readonly settings: SettingsRepository
  readonly builtIn: BuiltInRepository
  readonly windowsDomain: WindowsDomainRepository
  readonly radiusClients: RadiusClientRepository
  readonly replyRules: ReplyRuleRepository
  readonly radiusServers: RadiusServerRepository
  readonly gateways: GatewayRepository
  readonly users: UserRepository
  readonly oathTokens: TokenRepository
  readonly oathImports: TokenImportRepository
  readonly appDevices: AppDeviceRepository
  readonly signIns: SignInRepository
  readonly vpnSessions: VpnSessionRepository
  readonly audit: AuditRepository
  readonly portalSessions: PortalSessionRepository
  readonly enrolmentLinks: EnrolmentLinkRepository
  readonly portalSettings: PortalSettingsRepository
  readonly ownFactors: OwnFactorRepository
  counts(): Promise<{ readonly users: number; readonly clients: number; readonly tokens: number }>
  close(): Promise<void>
}
