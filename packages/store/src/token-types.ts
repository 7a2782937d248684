/** OATH tokens and their imports, as the store keeps them. */
import type { ImportOutcome, ImportReason, OathAlgorithm, OathType, TokenImportRow } from '@sallyport/contract'
import type { Actor, Change, Page } from './change.ts'

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
