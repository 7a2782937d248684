/** VPN sessions as the report reads them; the mover writes them. */
import type { VpnSessionDetails, VpnSessionFilter, VpnSessionRow, VpnSessionState } from '@sallyport/contract'
import { revived, type ColumnKinds, type Plain } from '../database/plain-rows.ts'
import { Prisma, type VpnSession } from '../generated/client.ts'
import type { VpnSessionRepository } from '../types.ts'
import type { Context } from './context.ts'
import { countedAtMost, countUpTo } from './sql.ts'
import { createTimeline } from './timeline.ts'
import { vpnSessionSelection } from './vpn-session-selection.ts'

const kinds: ColumnKinds<VpnSession> = {
  dates: ['startedAt', 'lastAt', 'heardAt', 'stoppedAt', 'restartedAt', 'endedAt', 'assignedAt', 'calledAt'],
  booleans: ['startSeen'],
}

export function createVpnSessionRepository({ prisma, plain }: Context): VpnSessionRepository {
  const timeline = createTimeline({
    prisma,
    at: 'startedAt',
    select: (filter: VpnSessionFilter) => vpnSessionSelection(prisma, filter),
    read: async (sequences) => {
      const rows = await prisma.vpnSession.findMany({ where: { sequence: { in: [...sequences] } } })
      return rows.map((row) => ({ sequence: row.sequence, row: sessionRow(row) }))
    },
    plain,
    fromPlain: (row) => sessionRow(revived(row as Plain<VpnSession>, kinds)),
  })
  return {
    ...timeline,
    byId: async (id) => {
      const row = await prisma.vpnSession.findUnique({ where: { id } })
      return row === null ? null : sessionDetails(row)
    },
    connected: () => countUpTo(prisma, Prisma.sql`FROM VpnSession WHERE state = 'active'`, countedAtMost),
  }
}

function sessionRow(row: VpnSession): VpnSessionRow {
  const { id, state, username, userId, clientId, clientName, deviceAddress, nasIdentifier, callingStation } = row
  return {
    id,
    state: state as VpnSessionState,
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    heardAt: row.heardAt.toISOString(),
    username,
    user: userId === null ? null : { id: userId, username: row.matchedName ?? '' },
    client: { id: clientId, name: clientName },
    deviceAddress,
    nasIdentifier,
    assignedAddresses: [row.assignedIpv4, row.assignedIpv6].filter((address) => address !== null),
    callingStation,
    seconds: row.seconds,
    inputOctets: numberOf(row.inputOctets),
    outputOctets: numberOf(row.outputOctets),
    cause: row.cause,
  }
}

function sessionDetails(row: VpnSession): VpnSessionDetails {
  const { sessionId, multiSessionId, nasAddress, nasPort, calledStation, intervalMs } = row
  return {
    ...sessionRow(row),
    startSeen: row.startSeen,
    sessionId,
    multiSessionId,
    nasAddress,
    nasPort,
    calledStation,
    inputPackets: numberOf(row.inputPackets),
    outputPackets: numberOf(row.outputPackets),
    intervalSeconds: intervalMs === null ? null : intervalMs / 1000,
    class: row.class,
  }
}

/** The engine writes none that a number cannot hold. */
function numberOf(count: bigint | null): number | null {
  return count === null ? null : Number(count)
}
