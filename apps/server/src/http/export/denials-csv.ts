/** Denials as CSV text, piece by piece: a line for each slice of the time and reason. */
import type { DenialCount, DenialSlice } from '@sallyport/contract'
import { csvOfReport, type Cells } from './report-csv.ts'
import { exportWords } from './words.ts'

type Row = Pick<DenialSlice, 'from' | 'to'> & DenialCount

const cells: Cells<Row, keyof typeof exportWords.denials> = {
  from: (row) => row.from,
  to: (row) => row.to,
  result: (row) => row.result,
  reason: (row) => row.reason,
  count: (row) => row.count,
}

export function csvOfDenials(slices: AsyncIterable<DenialSlice>): AsyncGenerator<string> {
  return csvOfReport(exportWords.denials, cells, rows(slices))
}

async function* rows(slices: AsyncIterable<DenialSlice>): AsyncGenerator<readonly Row[]> {
  for await (const { from, to, denials } of slices) yield denials.map((denial) => ({ from, to, ...denial }))
}
