/** Reads an Accounting-Request (RFC 2866 §4.1) into what is recorded of it, or says by name why nothing can be. */
import { isIPv4, isIPv6 } from 'node:net'

import {
  readAttribute,
  readAttributes,
  readOctets,
  valueName,
  type AttributeName,
  type Packet,
} from '@sallyport/radius'
import type { AccountingDevice, AccountingRecord, EngineClient, EngineUser } from '@sallyport/store/engine'

/** Why an Accounting-Request cannot be recorded. It meets silence then, and is counted under this name. */
export type AccountingFailure = 'accounting-without-status' | 'accounting-without-session'

export type AccountingMessage =
  | { readonly kind: 'session'; readonly record: Omit<AccountingRecord, 'userId' | 'userName'> }
  | { readonly kind: 'restart'; readonly restart: AccountingDevice & { readonly atMs: number } }
  /** Tunnels, links and what vendors add (RFC 2867 §3): no session of anybody's. `about` is what it names, as far as it does. */
  | { readonly kind: 'other'; readonly device: AccountingDevice; readonly about: string | null }
  | { readonly kind: 'failed'; readonly failure: AccountingFailure }

export interface AccountingArrival {
  readonly packet: Packet
  readonly client: EngineClient
  readonly sourceAddress: string
  /** Milliseconds since 1970. */
  readonly nowMs: number
  /** For the session's row, where this begins it. */
  readonly id: string
}

/** Beyond this, a device's word on when something happened is not believed. */
const longestDelayMs = 7 * 24 * 3_600_000
const clocksDifferMs = 5 * 60_000
const shortestIntervalSeconds = 60
const longestIntervalSeconds = 24 * 3600
const unassigned = new Set(['0.0.0.0', '255.255.255.255', '255.255.255.254', '::'])

const statuses: Readonly<Record<number, AccountingRecord['status'] | 'restart'>> = {
  1: 'start',
  2: 'stop',
  3: 'interim',
  7: 'restart',
  8: 'restart',
}

export function readAccounting(arrival: AccountingArrival): AccountingMessage {
  const { packet, client, nowMs, id } = arrival
  const number = readAttribute(packet, 'Acct-Status-Type')
  if (number === undefined) return { kind: 'failed', failure: 'accounting-without-status' }
  const status = statuses[number]
  const device = readDevice(arrival)
  if (status === undefined) {
    const about = textOf(packet, 'Acct-Session-Id') ?? textOf(packet, 'Acct-Tunnel-Connection')
    return { kind: 'other', device, about }
  }
  const atMs = happenedAt(packet, nowMs)
  if (status === 'restart') return { kind: 'restart', restart: { ...device, atMs } }
  // RFC 2866 §5.5: Start and Stop of a session have its id.
  const sessionId = textOf(packet, 'Acct-Session-Id')
  if (sessionId === null) return { kind: 'failed', failure: 'accounting-without-session' }
  return {
    kind: 'session',
    record: {
      ...device,
      id,
      status,
      atMs,
      heardAtMs: nowMs,
      clientName: client.applicationName || client.address,
      sessionId,
      multiSessionId: textOf(packet, 'Acct-Multi-Session-Id'),
      nasPort: textOf(packet, 'NAS-Port-Id') ?? readAttribute(packet, 'NAS-Port')?.toString() ?? null,
      username: textOf(packet, 'User-Name') ?? '',
      assignedIpv4: assigned(readAttribute(packet, 'Framed-IP-Address')),
      assignedIpv6: assigned(
        readAttribute(packet, 'Framed-IPv6-Address') ??
          readAttribute(packet, 'Framed-IPv6-Prefix') ??
          readAttribute(packet, 'Delegated-IPv6-Prefix'),
      ),
      callingStation: textOf(packet, 'Calling-Station-Id'),
      calledStation: textOf(packet, 'Called-Station-Id'),
      seconds: readAttribute(packet, 'Acct-Session-Time') ?? null,
      inputOctets: octets(packet, 'Acct-Input-Octets', 'Acct-Input-Gigawords'),
      outputOctets: octets(packet, 'Acct-Output-Octets', 'Acct-Output-Gigawords'),
      inputPackets: readAttribute(packet, 'Acct-Input-Packets') ?? null,
      outputPackets: readAttribute(packet, 'Acct-Output-Packets') ?? null,
      cause: status === 'stop' ? causeOf(packet) : null,
      interimSeconds: interval(packet),
      class: hexOf(packet, 'Class'),
    },
  }
}

