/**
 * Records as the journal keeps them: pairs of lines, the first a JSON array of records, the second the trace of the sign-in among
 * them as it came (JSON has no line breaks of its own), or nothing. So a trace is never escaped, unescaped or parsed on its way;
 * and a sign-in is its values alone, in the order below, for there is one in every group.
 */
import type { JournalRecord, SignInRecord } from '../engine-record-types.ts'

/** A sign-in without its trace: `packed` and `unpacked` name the fields in the same order. */
type PackedSignIn = ReturnType<typeof packed>

/** Pieces that were encoded apart are joined by line breaks. */
export function encodeRecords(records: readonly JournalRecord[]): string {
  let text = ''
  let gathered: unknown[] = []
  const close = (trace: string) => {
    text += `${text === '' ? '' : '\n'}${JSON.stringify(gathered)}\n${trace}`
    gathered = []
  }
  for (const record of records) {
    if (record.kind !== 'sign-in') {
      gathered.push(record)
      continue
    }
    const { signIn } = record
    gathered.push(packed(signIn))
    close(signIn.roundJson ?? '')
  }
  if (gathered.length > 0) close('')
  return text
}

/** Throws where the text is not what {@link encodeRecords} makes. */
export function decodeRecords(body: string): JournalRecord[] {
  const lines = body.split('\n')
  const records: JournalRecord[] = []
  for (let at = 0; at < lines.length; at += 2) {
    const trace = lines[at + 1] ?? ''
    for (const record of JSON.parse(lines[at] ?? '') as (JournalRecord | PackedSignIn)[]) {
      records.push('kind' in record ? record : { kind: 'sign-in', signIn: unpacked(record, trace) })
    }
  }
  return records
}

function packed(signIn: SignInRecord) {
  return [
    signIn.id,
    signIn.atMs,
    signIn.username,
    signIn.userId,
    signIn.userName,
    signIn.clientId,
    signIn.clientName,
    signIn.clientAddress,
    signIn.callingStation,
    signIn.method,
    signIn.factor,
    signIn.result,
    signIn.reason,
    signIn.durationMs,
    signIn.count,
    signIn.roundNumber,
    signIn.roundAtMs,
    signIn.test === true,
  ] as const
}

function unpacked(values: PackedSignIn, trace: string): SignInRecord {
  const [
    id,
    atMs,
    username,
    userId,
    userName,
    clientId,
    clientName,
    clientAddress,
    callingStation,
    method,
    factor,
    result,
    reason,
    durationMs,
    count,
    roundNumber,
    roundAtMs,
    test,
  ] = values
  const roundJson = trace === '' ? null : trace
  return {
    id,
    atMs,
    username,
    userId,
    userName,
    clientId,
    clientName,
    clientAddress,
    callingStation,
    method,
    factor,
    result,
    reason,
    durationMs,
    count,
    roundNumber,
    roundAtMs,
    roundJson,
    ...(test && { test }),
  }
}
