/** Counts the sign-ins that a release before the report of usage wrote: a short transaction at a time, the newest first. */
import type { Database } from 'better-sqlite3'
import type { SignInRecord } from '../engine-record-types.ts'
import { prepareUsage } from './apply-usage.ts'
import { UsageFold } from './fold-usage.ts'

const rowsAtOnce = 1000

interface Row extends Pick<SignInRecord, 'userId' | 'clientId' | 'factor' | 'result' | 'reason' | 'count'> {
  readonly sequence: number
  readonly endedMs: number
}

/** The answer counts a piece; it does nothing, and costs nothing, once all are counted. */
export function prepareBackfill(database: Database): () => void {
  const write = prepareUsage(database)
  const readState = database.prepare<[], { before: number; endedBy: number }>(
    'SELECT before, endedBy FROM UsageBackfill WHERE id = 1',
  )
  const rowsBefore = database.prepare<[number, number], Row>(
    `SELECT sequence, userId, clientId, factor, result, reason, count, CAST(at + durationMs AS INTEGER) AS endedMs
     FROM SignIn WHERE sequence < ? AND test = 0 ORDER BY sequence DESC LIMIT ?`,
  )
  const goOn = database.prepare<[number]>('UPDATE UsageBackfill SET before = ? WHERE id = 1')
  const end = database.prepare('DELETE FROM UsageBackfill WHERE id = 1')
  let isDone = readState.get() === undefined

  const countPiece = database.transaction((): boolean => {
    const state = readState.get()
    if (state === undefined) return true
    const rows = rowsBefore.all(state.before, rowsAtOnce)
    const usage = new UsageFold()
    for (const row of rows) {
      if (row.endedMs <= state.endedBy) usage.add({ ...row, roundAtMs: row.endedMs })
    }
    write(usage)
    const last = rows[rowsAtOnce - 1]
    if (last === undefined) end.run()
    else goOn.run(last.sequence)
    return last === undefined
  })

  return () => {
    if (!isDone) isDone = countPiece.immediate()
  }
}
