/**
 * What the engine's threads may ask of the store, through prepared statements: reading what sign-ins need, appending to the
 * journal, and moving the journal into the tables. Times are milliseconds since 1970.
 */
import type { CompanySettings } from '@sallyport/contract'
import type { OutboxRow } from './engine-accounting-types.ts'
import type { EngineClient, EngineRadiusTarget, EngineReplyRule } from './engine-radius-types.ts'
import type { JournalRecord, StoredChallenge, StoredFactorRequest } from './engine-record-types.ts'
import type { EngineStanding, FactorPassRow } from './engine-standing-types.ts'
import type { EnginePassword, EngineToken, EngineUser } from './engine-user-types.ts'
import type {
  BuiltInSettings,
  LdapSettings,
  RadiusSettings,
  RadsecSettings,
  TargetSettings,
  WindowsDomainSettings,
} from './settings-types.ts'

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
