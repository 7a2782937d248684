/** A report as a file that the browser saves while it is written: pulled, so that memory holds one piece of it. */
import { Readable } from 'node:stream'
import { exportFilename } from './filename.ts'

export interface ExportFile {
  readonly filename: string
  readonly content: Readable
}

export function exportFile(
  what: string,
  now: Date,
  ending: 'csv' | 'jsonl',
  content: AsyncIterable<string>,
): ExportFile {
  return {
    filename: exportFilename(what, now, ending),
    // A piece is read when the browser has taken the one before, and no more once it has gone.
    content: Readable.from(content, { objectMode: true, highWaterMark: 1 }),
  }
}
