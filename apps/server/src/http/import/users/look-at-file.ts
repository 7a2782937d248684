/** The columns of a file with their first values, for whoever says what they are; and all its rows as users. */
import { Readable } from 'node:stream'
import type { ImportDelimiter, ImportEncoding, UserImportMapping } from '@sallyport/contract'
import type { StagedUser } from '@sallyport/store'
import { ImportFault } from '../import-fault.ts'
import { guessFields } from './columns.ts'
import { decodeFile, decodeHead, delimiters } from '../file-text.ts'
import { readRecords } from './records.ts'
import { readUser, type RowOptions } from './user-rows.ts'

const sampleRows = 3
const longestSample = 80
const mostColumns = 200
const mostRows = 200_000

interface FileLook {
  readonly columns: readonly { name: string; samples: string[]; guess: ReturnType<typeof guessFields>[number] }[]
  readonly problem: string | null
}

/** @param head the beginning of the file; it may end anywhere */
export async function lookAtColumns(
  head: Uint8Array,
  { encoding, delimiter }: { readonly encoding: ImportEncoding; readonly delimiter: ImportDelimiter },
): Promise<FileLook> {
  const text = decodeHead(head, encoding).replaceAll('\0', '\u{fffd}')
  let found = await firstRecords(text, delimiters[delimiter], 1 + sampleRows)
  // What is broken further down is said once all rows are looked at; its columns can be told.
  if ('problem' in found) found = await firstRecords(text, delimiters[delimiter], 1)
  if ('problem' in found) return { columns: [], problem: found.problem }
  const { records } = found
  const [headings, ...rows] = records
  if (headings === undefined) return { columns: [], problem: empty }
  const guesses = guessFields(headings)
  const columns = headings.map((name, at) => {
    const guess = guesses[at] ?? null
    // A PIN is nobody's to look at.
    const samples = guess === 'pin' ? [] : rows.map((row) => printable(row[at] ?? ''))
    return { name: printable(name), samples, guess }
  })
  return { columns, problem: null }
}

async function firstRecords(
  text: string,
  delimiter: string,
  most: number,
): Promise<{ readonly records: readonly (readonly string[])[] } | { readonly problem: string }> {
  const records: (readonly string[])[] = []
  try {
    for await (const { fields } of readRecords(Readable.from([text]), delimiter, most)) {
      records.push(fields.slice(0, mostColumns))
    }
  } catch (error) {
    if (!(error instanceof ImportFault)) throw error
    return { problem: error.message }
  }
  return { records }
}

const empty = 'The file is empty: it needs a header line and its users.'

/** @throws ImportFault where the file as a whole cannot be read: then nothing of it may be taken */
export async function* readUsers(
  pieces: AsyncIterable<Uint8Array>,
  mapping: UserImportMapping,
  pinRules: RowOptions['pinRules'],
  onPiece: (octets: number) => void,
): AsyncGenerator<StagedUser> {
  let headings: readonly string[] | undefined
  let count = 0
  for await (const record of readRecords(
    decodeFile(pieces, mapping.encoding, onPiece),
    delimiters[mapping.delimiter],
  )) {
    if (headings === undefined) {
      headings = record.fields
      if (headings.length !== mapping.fields.length) {
        const message = `The header line has ${headings.length} columns and not ${mapping.fields.length}: choose the columns again.`
        throw new ImportFault('no-header', message)
      }
      continue
    }
    count += 1
    if (count > mostRows) throw new ImportFault('too-many', `At most ${mostRows} users at once: split the file.`)
    yield readUser(record, { mapping, headings, pinRules })
  }
  if (headings === undefined) throw new ImportFault('empty', empty)
}

function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').slice(0, longestSample)
}
