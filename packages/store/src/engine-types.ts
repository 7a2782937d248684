/**
 * What the engine's threads may ask of the store, through prepared statements: reading what sign-ins need, appending to the
 * journal, and moving the journal into the tables. Times are milliseconds since 1970.
 */
import type {
  CacheScope,
  CompanySettings,
  FactorKind,
  FactorMode,
  MessageAuthenticatorPolicy,
  OathAlgorithm,
  OathType,
  ReplyOperation,
  SignInMethod,
  SignInReason,
  SignInResult,
} from '@sallyport/contract'
import type { RadiusServerFields } from './radius-types.ts'
import type {
  BuiltInSettings,
  LdapSettings,
  RadiusSettings,
  RadsecSettings,
  TargetSettings,
  WindowsDomainSettings,
} from './settings-types.ts'

export interface EngineClient {
  readonly id: string
  /** Canonical address or prefix; empty where the certificate alone tells. */
  readonly address: string
  /** What a request must name to be this client's; empty: whatever no other client of the address is named by. */
  readonly nasIdentifier: string
  /** What its certificate says over RadSec; empty: it asks by UDP alone. */
  readonly certificateName: string
  readonly applicationName: string
  readonly sharedSecret: string
  readonly requireUserMatch: boolean
  readonly messageAuthenticator: MessageAuthenticatorPolicy
  readonly limitProxyState: boolean
  readonly factorMode: FactorMode
  readonly canBeChallenged: boolean
  readonly deviceTimeoutSeconds: number
  /** The second factors that may be used here; [] for all that Company Settings allow. */
  readonly allowedMethods: readonly FactorKind[]
  readonly fallbackOath: boolean
  readonly pushWithoutNumber: boolean
  readonly messageAuthenticatorSeen: boolean
}

/** What goes into an Access-Accept, its value unsealed. */
export interface EngineReplyRule {
  readonly id: string
  /** Null: every client. */
  readonly clientId: string | null
  /** A DN or a name; empty: every user. */
  readonly groupName: string
  readonly operation: ReplyOperation
  readonly attribute: string
  readonly tag: number
  readonly value: string
}

export interface EngineToken {
  readonly id: string
  readonly serialNumber: string
  /** Still sealed: `EngineReader.unsealToken` opens it, at the moment of use. */
  readonly sealedSecret: string
  readonly type: OathType
  readonly algorithm: OathAlgorithm
  readonly digits: number
  /** Of TOTP. */
  readonly stepSeconds: number
  /** The newest time step (TOTP) or counter (HOTP) that is used up, with all before it. */
  readonly lastUsedStep: number | null
  /** How many steps the token's clock runs ahead (+) or behind (−), smoothed; 0 with HOTP. */
  readonly driftSteps: number
  /** Its codes count from then on, and until then; null: always, for ever. */
  readonly notBeforeMs: number | null
  readonly notAfterMs: number | null
}

/** How a user is asked for a second factor; what is null or empty, Company Settings decide. */
export interface EngineUserFactors {
  /** In the order in which they are tried. */
  readonly factorMethods: readonly FactorKind[]
  readonly email: string
  /** E.164; empty: none. */
  readonly phone: string
  readonly phoneExtension: string
  readonly backupPhone: string
  readonly backupExtension: string
  readonly callMode: 'standard' | 'pin' | null
  readonly textMode: 'one-way' | 'two-way' | null
  readonly textWithPin: boolean | null
  readonly appMode: 'standard' | 'pin' | null
  /** BCP 47. */
  readonly language: string
  readonly pin: EnginePin | null
  readonly devices: readonly EngineDevice[]
  /** The block that is in force longest; it counts while its end lies ahead. */
  readonly block: EngineBlock | null
  /** Those that nobody has used or ended. */
  readonly bypasses: readonly EngineBypass[]
}

export interface EnginePin {
  /** Argon2id. */
  readonly hash: string
  readonly mustChange: boolean
  readonly changedAtMs: number
}

/** The mobile app on a device. */
export interface EngineDevice {
  readonly id: string
  readonly name: string
}

export interface EngineBlock {
  readonly id: string
  readonly reason: string
  /** Null: until somebody unblocks. */
  readonly untilMs: number | null
}

export interface EngineBypass {
  readonly id: string
  readonly expiresAtMs: number
}

export interface EngineUser extends EngineUserFactors {
  readonly id: string
  readonly username: string
  readonly usernameKey: string
  readonly enabled: boolean
  readonly factorLockedUntil: number | null
  readonly factorFailures: readonly number[]
  readonly tokens: readonly EngineToken[]
}

