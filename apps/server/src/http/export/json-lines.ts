/** Rows of a report as lines of JSON. */

/** One by one. */
export async function* jsonLines(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const row of rows) yield line(row)
}

/** Piece by piece. */
export async function* jsonLinesOf(pieces: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  for await (const rows of pieces) yield rows.map(line).join('')
}

function line(row: unknown): string {
  return `${JSON.stringify(row)}\n`
}
