/**
 * What a session's records come to. Each record is merged so that order and repetition make no difference: times by the earliest
 * or latest, counters by the largest, and what may change within a session by the newest record that says it.
 */
import type { AccountingRecord } from '../../engine-accounting-types.ts'
import { usernameKey } from '../../username-key.ts'
import type { SessionRow } from './session-row.ts'

/** The row that one record alone makes. */
export function firstRow(record: AccountingRecord, sessionKey: string, generation: number): SessionRow {
  const { id, status, atMs, heardAtMs, username, userName, interimSeconds, cause, ...kept } = record
  const stopped = status === 'stop'
  return settled({
    ...kept,
    id,
    sessionKey,
    generation,
    state: 'active',
    startedAt: begunAt(record) ?? atMs,
    startSeen: status === 'start' ? 1 : 0,
    lastAt: atMs,
    heardAt: heardAtMs,
    intervalMs: interimSeconds === null ? null : interimSeconds * 1000,
    stoppedAt: stopped ? atMs : null,
    stopCause: stopped ? cause : null,
    restartedAt: null,
    endedAt: null,
    cause: null,
    username,
    usernameKey: usernameKey(username),
    matchedName: userName,
    assignedAt: record.assignedIpv4 === null && record.assignedIpv6 === null ? null : atMs,
    calledAt: record.callingStation === null && record.calledStation === null ? null : atMs,
  })
}

/** The row after another record of the same session. */
export function mergeRecord(row: SessionRow, record: AccountingRecord): SessionRow {
  const other = firstRow(record, row.sessionKey, row.generation)
  const named = largest(row.username, other.username) === row.username ? row : other
  const matched = largest(row.userId, other.userId) === row.userId ? row : other
  const stop = firstOf(row, other)
  const assigned = newest(row, other, 'assignedAt', ['assignedIpv4', 'assignedIpv6'])
  const called = newest(row, other, 'calledAt', ['callingStation', 'calledStation'])
  return settled({
    ...row,
    // A record that tells nothing new does not bring back a session that is lost.
    state: row.state === 'lost' && other.lastAt <= row.lastAt ? 'lost' : 'active',
    ...started(row, other),
    lastAt: Math.max(row.lastAt, other.lastAt),
    heardAt: Math.max(row.heardAt, other.heardAt),
    intervalMs: interval(row, record),
    stoppedAt: stop.stoppedAt,
    stopCause: stop.stopCause,
    username: named.username,
    usernameKey: named.usernameKey,
    userId: matched.userId,
    matchedName: matched.matchedName,
    clientName: largest(row.clientName, other.clientName),
    deviceAddress: largest(row.deviceAddress, other.deviceAddress),
    nasIdentifier: largest(row.nasIdentifier, other.nasIdentifier),
    nasAddress: largest(row.nasAddress, other.nasAddress),
    nasPort: largest(row.nasPort, other.nasPort),
    multiSessionId: largest(row.multiSessionId, other.multiSessionId),
    class: largest(row.class, other.class),
    assignedIpv4: assigned.assignedIpv4,
    assignedIpv6: assigned.assignedIpv6,
    assignedAt: assigned.assignedAt,
    callingStation: called.callingStation,
    calledStation: called.calledStation,
    calledAt: called.calledAt,
    // Counters of a session never shrink; where a device wraps or forgets them, the most it ever said stands.
    seconds: largest(row.seconds, other.seconds),
    inputOctets: largest(row.inputOctets, other.inputOctets),
    outputOctets: largest(row.outputOctets, other.outputOctets),
    inputPackets: largest(row.inputPackets, other.inputPackets),
    outputPackets: largest(row.outputPackets, other.outputPackets),
  })
}

/** The row when its device restarted first at or after the last that was heard of it; null: it did not. */
export function mergeRestart(row: SessionRow, restartedAt: number | null): SessionRow {
  return settled({ ...row, restartedAt })
}

/** When the session began as this record tells it; undefined where it cannot. */
export function begunAt({ status, atMs, seconds }: AccountingRecord): number | undefined {
  if (status === 'start') return atMs
  // Some devices never count: zero says nothing.
  return seconds === null || seconds === 0 ? undefined : atMs - seconds * 1000
}

/** A Stop says that it is over; a restart of the device says so of what was not heard of since. */
function settled(row: SessionRow): SessionRow {
  const { stoppedAt, stopCause, restartedAt, lastAt } = row
  if (stoppedAt !== null) return { ...row, state: 'ended', endedAt: stoppedAt, cause: stopCause }
  if (restartedAt !== null && restartedAt >= lastAt) {
    return { ...row, state: 'ended', endedAt: restartedAt, cause: 'device-restarted' }
  }
  return { ...row, state: row.state === 'lost' ? 'lost' : 'active', endedAt: null, cause: null }
}

/** What a Start said goes before what is reckoned. */
function started(one: SessionRow, other: SessionRow): Pick<SessionRow, 'startedAt' | 'startSeen'> {
  if (one.startSeen !== other.startSeen) {
    const { startedAt, startSeen } = one.startSeen === 1 ? one : other
    return { startedAt, startSeen }
  }
  return { startedAt: Math.min(one.startedAt, other.startedAt), startSeen: one.startSeen }
}

/** The first Stop: later ones are repetitions of it. */
function firstOf(one: SessionRow, other: SessionRow): SessionRow {
  if (one.stoppedAt === null) return other
  if (other.stoppedAt === null) return one
  if (one.stoppedAt !== other.stoppedAt) return one.stoppedAt < other.stoppedAt ? one : other
  return largest(one.stopCause, other.stopCause) === one.stopCause ? one : other
}

function newest(
  one: SessionRow,
  other: SessionRow,
  at: 'assignedAt' | 'calledAt',
  texts: readonly (keyof SessionRow)[],
) {
  const [oneAt, otherAt] = [one[at], other[at]]
  if (oneAt === null || otherAt === null) return oneAt === null ? other : one
  if (oneAt !== otherAt) return oneAt > otherAt ? one : other
  const text = (row: SessionRow) => JSON.stringify(texts.map((name) => row[name]))
  return text(one) >= text(other) ? one : other
}

/** Longest time between two updates; what the device says of it itself stands. */
function interval(row: SessionRow, { status, atMs, interimSeconds }: AccountingRecord): number | null {
  if (interimSeconds !== null) return interimSeconds * 1000
  if (status !== 'interim' || atMs <= row.lastAt) return row.intervalMs
  return Math.max(row.intervalMs ?? 0, atMs - row.lastAt)
}

/** The one that is there; of two, the larger: any rule will do that does not depend on who came first. */
function largest<T extends string | number | null>(one: T, other: T): T {
  if (one === null || other === null) return one ?? other
  return one >= other ? one : other
}
