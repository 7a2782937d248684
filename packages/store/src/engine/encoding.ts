/**
 * Records as the journal keeps them: pairs of lines, the first a JSON array of records, the second the trace of the sign-in among
 * them as it came (JSON has no line breaks of its own), or nothing. So a trace is never escaped, unescaped or parsed on its way.
 */
import type { JournalRecord } from '../engine-types.ts'

/** Pieces that were encoded apart are joined by line breaks. */
export function encodeRecords(records: readonly JournalRecord[]): string {
  const pieces: string[] = []
  let gathered: JournalRecord[] = []
  for (const record of records) {
    if (record.kind !== 'sign-in') {
      gathered.push(record)
      continue
    }
    const { roundJson, ...signIn } = record.signIn
    gathered.push({ kind: 'sign-in', signIn: { ...signIn, roundJson: null } })
    pieces.push(`${JSON.stringify(gathered)}\n${roundJson ?? ''}`)
    gathered = []
  }
  if (gathered.length > 0) pieces.push(`${JSON.stringify(gathered)}\n`)
  return pieces.join('\n')
}

/** Throws where the text is not what {@link encodeRecords} makes. */
export function decodeRecords(body: string): JournalRecord[] {
  const lines = body.split('\n')
  const records: JournalRecord[] = []
  for (let at = 0; at < lines.length; at += 2) {
    const roundJson = lines[at + 1] ?? ''
    for (const record of JSON.parse(lines[at] ?? '') as JournalRecord[]) {
      const hasTrace = record.kind === 'sign-in' && roundJson !== ''
      records.push(hasTrace ? { kind: 'sign-in', signIn: { ...record.signIn, roundJson } } : record)
    }
  }
  return records
}
