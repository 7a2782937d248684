/** What a synchronization with the directory came to as CSV text, piece by piece. */
import type { SyncRow } from '@sallyport/contract'
import { csvOfReport, type Cells } from './report-csv.ts'
import { exportWords } from './words.ts'

const cells: Cells<SyncRow, keyof typeof exportWords.directorySync> = {
  number: (row) => row.number,
  action: (row) => exportWords.syncActions[row.action],
  outcome: (row) => exportWords.syncOutcomes[row.outcome],
  reason: (row) => (row.reason === null ? '' : exportWords.syncReasons[row.reason]),
  username: (row) => row.username,
  dn: (row) => row.dn,
  changes: (row) =>
    Object.entries(row.changes)
      .map(([field, [before, after]]) => `${field}: ${String(before)} → ${String(after)}`)
      .join('; '),
}

export function csvOfSyncRun(pieces: AsyncIterable<readonly SyncRow[]>): AsyncGenerator<string> {
  return csvOfReport(exportWords.directorySync, cells, pieces)
}