/** The record with the user of ours that it names. */
export function withUser(
  record: Omit<AccountingRecord, 'userId' | 'userName'>,
  user: Pick<EngineUser, 'id' | 'username'> | undefined,
): AccountingRecord {
  return { ...record, userId: user?.id ?? null, userName: user?.username ?? null }
}

function readDevice({ packet, client, sourceAddress }: AccountingArrival): AccountingDevice {
  return {
    clientId: client.id,
    nasIdentifier: textOf(packet, 'NAS-Identifier'),
    nasAddress: readAttribute(packet, 'NAS-IP-Address') ?? readAttribute(packet, 'NAS-IPv6-Address') ?? null,
    deviceAddress: sourceAddress,
  }
}

/**
 * When it happened, by our clock: Acct-Delay-Time ago (RFC 2866 §5.2). A device whose clock is right says it better by
 * Event-Timestamp (RFC 2869 §5.3), which stays the same when the request is sent again; a wrong clock is not believed.
 */
function happenedAt(packet: Packet, nowMs: number): number {
  const delayMs = (readAttribute(packet, 'Acct-Delay-Time') ?? 0) * 1000
  const atMs = delayMs <= longestDelayMs ? nowMs - delayMs : nowMs
  const stampMs = (readAttribute(packet, 'Event-Timestamp') ?? 0) * 1000
  return Math.abs(stampMs - atMs) <= clocksDifferMs ? Math.min(stampMs, nowMs) : atMs
}

/** Words of a device: UTF-8 without what nobody can read, else in hexadecimal; null where it said nothing. */
function textOf(packet: Packet, name: AttributeName): string | null {
  const octets = readOctets(packet, name)
  if (octets === undefined) return null
  const text = utf8(octets)?.replace(/\0+$/, '')
  if (text === '' || octets.length === 0) return null
  return text === undefined || /\p{Cc}/u.test(text) ? `0x${Buffer.from(octets).toString('hex')}` : text
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function utf8(octets: Uint8Array): string | undefined {
  try {
    return strict.decode(octets)
  } catch {
    return undefined
  }
}

function hexOf(packet: Packet, name: AttributeName): string | null {
  const octets = readOctets(packet, name)
  return octets === undefined || octets.length === 0 ? null : Buffer.from(octets).toString('hex')
}

/** An address or a prefix; devices that have not given one yet send zeros (RFC 2865 §5.8). */
function assigned(address: string | undefined): string | null {
  if (address === undefined || unassigned.has(address)) return null
  const [plain = ''] = address.split('/')
  return isIPv4(plain) || isIPv6(plain) ? address : null
}

/** RFC 2869 §5.1: how often the counter has wrapped. More than a number can hold is no traffic that anybody had. */
function octets(
  packet: Packet,
  low: 'Acct-Input-Octets' | 'Acct-Output-Octets',
  high: 'Acct-Input-Gigawords' | 'Acct-Output-Gigawords',
): number | null {
  const rest = readAttribute(packet, low)
  const wraps = readAttribute(packet, high)
  if (rest === undefined && wraps === undefined) return null
  return Math.min((wraps ?? 0) * 2 ** 32 + (rest ?? 0), Number.MAX_SAFE_INTEGER)
}

function causeOf(packet: Packet): string | null {
  const number = readAttribute(packet, 'Acct-Terminate-Cause')
  if (number === undefined) return null
  return valueName('Acct-Terminate-Cause', number)?.toLowerCase() ?? `terminate-cause-${number}`
}

function interval(packet: Packet): number | null {
  const [seconds] = readAttributes(packet, 'Acct-Interim-Interval')
  if (seconds === undefined || seconds === 0) return null
  return Math.min(Math.max(seconds, shortestIntervalSeconds), longestIntervalSeconds)
}
