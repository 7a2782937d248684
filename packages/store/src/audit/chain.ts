/** The chain of the audit trail: each entry's hash covers its content and the hash before it. */
import { createHash } from 'node:crypto'

export interface ChainedEntry {
  readonly sequence: number
  readonly at: Date
  readonly administrator: string
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string | null
  readonly subjectName: string | null
  /** JSON, as stored. */
  readonly before: string | null
  readonly after: string | null
  readonly address: string | null
  readonly previousHash: string
}

/** What the first entry follows. */
export const genesis = '0'.repeat(64)

/** SHA-256 in hex over the JSON of the fields in this order. */
export function entryHash(entry: ChainedEntry): string {
  const content = [
    entry.sequence,
    entry.at.toISOString(),
    entry.administrator,
    entry.action,
    entry.subjectKind,
    entry.subjectId,
    entry.subjectName,
    entry.before,
    entry.after,
    entry.address,
    entry.previousHash,
  ]
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}
