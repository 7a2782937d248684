/** Files of users, as the store keeps them: sealed pieces, rows that were looked at, and what came of them. */
import type {
  UserFactors,
  UserImportMapping,
  UserImportOutcome,
  UserImportRemark,
  UserImportRow,
  UserImportState,
} from '@sallyport/contract'
import type { Actor, Page } from './change.ts'
import type { UserFields } from './user-types.ts'

export interface UserImportRecord {
  readonly id: string
  readonly at: Date
  readonly administrator: string
  readonly fileName: string
  readonly octets: number
  readonly state: UserImportState
  readonly mapping: UserImportMapping
  readonly problem: string | null
  readonly checkedOctets: number
  readonly good: number
  readonly taken: number
  readonly there: number
  readonly refused: number
  readonly finishedAt: Date | null
}

/** Somebody whom a file adds; `oathToken`: the serial number of a token that is here; empty: none. */
export interface ImportedUser extends UserFields, UserFactors {
  readonly oathToken: string
}

/** `user` null: it cannot be taken, for what `remarks` say. */
export interface StagedUser {
  readonly line: number
  readonly username: string
  readonly user: ImportedUser | null
  /** The PIN that they begin with; empty: none. Sealed as it is put down. */
  readonly pin: string
  readonly remarks: readonly UserImportRemark[]
}

/** A good row whose turn it is. */
export interface WaitingUser {
  readonly line: number
  readonly user: ImportedUser
  readonly pin: string
}

export interface UserImportRepository {
  create(input: { readonly id: string; readonly fileName: string }, actor: Actor): Promise<void>
  addPiece(id: string, number: number, octets: Uint8Array): Promise<void>
  /** The file is there as a whole. */
  uploaded(id: string, octets: number, mapping: UserImportMapping): Promise<void>
  /** The file, piece by piece. */
  pieces(id: string): AsyncIterable<Uint8Array>
  /** Forgets what its rows were said to be, and says what they are now; false: it is not in a state for that. */
  beginCheck(id: string, mapping: UserImportMapping): Promise<boolean>
  /** Puts down some rows, after a look at who is there already, here or in the file. */
  stage(id: string, rows: readonly StagedUser[], checkedOctets: number): Promise<void>
  /** All rows were looked at; with a problem, none counts. */
  checked(id: string, problem: string | null): Promise<void>
  byId(id: string): Promise<UserImportRecord | null>
  /** The newest first. */
  list(page: { readonly cursor?: string | undefined; readonly limit: number }): Promise<Page<UserImportRecord>>
  rows(
    id: string,
    query: {
      readonly cursor?: string | undefined
      readonly limit: number
      readonly outcome?: UserImportOutcome | undefined
    },
  ): Promise<Page<UserImportRow>>
  /** All rows, in pieces with the thread given back between them. */
  stream(id: string): AsyncIterable<readonly UserImportRow[]>
  /** Says yes: the good rows may be taken now. False: it was not ready. The audit entry says how many. */
  begin(id: string, actor: Actor): Promise<boolean>
  /** The next good rows; an empty list: none is left. */
  waiting(id: string, limit: number): Promise<readonly WaitingUser[]>
  /**
   * Adds the users of these rows in one short transaction; who is here by then stays as they are.
   * @returns who was added, by line
   */
  take(
    id: string,
    rows: readonly (WaitingUser & { readonly pinHash: string | null })[],
  ): Promise<ReadonlyMap<number, string>>
  /** Nothing is left to be taken: the file is forgotten, its rows stay as the log. */
  finish(id: string): Promise<void>
  /** Forgets an import of which nothing was taken, in short transactions; false where something was. */
  discard(id: string): Promise<boolean>
  /** Those in this state that began before. */
  inState(state: UserImportState, before?: Date): Promise<readonly string[]>
}
