/** The records of a CSV in their order, each with the line that it begins on; a file that ends in the middle is refused. */
import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { ImportFault } from '../import-fault.ts'

export interface FileRecord {
  readonly line: number
  readonly fields: readonly string[]
}

interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

const longestRecord = 64 * 1024

/** @throws ImportFault naming the line, where the text is no CSV or ends in the middle of a record */
export async function* readRecords(
  text: AsyncIterable<string>,
  delimiter: string,
  /** Stops after so many, whatever follows. */
  most = Infinity,
): AsyncGenerator<FileRecord> {
  const end = { isWhole: true }
  let lastWholeLine = 0
  let columns: number | undefined
  let held: FileRecord | undefined
  async function* watched() {
    for await (const piece of text) {
      if (piece !== '') end.isWhole = /[\r\n]$/.test(piece)
      yield piece
    }
  }
  const parser = parse({
    delimiter,
    info: true,
    max_record_size: longestRecord,
    on_record: (record: string[], { lines }) => {
      lastWholeLine = lines
      return record
    },
    relax_column_count: true,
    skip_empty_lines: true,
    ...(most < Infinity && { to: most }),
    trim: true,
  })
  pipeline(Readable.from(watched()), parser, () => undefined)
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (held !== undefined) yield held
      // What the parser counts is the line that a record ends on; a quoted field may hold line breaks.
      const breaks = record.reduce((sum, field) => sum + (field.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
      held = { line: info.lines - breaks, fields: record }
      columns ??= record.length
    }
  } catch (error) {
    if (error instanceof CsvError) throw faultOf(error, lastWholeLine)
    throw error
  }
  if (held === undefined) return
  if (!end.isWhole && held.fields.length < (columns ?? 0)) throw cutIn(held.line)
  yield held
}

function cutIn(line: number): ImportFault {
  return new ImportFault('cut-short', `The file ends in the middle of line ${line}: it is not whole.`)
}

/** An open quote swallows what follows: it opened after the last record that was whole. */
function faultOf(error: CsvError, lastWholeLine: number): ImportFault {
  const { lines } = error as CsvError & { readonly lines?: unknown }
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return new ImportFault(
        'cut-short',
        `A quote that opens in line ${lastWholeLine + 1} is never closed: the file is not whole, or a " is missing there.`,
      )
    case 'CSV_MAX_RECORD_SIZE':
      return new ImportFault(
        'no-csv',
        `The row that begins in line ${lastWholeLine + 1} has more than 64 kB: a " is missing there, or this is no list of users.`,
      )
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return new ImportFault(
        'no-csv',
        `Line ${typeof lines === 'number' ? lines : lastWholeLine + 1}: a " stands where it cannot. Quote the whole field, and write a " inside it twice.`,
      )
    default:
      return new ImportFault('no-csv', `Line ${lastWholeLine + 1} is no CSV.`)
  }
}
