/** Rows of a report as CSV text, piece by piece: a column for each word. */
import { byteOrderMark, csvLine } from './csv.ts'

export type Cells<Row, Column extends string> = Readonly<Record<Column, (row: Row) => string | number>>

/** @param words the columns in their order, with their headings */
export async function* csvOfReport<Row, Column extends string>(
  words: Readonly<Record<Column, string>>,
  cells: Cells<Row, Column>,
  pieces: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(Object.values(words))
  const columns = Object.keys(words) as Column[]
  for await (const rows of pieces) {
    yield rows.map((row) => csvLine(columns.map((column) => cells[column](row)))).join('')
  }
}
