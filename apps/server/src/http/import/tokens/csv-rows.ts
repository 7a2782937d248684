/** Reads tokens from CSV, line by line, so that a broken line costs that line: no value of a token has a line break in it. */
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { ImportFault } from '../import-fault.ts'
import {
  readAlgorithm,
  readCounter,
  readDate,
  readDigits,
  readLine,
  readSecret,
  readSerialNumber,
  readStep,
  readType,
  RowProblem,
  type SecretFormat,
  type TokenRow,
} from './token-draft.ts'

/** The columns, each by the names that it goes by: lower case, letters and digits only. */
const names = {
  upn: ['upn', 'username', 'user'],
  serialNumber: ['serialnumber', 'serial'],
  secret: ['secretkey', 'secret', 'key', 'seed'],
  timeInterval: ['timeinterval', 'interval', 'timestep'],
  manufacturer: ['manufacturer'],
  model: ['model'],
  type: ['type'],
  algorithm: ['algorithm', 'hash'],
  digits: ['digits'],
  counter: ['counter'],
  startDate: ['startdate', 'notbefore'],
} as const
type Column = keyof typeof names

const longestLine = 4096

export async function* readCsvRows(text: AsyncIterable<string>, format: SecretFormat): AsyncGenerator<TokenRow> {
  let header: { readonly columns: readonly Column[]; readonly delimiter: string } | undefined
  let number = 0
  for await (const { line, isWhole } of linesOf(text)) {
    number += 1
    if (line.trim() === '') continue
    if (header === undefined) {
      header = readHeader(line)
      continue
    }
    const fields = fieldsOf(line, header.delimiter)
    if (!isWhole && (fields === undefined || fields.length < header.columns.length)) {
      throw new ImportFault('cut-short', `The file ends in the middle of line ${number}: it is not whole.`)
    }
    yield readRow(number, fields, header.columns, format)
  }
  if (header === undefined) throw new ImportFault('empty', 'The file is empty: it needs a header line and its tokens.')
}

/** The last line may lack its end: it is whole or cut off. */
async function* linesOf(
  text: AsyncIterable<string>,
): AsyncGenerator<{ readonly line: string; readonly isWhole: boolean }> {
  let rest = ''
  for await (const piece of text) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield { line: line.replace(/\r$/, ''), isWhole: true }
    if (rest.length > longestLine)
      throw new ImportFault('no-header', `A line has more than ${longestLine} characters: this is no list of tokens.`)
  }
  if (rest !== '') yield { line: rest, isWhole: false }
}

function readHeader(line: string) {
  const delimiter = [';', '\t', ','].reduce(
    (best, one) => (line.split(one).length > line.split(best).length ? one : best),
    ',',
  )
  const columns = (fieldsOf(line, delimiter) ?? []).map((name) => {
    const key = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
    const column = (Object.keys(names) as Column[]).find((known) => (names[known] as readonly string[]).includes(key))
    if (column === undefined) {
      throw new ImportFault(
        'no-header',
        `The first line has to name the columns, and “${printable(name)}” is none of them.`,
      )
    }
    return column
  })
  const twice = columns.find((column, at) => columns.indexOf(column) !== at)
  if (twice !== undefined) throw new ImportFault('no-header', `The column ${names[twice][0]} is there twice.`)
  for (const needed of ['serialNumber', 'secret'] as const) {
    if (!columns.includes(needed)) {
      throw new ImportFault('no-header', 'The first line needs at least the columns “serial number” and “secret key”.')
    }
  }
  return { columns, delimiter }
}

/** Undefined where the line is no CSV. */
function fieldsOf(line: string, delimiter: string): readonly string[] | undefined {
  if (line.length > longestLine) return undefined
  if (!line.includes('"')) return line.split(delimiter).map((field) => field.trim())
  try {
    return (parse(line, { delimiter, relax_column_count: true, trim: true }) as readonly string[][])[0]
  } catch (error) {
    if (error instanceof CsvError) return undefined
    throw error
  }
}

function readRow(
  number: number,
  fields: readonly string[] | undefined,
  columns: readonly Column[],
  format: SecretFormat,
): TokenRow {
  const cell = (column: Column) => fields?.[columns.indexOf(column)] ?? ''
  const known = { number, serialNumber: cut(cell('serialNumber')), upn: cut(cell('upn')) }
  try {
    if (fields === undefined || fields.length !== columns.length) throw new RowProblem('bad-line', '')
    const type = readType(cell('type'), 'type')
    const token = {
      serialNumber: readSerialNumber(cell('serialNumber'), 'serial number'),
      secret: readSecret(cell('secret'), format, 'secret key'),
      type,
      algorithm: readAlgorithm(cell('algorithm'), 'algorithm'),
      digits: readDigits(cell('digits'), 'digits'),
      stepSeconds: type === 'hotp' ? 30 : readStep(cell('timeInterval'), 'time interval'),
      manufacturer: readLine(cell('manufacturer'), 'manufacturer'),
      model: readLine(cell('model'), 'model'),
      lastUsedStep: type === 'hotp' ? readCounter(cell('counter'), 'counter') : null,
      notBefore: readDate(cell('startDate'), 'start date'),
      notAfter: null,
    }
    return { ...known, serialNumber: token.serialNumber, token, reason: null, field: null }
  } catch (error) {
    if (!(error instanceof RowProblem)) throw error
    return { ...known, token: null, reason: error.reason, field: error.field === '' ? null : error.field }
  }
}

/** For the log: what the file says there, in what a line of the log has room for. */
function cut(text: string): string {
  return printable(text).slice(0, 200)
}

function printable(text: string): string {
  return text
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 200)
}
