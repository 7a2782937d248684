/** What can go wrong with the store itself, by name: each message says which file it is about and what to do. */

/**
 * - `read-only`: a file or the folder cannot be written
 * - `newer-version`: a later release has changed the database
 * - `not-a-database`: the file is something else, or damaged
 * - `key-missing`, `key-wrong`: what is sealed cannot be opened with what lies in the key file
 * - `migration-failed`: the database is as it was before
 * - `bad-cursor`: a list was asked to go on from something that is not a cursor of its own
 * - `empty-username`: a name of which nothing is left to match by
 * - `journal-unreadable`: a group in the journal is not what this release writes
 * - `backup-exists`, `short-passphrase`: nothing was written
 * - `not-a-backup`: the file is something else, or damaged
 * - `folder-in-use`: a backup is restored only where no database is
 */
export type StoreErrorCode =
  | 'read-only'
  | 'newer-version'
  | 'not-a-database'
  | 'key-missing'
  | 'key-wrong'
  | 'migration-failed'
  | 'bad-cursor'
  | 'empty-username'
  | 'journal-unreadable'
  | 'backup-exists'
  | 'short-passphrase'
  | 'not-a-backup'
  | 'folder-in-use'

export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** The `code` of a system or SQLite error; the empty string where there is none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
