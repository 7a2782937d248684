/** Accounting as the engine would record it. */
import { randomUUID } from 'node:crypto'
import type { AccountingRecord, AccountingToForward } from '../src/engine-accounting-types.ts'

/** An update of alice's session, with an id of its own. */
export function accountingRecord(fields: Partial<AccountingRecord> = {}): AccountingRecord {
  const atMs = fields.atMs ?? 1_700_000_000_000
  return {
    id: randomUUID(),
    status: 'interim',
    atMs,
    heardAtMs: atMs,
    clientId: 'client',
    clientName: 'VPN',
    nasIdentifier: 'gateway',
    nasAddress: '192.0.2.10',
    deviceAddress: '192.0.2.10',
    nasPort: null,
    sessionId: 'S1',
    multiSessionId: null,
    username: 'Alice',
    userId: null,
    userName: null,
    assignedIpv4: null,
    assignedIpv6: null,
    callingStation: null,
    calledStation: null,
    seconds: null,
    inputOctets: null,
    outputOctets: null,
    inputPackets: null,
    outputPackets: null,
    cause: null,
    interimSeconds: null,
    class: null,
    ...fields,
  }
}

/** A record of session S1 on its way to a server of the target. */
export function accountingToForward(fields: Partial<AccountingToForward> = {}): AccountingToForward {
  return {
    heardAtMs: 1_700_000_000_000,
    clientId: 'client',
    session: 'client S1',
    attributes: Buffer.from([40, 6, 0, 0, 0, 1]).toString('base64'),
    sealedSecret: null,
    ...fields,
  }
}
