/** Synchronizations with the directory, as the main thread keeps them and as the thread that carries them out works on them. */
import type {
  AttributeMapping,
  MappedField,
  SyncAction,
  SyncReason,
  SyncRow,
  SyncRun,
  SyncRunState,
  SyncSettings,
} from '@sallyport/contract'
import type { Actor, Change, Page } from './change.ts'
import type { LdapSettings } from './settings-types.ts'

export interface SyncRunRecord extends Omit<SyncRun, 'startedAt' | 'finishedAt' | 'isRunning'> {
  readonly startedAt: Date
  readonly finishedAt: Date | null
}

/** A run of which more is to be done: one at a time. */
export type OpenSyncState = 'reading' | 'comparing' | 'waiting' | 'applying'

export interface DirectorySyncRepository {
  /** Defaults until saved: off. */
  settings(): Promise<SyncSettings>
  changeSettings(input: SyncSettings, actor: Actor): Promise<Change<SyncSettings>>
  /** Null where another one is open. `actor` null: the timetable, whose runs stand in the run history alone. */
  begin(
    input: { readonly dryRun: boolean; readonly kind: 'full' | 'incremental' },
    actor: Actor | null,
  ): Promise<SyncRunRecord | null>
  /** Whether everything was read within a day, by these very settings: what has changed since is enough then. */
  canGoOn(): Promise<boolean>
  /** When the newest run began that was not dry. */
  lastStartedAt(): Promise<Date | null>
  open(): Promise<SyncRunRecord | null>
  byId(id: string): Promise<SyncRunRecord | null>
  list(page: { readonly cursor?: string | undefined; readonly limit: number }): Promise<Page<SyncRunRecord>>
  rows(
    runId: string,
    query: {
      readonly cursor?: string | undefined
      readonly limit: number
      readonly action?: SyncAction | undefined
    },
  ): Promise<Page<SyncRow>>
  stream(runId: string): AsyncIterable<readonly SyncRow[]>
  /** From waiting to applying; false where it does not wait. */
  approve(id: string, adopt: boolean, actor: Actor): Promise<boolean>
  /** Ends a run that is in one of these states; false where it is in another. */
  end(
    id: string,
    from: readonly SyncRunState[],
    ended: { readonly state: 'failed' | 'cancelled'; readonly problem: string | null },
    actor: Actor | null,
  ): Promise<boolean>
  /** Removes runs beyond the newest hundred, in short transactions. */
  forgetOld(): Promise<void>
}

/** A person as the directory has them. */
export interface StagedPerson {
  readonly directoryId: string
  readonly dn: string
  /** Changes with the entry; empty: nobody can tell. */
  readonly stamp: string
  readonly disabled: boolean
  /** What the mapping makes of the entry; a field that is not the directory's, or that could not be taken, is absent. */
  readonly fields: Readonly<Partial<Record<MappedField | 'phoneExtension' | 'backupExtension', string>>>
  readonly remark: SyncReason | null
}

export type SeenPerson = Pick<StagedPerson, 'directoryId' | 'dn' | 'stamp'>

/** What becomes of a person; numbered in the order in which they are written down. */
export interface SyncPlanRow {
  readonly action: SyncAction
  readonly reason: SyncReason | null
  readonly username: string
  readonly usernameKey: string
  readonly dn: string
  readonly directoryId: string
  readonly userId: string | null
  readonly changes: SyncRow['changes']
  /** Columns of the user's row. */
  readonly columns: Readonly<Record<string, string | number | null>> | null
}

export type SyncCounts = Readonly<
  Record<'added' | 'changed' | 'enabled' | 'disabled' | 'removed' | 'adopted' | 'refused', number>
>

/** One run, from the thread that carries it out: its own connection, no Prisma; what was read lies in a file of its own until it ends. */
export interface SyncRoom {
  readonly run: {
    readonly id: string
    readonly dryRun: boolean
    readonly kind: 'full' | 'incremental'
    readonly state: OpenSyncState
    readonly adopt: boolean
  }
  readonly settings: SyncSettings
  readonly ldap: LdapSettings
  readonly mapping: AttributeMapping
  /** Notes who is there; who was noted before stays as they are. The ids of those who have to be read, for they are new or have changed. */
  note(people: readonly SeenPerson[], position: number): readonly string[]
  /** Notes who is there, and what is known of them; who was read before stays as they are. */
  stage(people: readonly StagedPerson[], position: number): void
  /** Entries that cannot be anybody: they have no name, or nothing to know them by again. */
  refuse(entries: readonly { readonly dn: string; readonly username: string; readonly reason: SyncReason }[]): void
  found(): number
  setServer(server: string): void
  /** Puts down what is to be done, in short transactions, and gives the thread back in between. */
  compare(pause: () => Promise<void>): Promise<SyncCounts>
  setState(state: OpenSyncState): void
  /** Applies some rows, in one transaction of some milliseconds; the ids of the users concerned, null: nothing is left. */
  applySome(): readonly string[] | null
  finish(): void
  fail(problem: string): void
  cancel(): void
  close(): void
}
