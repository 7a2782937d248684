/** Sign-ins as CSV text, piece by piece. */
import type { SignInRow } from '@sallyport/contract'
import { csvOfReport, type Cells } from './report-csv.ts'
import { exportWords } from './words.ts'

const cells: Cells<SignInRow, keyof typeof exportWords.signIns> = {
  id: (row) => row.id,
  at: (row) => row.at,
  username: (row) => row.username,
  user: (row) => row.user?.username ?? '',
  client: (row) => row.client?.name ?? '',
  clientAddress: (row) => row.clientAddress,
  callingStation: (row) => row.callingStation ?? '',
  method: (row) => row.method,
  factor: (row) => row.factor ?? '',
  result: (row) => row.result,
  reason: (row) => row.reason,
  durationMs: (row) => row.durationMs,
  count: (row) => row.count,
  test: (row) => (row.test ? 'yes' : ''),
}

export function csvOfSignIns(pieces: AsyncIterable<readonly SignInRow[]>): AsyncGenerator<string> {
  return csvOfReport(exportWords.signIns, cells, pieces)
}
