/** What administrators changed as CSV text, piece by piece. */
import type { AuditEntryView } from '@sallyport/contract'
import { csvOfReport, type Cells } from './report-csv.ts'
import { exportWords } from './words.ts'

const json = (fields: AuditEntryView['before']) => (fields === null ? '' : JSON.stringify(fields))

const cells: Cells<AuditEntryView, keyof typeof exportWords.changes> = {
  sequence: (row) => row.sequence,
  at: (row) => row.at,
  administrator: (row) => row.administrator,
  action: (row) => row.action,
  subjectKind: (row) => row.subjectKind,
  subjectName: (row) => row.subjectName ?? '',
  before: (row) => json(row.before),
  after: (row) => json(row.after),
  address: (row) => row.address ?? '',
}

export function csvOfChanges(pieces: AsyncIterable<readonly AuditEntryView[]>): AsyncGenerator<string> {
  return csvOfReport(exportWords.changes, cells, pieces)
}
