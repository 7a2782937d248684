/** The security of RADIUS clients as CSV text: a line for each client. */
import type { ClientSecurityRow } from '@sallyport/contract'
import { csvOfReport, type Cells } from './report-csv.ts'
import { exportWords } from './words.ts'

const cells: Cells<ClientSecurityRow, keyof typeof exportWords.clientSecurity> = {
  name: ({ client }) => client.name,
  address: ({ client }) => client.address,
  messageAuthenticator: (row) => row.messageAuthenticator,
  limitProxyState: (row) => (row.limitProxyState ? 'yes' : 'no'),
  messageAuthenticatorSeenAt: (row) => row.messageAuthenticatorSeenAt ?? '',
  proxyStateSeenAt: (row) => row.proxyStateSeenAt ?? '',
  methodsSeen: (row) => row.methodsSeen.join(' '),
  lastSeenAt: (row) => row.lastSeenAt ?? '',
  since: ({ traffic }) => traffic?.since ?? '',
  requests: ({ traffic }) => traffic?.requests ?? '',
  signed: ({ traffic }) => traffic?.signed ?? '',
  repeated: ({ traffic }) => traffic?.repeated ?? '',
  usualIntervalMs: ({ traffic }) => traffic?.usualIntervalMs ?? '',
  drops: ({ traffic }) =>
    Object.entries(traffic?.drops ?? {})
      .map(([reason, count]) => `${reason}: ${count}`)
      .join('; '),
}

export function csvOfClientSecurity(pieces: AsyncIterable<readonly ClientSecurityRow[]>): AsyncGenerator<string> {
  return csvOfReport(exportWords.clientSecurity, cells, pieces)
}
