/** The room that mails saved reports: what the console's part of the server asks of it, and what it asks of that. */
import type { ReportSchedule, SavedReportContent } from '@sallyport/contract'
import type { Actor } from '@sallyport/store'

export interface SavedReportControl {
  /** When a schedule would send next. */
  nextAt(schedule: ReportSchedule): Date
  /** Begins to send one now; one that waits after a failure is tried at once. */
  send(id: string, actor: Actor): Promise<void>
  /** Whether mails can say where to find a report: the console's address is configured. */
  readonly hasAddress: boolean
}

/** What a report is made of. */
export interface ReportAsked {
  readonly content: SavedReportContent
  /** Null: since the beginning. */
  readonly from: Date | null
  /** This moment is no part of it. */
  readonly to: Date
  readonly zone: string
}

/** How sign-ins ended. */
export interface ReportTotals {
  readonly accepted: number
  readonly rejected: number
  readonly unanswered: number
}

export interface ReportFiles {
  /** The same as the export: piece by piece, read no faster than it is taken. */
  open(asked: ReportAsked, format: 'csv' | 'json'): Promise<AsyncIterable<string>>
  /** From what is counted as sign-ins end; null: of this report nothing is. */
  totals(asked: ReportAsked): Promise<ReportTotals | null>
}
