/** A row of VpnSession as the mover reads and writes it. Times are milliseconds since 1970. */
import type { AccountingDevice } from '../../engine-accounting-types.ts'

export interface SessionRow extends AccountingDevice {
  readonly id: string
  readonly sessionKey: string
  readonly generation: number
  readonly state: 'active' | 'ended' | 'lost'
  readonly startedAt: number
  readonly startSeen: 0 | 1
  readonly lastAt: number
  readonly heardAt: number
  readonly intervalMs: number | null
  readonly stoppedAt: number | null
  readonly stopCause: string | null
  readonly restartedAt: number | null
  readonly endedAt: number | null
  readonly cause: string | null
  readonly username: string
  readonly usernameKey: string
  readonly userId: string | null
  readonly matchedName: string | null
  readonly clientName: string
  readonly nasPort: string | null
  readonly sessionId: string
  readonly multiSessionId: string | null
  readonly assignedIpv4: string | null
  readonly assignedIpv6: string | null
  readonly assignedAt: number | null
  readonly callingStation: string | null
  readonly calledStation: string | null
  readonly calledAt: number | null
  readonly seconds: number | null
  readonly inputOctets: number | null
  readonly outputOctets: number | null
  readonly inputPackets: number | null
  readonly outputPackets: number | null
  readonly class: string | null
}

/** What an update of a session that goes on as before changes: no index but one is touched then. */
export const livelyColumns = [
  ...['lastAt', 'heardAt', 'intervalMs', 'seconds'],
  ...['inputOctets', 'outputOctets', 'inputPackets', 'outputPackets'],
] as const satisfies readonly (keyof SessionRow)[]

const settledColumns = [
  ...['state', 'startedAt', 'startSeen', 'stoppedAt', 'stopCause', 'restartedAt', 'endedAt', 'cause'],
  ...['username', 'usernameKey', 'userId', 'matchedName', 'clientId', 'clientName', 'deviceAddress'],
  ...['nasIdentifier', 'nasAddress', 'nasPort', 'sessionId', 'multiSessionId'],
  ...['assignedIpv4', 'assignedIpv6', 'assignedAt', 'callingStation', 'calledStation', 'calledAt', 'class'],
] as const satisfies readonly (keyof SessionRow)[]

export const changingColumns = [...livelyColumns, ...settledColumns] as const

/** Whether nothing differs but what {@link livelyColumns} name. */
export function onlyLivelyDiffer(before: SessionRow, after: SessionRow): boolean {
  return settledColumns.every((column) => before[column] === after[column])
}