/** When a second factor is remembered. */
export interface EngineCacheRule {
  readonly id: string
  /** A change ends what the rule remembered before. */
  readonly version: number
  /** Null: every client. */
  readonly clientId: string | null
  readonly scope: CacheScope
  readonly methods: readonly FactorKind[]
  /** 0: nothing is remembered, whatever later rules say. */
  readonly seconds: number
}

/** Where no second factor is asked for. */
export interface EngineTrustedNetwork {
  readonly id: string
  readonly name: string
  /** Null: every client. */
  readonly clientId: string | null
  /** The name of the attribute that says where the person is. */
  readonly attribute: string
  /** Canonical: an address, a prefix, or first and last address with a hyphen between. */
  readonly addresses: string
}

/** The rules by which people are let in without being asked again: the enabled ones, in their order. */
export interface EngineStanding {
  readonly cacheRules: readonly EngineCacheRule[]
  readonly trustedNetworks: readonly EngineTrustedNetwork[]
}

/** A second factor that is remembered. */
export interface FactorPassRow {
  readonly key: string
  readonly userId: string
  readonly expiresAtMs: number
}

/** A password that is kept here. */
export interface EnginePassword {
  /** Argon2id. */
  readonly hash: string
  /** Still sealed: `EngineReader.unsealNtHash` opens it, at the moment of use. Null: MS-CHAPv2 is not possible. */
  readonly sealedNtHash: string | null
  readonly mustChange: boolean
  readonly changedAtMs: number
}

/** A server of the target *RADIUS server(s)*, its secrets unsealed. */
export interface EngineRadiusServer extends RadiusServerFields {
  readonly id: string
  readonly sharedSecret: string | null
  /** PEM. */
  readonly privateKey: string | null
  readonly messageAuthenticatorSeen: boolean
}

export interface EngineRadiusTarget {
  readonly whenAllDead: 'silence' | 'reject'
  /** In the order in which they are asked. */
  readonly servers: readonly EngineRadiusServer[]
}

