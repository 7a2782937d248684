/** Saved reports as the store keeps them, and what is known of their mails. */
import type { CreateSavedReportInput, ReportSchedule, SavedReportView } from '@sallyport/contract'
import type { Actor, Change } from './change.ts'

/** A mail that is to go out: begun, and not over. Times are ISO 8601. */
export interface ReportRun {
  readonly id: string
  /** The time of sending that it is of: the report's period is reckoned from it. */
  readonly dueAt: string
  /** Times of sending before it that passed unused. */
  readonly missed: number
  readonly attempts: number
  readonly againAt: string | null
  readonly problem: string | null
  /** Whom a mail gateway has taken it for. */
  readonly sentTo: readonly string[]
}

export type SavedReportOutcome = NonNullable<SavedReportView['last']>

export interface SavedReportRecord extends CreateSavedReportInput {
  readonly id: string
  readonly createdBy: string
  readonly schedule: ReportSchedule | null
  readonly scheduledBy: { readonly id: string; readonly name: string } | null
  readonly nextAt: Date | null
  /** The time of sending that was last begun. */
  readonly lastDueAt: Date | null
  readonly run: ReportRun | null
  readonly last: SavedReportOutcome | null
  readonly version: number
}

/** What the job writes down; absent fields stay. */
export interface SavedReportProgress {
  readonly nextAt?: Date | null
  readonly lastDueAt?: Date
  readonly run?: ReportRun | null
  readonly last?: SavedReportOutcome
}

export interface SavedReportRepository {
  /** By name. */
  list(): Promise<readonly SavedReportRecord[]>
  byId(id: string): Promise<SavedReportRecord | null>
  /** `already-exists`: the name. */
  create(input: CreateSavedReportInput, actor: Actor): Promise<Change<SavedReportRecord>>
  change(
    id: string,
    input: CreateSavedReportInput & { readonly version: number },
    actor: Actor,
  ): Promise<Change<SavedReportRecord>>
  /** What was under way ends, and what stopped the schedule is forgotten. */
  changeSchedule(
    id: string,
    input: {
      readonly schedule: ReportSchedule | null
      readonly scheduledBy: { readonly id: string; readonly name: string }
      readonly nextAt: Date | null
      readonly version: number
    },
    actor: Actor,
  ): Promise<Change<SavedReportRecord>>
  remove(id: string, version: number, actor: Actor): Promise<Change<SavedReportRecord>>
  /** Begins a mail because somebody asked for it; false: there is no schedule, or one is under way. */
  ask(id: string, run: ReportRun, actor: Actor): Promise<boolean>
  /**
   * Writes down how far its mail is, unless somebody changed that meanwhile: the schedule, or what was under way when it was read.
   * False: nothing was written.
   */
  note(read: SavedReportRecord, progress: SavedReportProgress): Promise<boolean>
}
