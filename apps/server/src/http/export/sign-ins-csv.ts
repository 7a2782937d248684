/** Sign-ins as CSV text, piece by piece. */
import type { SignInRow } from '@sallyport/contract'
import { byteOrderMark, csvLine } from './csv.ts'
import { exportWords } from './words.ts'

type Column = keyof typeof exportWords.signIns

const cells: Record<Column, (row: SignInRow) => string | number> = {
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

export async function* csvOfSignIns(pieces: AsyncIterable<readonly SignInRow[]>): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(Object.values(exportWords.signIns))
  const columns = Object.keys(exportWords.signIns) as Column[]
  for await (const rows of pieces) {
    yield rows.map((row) => csvLine(columns.map((column) => cells[column](row)))).join('')
  }
}
