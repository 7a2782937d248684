/** The log of an import of tokens as CSV text, piece by piece. */
import type { TokenImportRow } from '@sallyport/contract'
import { csvOfReport, type Cells } from './report-csv.ts'
import { exportWords } from './words.ts'

const cells: Cells<TokenImportRow, keyof typeof exportWords.tokenImport> = {
  number: (row) => row.number,
  serialNumber: (row) => row.serialNumber,
  upn: (row) => row.upn,
  outcome: (row) => exportWords.importOutcomes[row.outcome],
  reason: (row) => (row.reason === null ? '' : exportWords.importReasons[row.reason]),
  field: (row) => row.field ?? '',
}

export function csvOfTokenImport(pieces: AsyncIterable<readonly TokenImportRow[]>): AsyncGenerator<string> {
  return csvOfReport(exportWords.tokenImport, cells, pieces)
}
