/** The log of an import of users as CSV text, piece by piece. */
import type { UserImportRow } from '@sallyport/contract'
import { csvOfReport, type Cells } from './report-csv.ts'
import { exportWords } from './words.ts'

const cells: Cells<UserImportRow, keyof typeof exportWords.userImport> = {
  line: (row) => row.line,
  username: (row) => row.username,
  outcome: (row) => exportWords.userImportOutcomes[row.outcome],
  remarks: (row) =>
    row.remarks.map(({ column, message }) => (column === null ? message : `${column}: ${message}`)).join(' '),
}

export function csvOfUserImport(pieces: AsyncIterable<readonly UserImportRow[]>): AsyncGenerator<string> {
  return csvOfReport(exportWords.userImport, cells, pieces)
}
