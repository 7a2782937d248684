/** Reads users from CSV text: header in any case and order, comma or semicolon, quoted fields; names each fault by line and column. */
import { createUserInput, userFactorFields, type ImportUsersResult, type UserFactors } from '@sallyport/contract'
import { usernameKey, type UserFields } from '@sallyport/store'
import { CsvError, parse } from 'csv-parse'
import { z } from 'zod'

export type ImportProblem = ImportUsersResult['problems'][number]

export interface UserRow {
  readonly line: number
  readonly key: string
  readonly fields: UserFields & UserFactors
}

type Column = keyof UserFields | 'methods' | Exclude<keyof UserFactors, 'factorMethods'>
const columns = [
  ...['username', 'firstName', 'lastName', 'email', 'description', 'enabled', 'methods', 'phone', 'phoneExtension'],
  ...['backupPhone', 'backupExtension', 'callMode', 'textMode', 'textWithPin', 'appMode', 'language'],
] as readonly Column[]

const fieldsOfRow = z.object({ ...createUserInput.omit({ password: true }).shape, ...userFactorFields })

interface CsvRecord {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

const maximumRows = 200_000

export async function readUserRows(
  csv: string,
): Promise<{ readonly rows: readonly UserRow[]; readonly problems: readonly ImportProblem[] }> {
  const text = csv.replace(/^\uFEFF/, '')
  const encoding = encodingProblem(text)
  if (encoding !== null) return { rows: [], problems: [encoding] }
  const rows: UserRow[] = []
  const problems: ImportProblem[] = []
  let header: readonly Column[] | undefined
  let line = 1
  let lastWholeLine = 0
  try {
    for await (const { record, info } of records(text, (end) => (lastWholeLine = end))) {
      // What the parser counts is the line that a record ends on; a quoted field may hold line breaks.
      const breaks = record.reduce((sum, field) => sum + (field.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
      line = info.lines - breaks
      if (header === undefined) {
        const read = readHeader(record, line)
        if ('problems' in read) return { rows: [], problems: read.problems }
        header = read.header
        continue
      }
      if (rows.length >= maximumRows) {
        problems.push({ line, column: null, message: `At most ${maximumRows} users at once; split the file.` })
        break
      }
      const row = readRow(record, header, line)
      if ('problems' in row) problems.push(...row.problems)
      else rows.push(row.row)
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problems.push({ line: lineOf(error, lastWholeLine), column: null, message: csvFault(error) })
  }
  if (header === undefined && problems.length === 0) {
    problems.push({ line: 1, column: null, message: 'The file is empty: it needs a header row with username in it.' })
  }
  return { rows, problems }
}

function records(text: string, onRecord: (endLine: number) => void): AsyncIterable<CsvRecord> {
  const firstLine = /^[^\r\n]*/.exec(text.trimStart())?.[0] ?? ''
  const semicolons = firstLine.split(';').length > firstLine.split(',').length
  return parse(text, {
    delimiter: semicolons ? ';' : ',',
    info: true,
    on_record: (record: string[], { lines }) => {
      onRecord(lines)
      return record
    },
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  })
}

function encodingProblem(text: string): ImportProblem | null {
  const at = text.search(/[\0\uFFFD]/)
  if (at < 0) return null
  const line = text.slice(0, at).split(/\r\n|\n|\r/).length
  return { line, column: null, message: 'This is no UTF-8 text: save the file as “CSV UTF-8” and try again.' }
}

function readHeader(
  record: readonly string[],
  line: number,
): { readonly header: readonly Column[] } | { readonly problems: readonly ImportProblem[] } {
  const byName = new Map(columns.map((column) => [column.toLowerCase(), column]))
  const header: Column[] = []
  const problems: ImportProblem[] = []
  for (const name of record) {
    const column = byName.get(name.toLowerCase().replace(/[\s_-]/g, ''))
    if (column === undefined) {
      problems.push({ line, column: name, message: `This column is not known; there are ${columns.join(', ')}.` })
    } else if (header.includes(column)) {
      problems.push({ line, column: name, message: 'This column is there twice.' })
    } else {
      header.push(column)
    }
  }
  if (problems.length === 0 && !header.includes('username')) {
    problems.push({ line, column: 'username', message: 'The header row needs a column named username.' })
  }
  return problems.length > 0 ? { problems } : { header }
}

function readRow(
  record: readonly string[],
  header: readonly Column[],
  line: number,
): { readonly row: UserRow } | { readonly problems: readonly ImportProblem[] } {
  if (record.length !== header.length) {
    const message = `This line has ${record.length} fields, the header ${header.length}.`
    return { problems: [{ line, column: null, message }] }
  }
  const cells = new Map(header.map((column, index) => [column, record[index] ?? '']))
  // An export writes '+49… for +49…, so that no spreadsheet takes it for a formula.
  const cell = (column: Column) => (cells.get(column) ?? '').replace(/^'(?=[=+\-@])/, '')
  const enabled = readEnabled(cell('enabled'))
  if (enabled === null) {
    return { problems: [{ line, column: 'enabled', message: 'Write true or false, or leave it empty for true.' }] }
  }
  const textWithPin = cell('textWithPin') === '' ? null : readEnabled(cell('textWithPin'))
  if (textWithPin === null && cell('textWithPin') !== '') {
    return { problems: [{ line, column: 'textWithPin', message: 'Write true or false, or leave it empty.' }] }
  }
  const parsed = fieldsOfRow.safeParse({
    username: cell('username'),
    firstName: cell('firstName'),
    lastName: cell('lastName'),
    email: cell('email'),
    description: cell('description'),
    enabled,
    factorMethods: cell('methods')
      .toLowerCase()
      .split(/[\s+/|]+/)
      .filter((method) => method !== ''),
    phone: cell('phone'),
    phoneExtension: cell('phoneExtension'),
    backupPhone: cell('backupPhone'),
    backupExtension: cell('backupExtension'),
    callMode: cell('callMode') || null,
    textMode: cell('textMode') || null,
    textWithPin,
    appMode: cell('appMode') || null,
    language: cell('language'),
  })
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path: [field], message }) => ({
      ...{ line, message },
      column: field === 'factorMethods' ? 'methods' : String(field),
    }))
    return { problems: issues }
  }
  const key = usernameKey(parsed.data.username)
  if (key === '') {
    return { problems: [{ line, column: 'username', message: 'Enter a name with letters or digits in it.' }] }
  }
  return { row: { line, key, fields: parsed.data } }
}

const yes: ReadonlySet<string> = new Set(['', 'true', 'yes', '1', 'enabled'])
const no: ReadonlySet<string> = new Set(['false', 'no', '0', 'disabled'])

function readEnabled(text: string): boolean | null {
  const word = text.toLowerCase()
  if (yes.has(word)) return true
  return no.has(word) ? false : null
}

/** An open quote swallows the rest of the file: it opened after the last record that was whole. */
function lineOf(error: CsvError, lastWholeLine: number): number {
  const { lines } = error as CsvError & { readonly lines?: unknown }
  return error.code === 'CSV_QUOTE_NOT_CLOSED' || typeof lines !== 'number' ? lastWholeLine + 1 : lines
}

function csvFault({ code }: CsvError): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'A quoted field is never closed: a " is missing.'
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return 'A " stands where it cannot: quote the whole field, and write a " inside it twice.'
    default:
      return 'This line is no CSV.'
  }
}
