/** What devices account for, as the engine writes it down, and what of it waits to be forwarded. Times are milliseconds since 1970. */

/** What tells a device from others that share its client: what it says of itself, and where its datagrams come from. */
export interface AccountingDevice {
  readonly clientId: string
  readonly nasIdentifier: string | null
  /** NAS-IP-Address or NAS-IPv6-Address. */
  readonly nasAddress: string | null
  readonly deviceAddress: string
}

/** One Accounting-Request of a session (RFC 2866 §4.1). */
export interface AccountingRecord extends AccountingDevice {
  /** For the row, where this is the first record of its session. */
  readonly id: string
  readonly status: 'start' | 'interim' | 'stop'
  /** When it happened, as far as the device says how long ago that was. */
  readonly atMs: number
  /** When it came. */
  readonly heardAtMs: number
  readonly clientName: string
  readonly nasPort: string | null
  readonly sessionId: string
  readonly multiSessionId: string | null
  /** As the device sent it; empty: not said. */
  readonly username: string
  readonly userId: string | null
  readonly userName: string | null
  readonly assignedIpv4: string | null
  /** An address or a prefix. */
  readonly assignedIpv6: string | null
  readonly callingStation: string | null
  readonly calledStation: string | null
  /** Acct-Session-Time; null: not said. */
  readonly seconds: number | null
  readonly inputOctets: number | null
  readonly outputOctets: number | null
  readonly inputPackets: number | null
  readonly outputPackets: number | null
  /** Acct-Terminate-Cause in kebab-case (`user-request`), or `terminate-cause-99`. */
  readonly cause: string | null
  /** Acct-Interim-Interval, seconds. */
  readonly interimSeconds: number | null
  /** Hexadecimal. */
  readonly class: string | null
}

/** Accounting-On or Accounting-Off: whatever the device had open is over (RFC 2866 §5.1). */
export interface DeviceRestart extends AccountingDevice {
  readonly atMs: number
}

/** An Accounting-Request that waits to be forwarded, until a server of the target acknowledges it. */
export interface AccountingToForward {
  readonly heardAtMs: number
  readonly clientId: string
  /** Whose records go in their order, one after the other: what names the session, else the device. */
  readonly session: string
  /** Base64: the attributes as they came, hidden ones under the client's secret. */
  readonly attributes: string
  /** The client's secret, sealed by `EngineReader.sealOutboxSecret`; null where nothing in it is hidden. */
  readonly sealedSecret: string | null
}

/** The same as it lies in the outbox. */
export interface OutboxRow {
  /** Grows; never given out again. */
  readonly id: number
  readonly heardAtMs: number
  /** What the session was made: 48 bits of a digest. */
  readonly sessionKey: number
  readonly attributes: Uint8Array
  readonly clientId: string
  readonly sealedSecret: string | null
}
