/** Writes a report into a file of the data folder that is there until its mails have gone, and no larger than a mail may be. */
import { randomUUID } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'

export interface SpooledReport {
  /** Null: it was too large. */
  readonly path: string | null
  readonly rows: number
  /** Counting stopped there. */
  readonly rowsAreAtLeast: boolean
}

export interface Spool {
  /** Removes what a crash left behind. */
  empty(): Promise<void>
  write(pieces: AsyncIterable<string>, format: 'csv' | 'json', isStopping: () => boolean): Promise<SpooledReport>
  remove(report: SpooledReport): Promise<void>
}

/** As base64 it is 10 MB: the least that mail servers commonly take. */
export const largestAttachmentOctets = 7_300_000
/** Of what is too large for a mail, so many rows are counted. */
const countedAtMost = 100_000

export function createSpool(dataDir: string, largestOctets = largestAttachmentOctets): Spool {
  const folder = join(dataDir, 'report-mails')
  return {
    empty: () => rm(folder, { recursive: true, force: true }),
    async write(pieces, format, isStopping) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, `${randomUUID()}.${format}`)
      const count = createLineCount(format)
      const file = await open(path, 'wx', 0o600)
      let octets = 0
      let rowsAreAtLeast = false
      try {
        for await (const piece of pieces) {
          if (isStopping()) throw new Error('The server is being stopped.')
          count.add(piece)
          octets += Buffer.byteLength(piece)
          if (octets <= largestOctets) await file.write(piece)
          else if (count.rows() >= countedAtMost) {
            rowsAreAtLeast = true
            break
          }
        }
      } catch (error) {
        await rm(path, { force: true })
        throw error
      } finally {
        await file.close()
      }
      if (octets <= largestOctets) return { path, rows: count.rows(), rowsAreAtLeast: false }
      await rm(path, { force: true })
      return { path: null, rows: count.rows(), rowsAreAtLeast }
    },
    async remove({ path }) {
      if (path !== null) await rm(path, { force: true })
    },
  }
}

/** Lines of CSV (RFC 4180) without the first, which has the headings; or all lines of JSON. */
function createLineCount(format: 'csv' | 'json') {
  let lines = 0
  let isQuoted = false
  return {
    add(piece: string) {
      for (let at = 0; at < piece.length; at++) {
        const code = piece.charCodeAt(at)
        if (code === 0x22 && format === 'csv') isQuoted = !isQuoted
        else if (code === 0x0a && !isQuoted) lines += 1
      }
    },
    rows: () => Math.max(0, format === 'csv' ? lines - 1 : lines),
  }
}
