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
import type { StagedPerson } from './directory-sync-types.ts'
import type { UserFields } from './user-types.ts'

export interface UserImportRecord {
  readonly id: string
  readonly at: Date
  readonly administrator: string
  readonly source: 'file' | 'directory'
  readonly fileName: string
  readonly octets: number
  readonly state: UserImportState
  readonly mapping: UserImportMapping
  readonly problem: string | null
  readonly checkedOctets: number
  readonly good: number
  readonly taken: number
  readonly there: number
  readonly linking: number
  readonly linked: number
  readonly refused: number
  readonly finishedAt: Date | null
}

/** Somebody whom a file adds; `oathToken`: the serial number of a token that is here; empty: none. */
export interface ImportedUser extends UserFields, UserFactors {
  readonly oathToken: string
}

/** What the directory calls somebody; with their name, how to tell whether they are here. */
export interface DirectoryIdentity {
  /** What it calls them for good. */
  readonly id: string
  readonly username: string
}

/** `user`: this very person, who is here; `namesake`: somebody else of this name; `isFree`: who does not come from the directory. */
export interface PersonHere {
  readonly user: { readonly id: string; readonly username: string } | null
  readonly namesake: { readonly id: string; readonly isFree: boolean } | null
}

/** `user` null: it cannot be taken, for what `remarks` say. */
export interface StagedUser {
  readonly line: number
  readonly username: string
  readonly user: ImportedUser | null
  /** The PIN that they begin with; empty: none. Sealed as it is put down. */
  readonly pin: string
  readonly remarks: readonly UserImportRemark[]
  /** The person of the directory that they are. */
  readonly person?: StagedPerson
}

/** A good row whose turn it is. */
export interface WaitingUser {
  readonly line: number
  readonly user: ImportedUser
  readonly pin: string
  /** Somebody of this name is here, and becomes this person of the directory. */
  readonly isLink: boolean
  readonly person?: StagedPerson
}

export interface UserImportRepository {
  create(input: { readonly id: string; readonly fileName: string }, actor: Actor): Promise<void>
  /** One that takes people of the directory: it is being looked at from the beginning. */
  createSearch(input: { readonly id: string; readonly fileName: string }, actor: Actor): Promise<void>
  /** There are so many people to look at. */
  expect(id: string, people: number): Promise<void>
  /** Who of these is here already, in their order. */
  whoIsHere(people: readonly DirectoryIdentity[]): Promise<readonly PersonHere[]>
  addPiece(id: string, number: number, octets: Uint8Array): Promise<void>
  /** The file is there as a whole. */
  uploaded(id: string, octets: number, mapping: UserImportMapping): Promise<void>
  /** The file, piece by piece. */
  pieces(id: string): AsyncIterable<Uint8Array>
  /** Forgets what its rows were said to be, and says what they are now; false: it is not in a state for that. */
  beginCheck(id: string, mapping: UserImportMapping): Promise<boolean>
  /** Puts down some rows, after a look at who is there already, here or in the file. `link`: of the directory, who is here by name is linked. */
  stage(id: string, rows: readonly StagedUser[], checkedOctets: number, how?: { readonly link: boolean }): Promise<void>
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
  /** The next good rows, then those that link, fewer at once; an empty list: none is left. */
  waiting(id: string, limit: number): Promise<readonly WaitingUser[]>
  /**
   * Adds the users of these rows in one short transaction; who is here by then stays as they are.
   * @returns who was added, by line
   */
  take(
    id: string,
    rows: readonly (WaitingUser & { readonly pinHash: string | null })[],
    actor: Actor,
  ): Promise<ReadonlyMap<number, string>>
  /** Nothing is left to be taken: the file is forgotten, its rows stay as the log. */
  finish(id: string): Promise<void>
  /** Forgets an import of which nothing was taken, in short transactions; false where something was. */
  discard(id: string): Promise<boolean>
  /** Those in this state that began before. */
  inState(state: UserImportState, before?: Date): Promise<readonly string[]>
}
