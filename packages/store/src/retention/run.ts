/** One removal of what is older than it is kept for: written down as it goes, so that whatever ends it, what it did is known. */
import { randomUUID } from 'node:crypto'
import {
  retentionKind,
  type RetentionDays,
  type RetentionHold,
  type RetentionKind,
  type RetentionRun,
} from '@sallyport/contract'
import type { Database } from 'better-sqlite3'
import { prepareAudit } from '../audit/trail-rows.ts'
import { TrailBroken } from './changes.ts'
import type { KindRoom } from './kind-room.ts'
import { administrator } from './kinds.ts'

const dayMs = 24 * 3_600_000
/** A transaction is to last some milliseconds, whatever the disk: everybody else who writes waits as long. */
const [shortMs, longMs] = [8, 25]
const [fewest, most] = [20, 2000]
const keptRuns = 100

export function cutOff(now: Date, days: number): number {
  return now.getTime() - days * dayMs
}

export function prepareRun(
  database: Database,
  kinds: Readonly<Record<RetentionKind, KindRoom>>,
  clock: () => Date,
): (days: RetentionDays, pause: (tookMs: number) => Promise<void>) => Promise<void> {
  const audit = prepareAudit(database, administrator)
  const addRun = database.prepare<[string, number]>('INSERT INTO RetentionRun (id, startedAt) VALUES (?, ?)')
  const addPart = database.prepare<[string, string, number]>(
    `INSERT INTO RetentionPart (runId, kind, before, state) VALUES (?, ?, ?, 'waiting')`,
  )
  const setPart = database.prepare<[object]>(
    `UPDATE RetentionPart SET state = $state, toRemove = max(toRemove, $toRemove), removed = removed + $removed, problem = $problem
     WHERE runId = $runId AND kind = $kind`,
  )
  const endRun = database.prepare<[number, string | null, string]>(
    'UPDATE RetentionRun SET finishedAt = ?, problem = ? WHERE id = ?',
  )
  const openRuns = database.prepare<[], string>('SELECT id FROM RetentionRun WHERE finishedAt IS NULL').pluck()
  const untold = database.prepare<[string], { kind: RetentionKind; before: number; removed: number }>(
    `SELECT kind, before, removed FROM RetentionPart WHERE runId = ? AND audited = 0 AND removed > 0`,
  )
  const stop = database.prepare<[string]>(
    `UPDATE RetentionPart SET state = 'stopped' WHERE runId = ? AND state IN ('waiting', 'running')`,
  )
  const told = database.prepare<[string]>('UPDATE RetentionPart SET audited = 1 WHERE runId = ?')
  const forget = database.prepare(
    `DELETE FROM RetentionRun WHERE id IN (SELECT id FROM RetentionRun ORDER BY startedAt DESC, id DESC LIMIT -1 OFFSET ${keptRuns})`,
  )

  /** Tells the audit trail what was removed, which of the trail itself it knows already. */
  const settle = database.transaction((runId: string, problem: RetentionRun['problem']) => {
    for (const { kind, before, removed } of untold.all(runId)) {
      if (kind === 'changes') continue
      audit(clock(), {
        ...{ action: 'removed', subjectKind: 'retention', subjectId: runId, subjectName: kind, after: null },
        before: { rows: removed, olderThan: new Date(before).toISOString() },
      })
    }
    stop.run(runId)
    told.run(runId)
    endRun.run(clock().getTime(), problem, runId)
    forget.run()
  })

  return async (days, pause) => {
    // What a run removed that was ended by force.
    for (const runId of openRuns.all()) settle.immediate(runId, 'killed')
    const now = clock()
    const runId = randomUUID()
    const parts = retentionKind.options.flatMap((kind) => {
      const kept = days[kind]
      return kept === null ? [] : [{ kind, beforeMs: cutOff(now, kept) }]
    })
    database
      .transaction(() => {
        addRun.run(runId, now.getTime())
        for (const { kind, beforeMs } of parts) addPart.run(runId, kind, beforeMs)
      })
      .immediate()
    let problem: RetentionRun['problem'] = 'ended-early'
    try {
      for (const { kind, beforeMs } of parts) await removeAll(runId, kind, beforeMs, pause)
      problem = null
    } finally {
      settle.immediate(runId, problem)
    }
  }

  async function removeAll(
    runId: string,
    kind: RetentionKind,
    beforeMs: number,
    pause: (tookMs: number) => Promise<void>,
  ): Promise<void> {
    const room = kinds[kind]
    const note = (state: string, { toRemove = 0, removed = 0, problem = null as RetentionHold | null } = {}) =>
      setPart.run({ runId, kind, state, toRemove, removed, problem })
    const held = room.heldBy?.() ?? null
    if (held !== null) {
      note('held', { problem: held })
      return
    }
    note('running', { toRemove: await room.olderThan(beforeMs, () => pause(0)) })
    const piece = database.transaction((limit: number): boolean => {
      const { rows, more } = room.removeSome(beforeMs, limit)
      note(more ? 'running' : 'done', { removed: rows })
      return more
    })
    for (let limit = 100, more = true; more;) {
      const began = performance.now()
      try {
        more = piece.immediate(limit)
      } catch (error) {
        if (!(error instanceof TrailBroken)) throw error
        note('held', { problem: 'trail-broken' })
        return
      }
      const tookMs = performance.now() - began
      if (tookMs < shortMs) limit = Math.min(most, limit * 2)
      if (tookMs > longMs) limit = Math.max(fewest, Math.floor(limit / 2))
      if (more) await pause(tookMs)
    }
  }
}
