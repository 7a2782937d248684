/** The mover's end of the outbox: what it puts there, what it removes once acknowledged, and how much there is. */
import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { AccountingToForward } from '../engine-accounting-types.ts'

/** Rows that go in one transaction: a millisecond or two. */
const discardedAtOnce = 500
const keyBytes = 6

/** Runs inside the mover's transaction. */
export function preparePutting(database: Database): (forward: AccountingToForward) => void {
  const put = database.prepare<[number, number, Uint8Array, string, string | null]>(
    'INSERT INTO AccountingOutbox (heardAt, sessionKey, attributes, clientId, sealedSecret) VALUES (?, ?, ?, ?, ?)',
  )
  return ({ heardAtMs, session, attributes, clientId, sealedSecret }) => {
    put.run(heardAtMs, sessionKeyOf(session), Buffer.from(attributes, 'base64'), clientId, sealedSecret)
  }
}

export interface Outbox {
  readonly rows: number
  /** So many rows were committed by what {@link preparePutting} does. */
  added(rows: number): void
  remove(ids: readonly number[]): 'done'
  discard(upToId: number): 'none-left' | 'more'
}

export function prepareOutbox(database: Database): Outbox {
  const removeThese = database.prepare<[string]>(
    'DELETE FROM AccountingOutbox WHERE id IN (SELECT value FROM json_each(?))',
  )
  const removeOldest = database.prepare<[number, number]>(
    'DELETE FROM AccountingOutbox WHERE id IN (SELECT id FROM AccountingOutbox WHERE id <= ? ORDER BY id LIMIT ?)',
  )
  // Once: the mover alone writes to the table, and keeps count from here on. Counted over the index, the smaller of the two trees.
  let rows = database.prepare<[], number>('SELECT count(*) FROM AccountingOutbox').pluck().get() ?? 0
  return {
    get rows() {
      return rows
    },
    added(more) {
      rows += more
    },
    remove(ids) {
      rows -= removeThese.run(JSON.stringify(ids)).changes
      return 'done'
    },
    discard(upToId) {
      const { changes } = removeOldest.run(upToId, discardedAtOnce)
      rows -= changes
      return changes < discardedAtOnce ? 'none-left' : 'more'
    },
  }
}

/** Sessions that share a key by chance go one after the other, and lose nothing else by it. */
function sessionKeyOf(session: string): number {
  return createHash('sha256').update(session).digest().readUIntBE(0, keyBytes)
}
