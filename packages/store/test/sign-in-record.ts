/** A sign-in as the engine would record it. */
import { randomUUID } from 'node:crypto'
import type { SignInRecord } from '../src/engine-record-types.ts'

/** An accepted sign-in, with an id of its own. */
export function signInRecord(fields: Partial<SignInRecord> = {}): SignInRecord {
  return {
    id: randomUUID(),
    atMs: 1_700_000_000_000,
    username: 'Alice',
    userId: null,
    userName: null,
    clientId: null,
    clientName: null,
    clientAddress: '192.0.2.10',
    callingStation: null,
    method: 'pap',
    factor: 'oath',
    result: 'accepted',
    reason: 'password-and-code',
    durationMs: 12.5,
    count: 1,
    roundNumber: 1,
    roundJson: null,
    roundAtMs: 1_700_000_000_000,
    ...fields,
  }
}
