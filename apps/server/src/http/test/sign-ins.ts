/** Sign-ins of tests, as if the engine had recorded them and the mover had moved them. */
import { randomUUID } from 'node:crypto'
import { openJournal, openMover, type SignInRecord } from '@sallyport/store/engine'

/** A wrong password of somebody unknown, through no client. */
export function signInRecord(atMs: number, changes: Partial<SignInRecord> = {}): SignInRecord {
  return {
    ...{ id: randomUUID(), atMs, username: 'ann', userId: null, userName: null, clientId: null, clientName: null },
    ...{ clientAddress: '192.0.2.1', callingStation: null, method: 'pap', factor: null },
    ...{ result: 'rejected', reason: 'wrong-password', durationMs: 12, count: 1 },
    ...{ roundNumber: 1, roundJson: null, roundAtMs: atMs, ...changes },
  }
}

export function recordSignIns(dataDir: string, nowMs: number, signIns: readonly SignInRecord[]): void {
  const journal = openJournal({ dataDir })
  journal.append(signIns.map((signIn) => ({ kind: 'sign-in', signIn })))
  const mover = openMover({ dataDir, clock: () => nowMs })
  while (mover.move(10) > 0);
  mover.close()
  journal.close()
}
