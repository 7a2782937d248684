/** VPN sessions as CSV text, piece by piece. */
import type { VpnSessionRow } from '@sallyport/contract'
import { csvOfReport, type Cells } from './report-csv.ts'
import { exportWords } from './words.ts'

const cells: Cells<VpnSessionRow, keyof typeof exportWords.vpnSessions> = {
  id: (row) => row.id,
  state: (row) => row.state,
  startedAt: (row) => row.startedAt,
  endedAt: (row) => row.endedAt ?? '',
  heardAt: (row) => row.heardAt,
  username: (row) => row.username,
  user: (row) => row.user?.username ?? '',
  client: (row) => row.client.name,
  deviceAddress: (row) => row.deviceAddress,
  nasIdentifier: (row) => row.nasIdentifier ?? '',
  assignedAddresses: (row) => row.assignedAddresses.join(' '),
  callingStation: (row) => row.callingStation ?? '',
  seconds: (row) => row.seconds ?? '',
  inputOctets: (row) => row.inputOctets ?? '',
  outputOctets: (row) => row.outputOctets ?? '',
  cause: (row) => row.cause ?? '',
}

export function csvOfVpnSessions(pieces: AsyncIterable<readonly VpnSessionRow[]>): AsyncGenerator<string> {
  return csvOfReport(exportWords.vpnSessions, cells, pieces)
}
