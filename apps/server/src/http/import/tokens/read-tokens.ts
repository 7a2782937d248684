/** Reads a file of tokens as it comes in, whichever kind it is: XML begins with <, CSV with anything else. */
import { decodeFile } from '../file-text.ts'
import { ImportFault } from '../import-fault.ts'
import { readCsvRows } from './csv-rows.ts'
import { readPskcRows } from './pskc/pskc-rows.ts'
import type { GivenKey } from './pskc/protection.ts'
import type { SecretFormat, TokenRow } from './token-draft.ts'

export interface ReadOptions {
  readonly key: GivenKey
  readonly secretFormat: SecretFormat
  /** Called once, before the first row. */
  readonly onFormat: (format: 'csv' | 'pskc') => Promise<void>
}

const limits = { octets: 256 * 1024 * 1024, rows: 200_000 } as const

/**
 * The rows in their order, each read when it is asked for.
 * @throws ImportFault where the file as a whole cannot be read: then nothing of it may be taken
 */
export async function* readTokens(file: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncGenerator<TokenRow> {
  const text = decodeFile(limited(file), 'utf-8')[Symbol.asyncIterator]()
  let begin = ''
  while (begin.trim() === '') {
    const next = await text.next()
    if (next.done === true) throw new ImportFault('empty', 'The file is empty.')
    begin += next.value
    if (begin.length > 64 * 1024) break
  }
  const format = begin.trimStart().startsWith('<') ? 'pskc' : 'csv'
  const whole = joined(format === 'pskc' ? begin.trimStart() : begin, text)
  await options.onFormat(format)
  const rows = format === 'pskc' ? readPskcRows(whole, options.key) : readCsvRows(whole, options.secretFormat)
  let count = 0
  for await (const row of rows) {
    count += 1
    if (count > limits.rows) throw new ImportFault('too-many', `At most ${limits.rows} tokens at once: split the file.`)
    yield row
  }
}

async function* joined(begin: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield begin
  for (;;) {
    const next = await rest.next()
    if (next.done === true) return
    yield next.value
  }
}

async function* limited(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let octets = 0
  for await (const piece of file) {
    octets += piece.length
    if (octets > limits.octets) throw new ImportFault('too-large', 'The file is larger than 256 MB: split it.')
    yield piece
  }
}
