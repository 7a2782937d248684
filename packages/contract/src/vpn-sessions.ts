/** VPN sessions: who is connected now and who was, as the devices' accounting tells it (RFC 2866). */
import { z } from 'zod'
import { byId, id, pageOf, pageQuery, timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { everyRole } from './roles.ts'

/** `lost`: it fell silent, so that its end is not known; with its next word it is `active` again. */
export const vpnSessionState = z.enum(['active', 'ended', 'lost'])
export type VpnSessionState = z.infer<typeof vpnSessionState>

export const vpnSessionRow = z.object({
  id,
  state: vpnSessionState,
  startedAt: timestamp,
  /** Null while it is not known to have ended. */
  endedAt: timestamp.nullable(),
  /** When the device last told of it. */
  heardAt: timestamp,
  /** As the device sent it; empty where it sent none. */
  username: z.string(),
  user: z.object({ id, username: z.string() }).nullable(),
  client: z.object({ id, name: z.string() }),
  /** The address that the device's datagrams came from. */
  deviceAddress: z.string(),
  nasIdentifier: z.string().nullable(),
  /** What the person was given inside: IPv4, IPv6 address or prefix. */
  assignedAddresses: z.array(z.string()),
  /** Calling-Station-Id: where the person is, as far as the device says. */
  callingStation: z.string().nullable(),
  /** Acct-Session-Time, as last told; null: never told. */
  seconds: z.int().nullable(),
  /** What the device received from the person and sent to them, as last told; null: never told. */
  inputOctets: z.int().nullable(),
  outputOctets: z.int().nullable(),
  /** Acct-Terminate-Cause in kebab-case, `terminate-cause-99` where it has no name, or `device-restarted`. */
  cause: z.string().nullable(),
})
export type VpnSessionRow = z.infer<typeof vpnSessionRow>

export const vpnSessionDetails = vpnSessionRow.extend({
  /** Whether a Start told when it began; else that is reckoned. */
  startSeen: z.boolean(),
  sessionId: z.string(),
  multiSessionId: z.string().nullable(),
  nasAddress: z.string().nullable(),
  nasPort: z.string().nullable(),
  calledStation: z.string().nullable(),
  inputPackets: z.int().nullable(),
  outputPackets: z.int().nullable(),
  /** Seconds between two of its updates, as told or measured; null: not known. */
  intervalSeconds: z.number().nullable(),
  /** Hexadecimal. */
  class: z.string().nullable(),
})
export type VpnSessionDetails = z.infer<typeof vpnSessionDetails>

export const vpnSessionFilter = {
  /** When it began. */
  from: timestamp.optional(),
  to: timestamp.optional(),
  state: vpnSessionState.optional(),
  /** Matches the beginning of the username, in any case. */
  username: z.string().trim().max(253).optional(),
  /** Matches the beginning of an assigned address or of the caller's. */
  address: z.string().trim().max(64).optional(),
  clientId: id.optional(),
  userId: id.optional(),
}
export const vpnSessionFilterQuery = z.strictObject(vpnSessionFilter)
export type VpnSessionFilter = z.infer<typeof vpnSessionFilterQuery>
export const vpnSessionListQuery = z.strictObject({ ...pageQuery, ...vpnSessionFilter })

const tag = 'Reports'

export const vpnSessions = {
  list: endpoint({
    method: 'GET',
    path: '/api/reports/vpn-sessions',
    summary: 'A page of VPN sessions, those that began last first.',
    tag,
    access: everyRole,
    query: vpnSessionListQuery,
    response: pageOf(vpnSessionRow).extend({
      /** How many are connected now, whatever the filter; counted up to 100,000. */
      connected: z.int().min(0),
    }),
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/reports/vpn-sessions/:id',
    summary: 'One VPN session with all that its device told.',
    tag,
    access: everyRole,
    params: byId,
    response: vpnSessionDetails,
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/reports/vpn-sessions.csv',
    summary: 'All VPN sessions that match, as CSV (RFC 4180, UTF-8 with a byte order mark), streamed.',
    tag,
    access: everyRole,
    query: vpnSessionFilterQuery,
    stream: 'text/csv',
  }),
  exportJson: endpoint({
    method: 'GET',
    path: '/api/reports/vpn-sessions.jsonl',
    summary: 'The same, a line of JSON for each session, streamed.',
    tag,
    access: everyRole,
    query: vpnSessionFilterQuery,
    stream: 'application/x-ndjson',
  }),
}