/** Reads what was committed; never writes. */
export interface EngineReader {
  radius(): RadiusSettings
  radsec(): RadsecSettings
  target(): TargetSettings
  ldap(): LdapSettings
  radiusTarget(): EngineRadiusTarget
  builtIn(): BuiltInSettings
  windowsDomain(): WindowsDomainSettings
  company(): CompanySettings
  standing(): EngineStanding
  /** Those that have not expired, the oldest first. */
  factorPasses(nowMs: number): readonly FactorPassRow[]
  /**
   * Tells a changed password, and hardly anything else: 16 bits of a keyed hash, so that whoever holds the database and its key learns
   * next to nothing of the password from it. Two passwords share one once in 65,536 times.
   */
  passwordMark(userId: string, password: string): string
  /** Undefined: no password is kept for this user. */
  password(userId: string): EnginePassword | undefined
  /** 16 octets. */
  unsealNtHash(userId: string, sealedNtHash: string): Uint8Array
  sealNtHash(userId: string, ntHash: Uint8Array): string
  /** A password change while it waits for a second factor; opens for nobody else's. */
  sealPasswordChange(userKey: string, change: string): string
  unsealPasswordChange(userKey: string, sealed: string): string
  /** For `AccountingToForward.sealedSecret`. */
  sealOutboxSecret(clientId: string, sharedSecret: string): string
  /** The enabled ones, secrets unsealed. */
  clients(): readonly EngineClient[]
  /** The enabled ones, in the order in which they apply. */
  replyRules(): readonly EngineReplyRule[]
  /** All users with their tokens, in pieces, for the engine's memory: 100,000 of them in about a second. */
  users(): Iterable<EngineUser>
  /** One user as it stands now; undefined when it is gone. */
  user(id: string): EngineUser | undefined
  unsealToken(token: EngineToken): Uint8Array
  /** Challenges that have not expired. */
  challenges(nowMs: number): readonly StoredChallenge[]
  /** What people are asked, or were not long ago. */
  factorRequests(nowMs: number): readonly StoredFactorRequest[]
  /** 32 octets, the same after a restart: the key of the hashes by which a retried sign-in is known again. */
  joiningKey(): Uint8Array
  /** A code that a person was sent, sealed for this request alone. */
  sealFactorCode(requestId: string, code: string): string
  unsealFactorCode(requestId: string, sealed: string): string
  /** The hashes of the PINs that the user had before the present one, the newest first. */
  formerPins(userId: string): readonly string[]
  close(): void
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

/** What tells a device from others that share its client: what it says of itself, and where its datagrams come from. */
export interface AccountingDevice {
  readonly clientId: string
  readonly nasIdentifier: string | null
  /** NAS-IP-Address or NAS-IPv6-Address. */
  readonly nasAddress: string | null
  readonly deviceAddress: string
}

/** One Accounting-Request of a session (RFC 2866 §4.1). */
export interface AccountingRecord extends AccountingDevice {
  /** For the row, where this is the first record of its session. */
  readonly id: string
  readonly status: 'start' | 'interim' | 'stop'
  /** When it happened, as far as the device says how long ago that was. */
  readonly atMs: number
  /** When it came. */
  readonly heardAtMs: number
  readonly clientName: string
  readonly nasPort: string | null
  readonly sessionId: string
  readonly multiSessionId: string | null
  /** As the device sent it; empty: not said. */
  readonly username: string
  readonly userId: string | null
  readonly userName: string | null
  readonly assignedIpv4: string | null
  /** An address or a prefix. */
  readonly assignedIpv6: string | null
  readonly callingStation: string | null
  readonly calledStation: string | null
  /** Acct-Session-Time; null: not said. */
  readonly seconds: number | null
  readonly inputOctets: number | null
  readonly outputOctets: number | null
  readonly inputPackets: number | null
  readonly outputPackets: number | null
  /** Acct-Terminate-Cause in kebab-case (`user-request`), or `terminate-cause-99`. */
  readonly cause: string | null
  /** Acct-Interim-Interval, seconds. */
  readonly interimSeconds: number | null
  /** Hexadecimal. */
  readonly class: string | null
}

/** Accounting-On or Accounting-Off: whatever the device had open is over (RFC 2866 §5.1). */
export interface DeviceRestart extends AccountingDevice {
  readonly atMs: number
}

/** An Accounting-Request that waits to be forwarded, until a server of the target acknowledges it. */
export interface AccountingToForward {
  readonly heardAtMs: number
  readonly clientId: string
  /** Whose records go in their order, one after the other: what names the session, else the device. */
  readonly session: string
  /** Base64: the attributes as they came, hidden ones under the client's secret. */
  readonly attributes: string
  /** The client's secret, sealed by `EngineReader.sealOutboxSecret`; null where nothing in it is hidden. */
  readonly sealedSecret: string | null
}

/** The same as it lies in the outbox. */
export interface OutboxRow {
  /** Grows; never given out again. */
  readonly id: number
  readonly heardAtMs: number
  /** What the session was made: 48 bits of a digest. */
  readonly sessionKey: number
  readonly attributes: Uint8Array
  readonly clientId: string
  readonly sealedSecret: string | null
}

/** Reads what waits to be forwarded, a page at a time. */
export interface OutboxReader {
  /** Rows after this one, oldest first. */
  after(id: number, atMost: number): readonly OutboxRow[]
  /** The rows of one session from the first of these to the last, oldest first. */
  ofSession(sessionKey: number, fromId: number, toId: number, atMost: number): readonly OutboxRow[]
  /** When the oldest row came, ms since 1970; null where nothing waits. */
  oldestAtMs(): number | null
  /** The number of the newest row; 0 where nothing waits. */
  lastId(): number
  /** The secret that hidden attributes of this row are hidden with; undefined where it has none. */
  secretOf(row: Pick<OutboxRow, 'clientId' | 'sealedSecret'>): Uint8Array | undefined
  close(): void
}

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

/** Appends to the journal. One writer at a time, and nobody else writes to its file. */
export interface Journal {
  /** Writes one group as one row; when it returns, the group is on disk (`synchronous=FULL`). Throws when it cannot. */
  append(records: readonly JournalRecord[]): void
  /** The same for records that {@link encodeRecords} made into text already: text crosses threads cheaply, records do not. */
  appendEncoded(body: string): void
  /** Groups up to this number are in the tables: they go, some with each append, so that they cost no commit of their own. */
  forget(movedUpTo: number): void
  /** Removes some of what may go, while nothing is appended; false when nothing is left to remove. */
  tidy(): boolean
  close(): void
}

/** Copies groups from the journal into the tables, its cursor in the same transaction. It never writes to the journal. */
export interface Mover {
  /**
   * Moves at most so many groups, in transactions of some tens of milliseconds, and fewer when that takes longer or
   * the database is busy; the answer is how many are left.
   */
  move(maximumGroups: number): number
  /** The number of the last group that is in the tables. */
  movedUpTo(): number
  /** How many Accounting-Requests wait in the outbox. */
  outboxRows(): number
  /** Removes what was acknowledged, in one short transaction; false where the database stayed busy: ask again. */
  removeForwarded(ids: readonly number[]): boolean
  /** Removes some of the rows up to this one, whatever they wait for; true when none of them is left. */
  discardOutbox(upToId: number): boolean
  close(): void
}
