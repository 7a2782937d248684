/** The room that synchronizes with the directory, as the console's part of the server sees it. */
import type { BrowsePage, SyncPreview, SyncPreviewInput } from '@sallyport/contract'
import type { Actor, SyncRunRecord } from '@sallyport/store'

import type { PeopleInDirectory } from './people-in-directory.ts'

/** A run, and how far it is at this moment. */
export interface SyncRunNow extends SyncRunRecord {
  readonly isRunning: boolean
}

export interface DirectorySyncControl {
  /** Null where another run is open. */
  start(how: { readonly dryRun: boolean; readonly full: boolean }, actor: Actor | null): Promise<SyncRunNow | null>
  /** False where the run does not wait. */
  approve(runId: string, adopt: boolean, actor: Actor): Promise<boolean>
  /** False where there is nothing to call off. Resolves when the run has ended. */
  cancel(runId: string, actor: Actor): Promise<boolean>
  now(run: SyncRunRecord): SyncRunNow
  /** @throws LdapFailure; undefined where the cursor is too old */
  browse(dn: string, cursor: string | undefined): Promise<BrowsePage | undefined>
  /** @throws LdapFailure */
  preview(input: SyncPreviewInput): Promise<SyncPreview>
  readonly people: PeopleInDirectory
}
