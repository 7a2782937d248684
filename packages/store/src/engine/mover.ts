/** Moves groups from the journal into the tables: exactly once each, whatever is killed in between. */
import type { JournalRecord } from '../engine-record-types.ts'
import type { Mover } from '../engine-types.ts'
import { dataPaths } from '../paths.ts'
import { StoreError } from '../store-error.ts'
import { prepareApply } from './apply-records.ts'
import { isBusy, openForWriting } from './connection.ts'
import { decodeRecords } from './encoding.ts'
import { foldRecords, type FoldedRecords } from './fold-records.ts'
import { openJournalFile } from './journal-file.ts'
import { prepareOutbox } from './outbox.ts'
import { prepareBackfill } from './usage-backfill.ts'
import { prepareLosing } from './vpn-sessions/lose-sessions.ts'

/**
 * A transaction ends after the group that crosses this, some tens of milliseconds: everybody else's writes wait as long. What
 * lies together is written once a transaction, and a challenge that is answered within one costs nothing.
 */
const recordsATransaction = 2000
/** A call ends after the transaction that crosses this. */
const callMs = 20
/** Sign-ins have random ids: their indexes are written all over, and read again from disk if they are not kept. */
const cacheKib = 64 * 1024
const checkpointPages = 4000
/** Appends may wait on the same thread: a busy database is left to the next call after some tries. */
const busyTimeoutMs = 5
const tries = 4
const purgeEveryMs = 60_000
const checkpointEveryMs = 1_000
const purgedAtOnce = 500

export interface OpenMoverOptions {
  readonly dataDir: string
  /** Milliseconds since 1970. */
  readonly clock?: () => number
}

export function openMover({ dataDir, clock = Date.now }: OpenMoverOptions): Mover {
  const database = openForWriting(dataPaths(dataDir).database, busyTimeoutMs, true)
  database.pragma(`cache_size = -${cacheKib}`)
  database.pragma(`wal_autocheckpoint = ${checkpointPages}`)
  const journal = openJournalFile(dataDir)
  const write = prepareApply(database)
  const loseSessions = prepareLosing(database, clock())
  const outbox = prepareOutbox(database)
  const countOlder = prepareBackfill(database)
  const readCursor = database.prepare<[], number>('SELECT lastGroup FROM JournalCursor WHERE id = 1').pluck()
  const writeCursor = database.prepare<[number]>(
    'INSERT INTO JournalCursor (id, lastGroup) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET lastGroup = excluded.lastGroup',
  )
  const purge = database.prepare<[number, number]>(
    'DELETE FROM Challenge WHERE state IN (SELECT state FROM Challenge WHERE expiresAt <= ? LIMIT ?)',
  )
  const purgeFactors = database.prepare<[number, number]>(
    'DELETE FROM FactorRequest WHERE id IN (SELECT id FROM FactorRequest WHERE expiresAt <= ? LIMIT ?)',
  )
  const purgePasses = database.prepare<[number, number]>(
    'DELETE FROM FactorPass WHERE key IN (SELECT key FROM FactorPass WHERE expiresAt <= ? LIMIT ?)',
  )
  const readNext = journal.prepare<[number], Group>('SELECT n, body FROM JournalGroup WHERE n > ? ORDER BY n LIMIT 1')
  const lastGroup = journal.prepare<[], number | null>('SELECT max(n) FROM JournalGroup').pluck()
  let purgedAt = -Infinity
  let checkpointedAt = -Infinity

  /** The next groups, one after the other until so many records are together. */
  const gather = (cursor: number, maximumGroups: number): Gathered => {
    const records: JournalRecord[] = []
    let last = cursor
    let groups = 0
    while (groups < maximumGroups && records.length < recordsATransaction) {
      const group = readNext.get(last)
      if (!group) break
      for (const record of parse(group)) records.push(record)
      last = group.n
      groups++
    }
    return { records, last, groups }
  }

  const apply = database.transaction((records: FoldedRecords, last: number): true => {
    write(records)
    writeCursor.run(last)
    return true
  })

  const purgeNowAndThen = () => {
    const now = clock()
    if (Math.abs(now - purgedAt) < purgeEveryMs) return
    purge.run(now, purgedAtOnce)
    purgeFactors.run(now, purgedAtOnce)
    purgePasses.run(now, purgedAtOnce)
    loseSessions(now)
    purgedAt = now
  }

  /** Appends never wait for a checkpoint; a passive one never waits for an append. */
  const checkpointNowAndThen = () => {
    const now = performance.now()
    if (now - checkpointedAt < checkpointEveryMs) return
    journal.pragma('wal_checkpoint(PASSIVE)')
    checkpointedAt = now
  }

  return {
    move: (maximumGroups) => {
      let cursor = readCursor.get() ?? 0
      let budget = maximumGroups
      const end = performance.now() + callMs
      while (budget > 0 && performance.now() < end) {
        const gathered = gather(cursor, budget)
        if (gathered.groups === 0) break
        const folded = foldRecords(gathered.records)
        if (!unlessBusy(() => apply.immediate(folded, gathered.last))) break
        outbox.added(folded.toForward.length)
        budget -= gathered.groups
        cursor = gathered.last
      }
      unlessBusy(purgeNowAndThen)
      checkpointNowAndThen()
      // Numbers have no gaps: nobody else takes one, and an append that fails leaves none behind.
      const left = Math.max(0, (lastGroup.get() ?? 0) - cursor)
      // What is to be moved comes first.
      if (left === 0) unlessBusy(countOlder)
      return left
    },
    movedUpTo: () => readCursor.get() ?? 0,
    outboxRows: () => outbox.rows,
    removeForwarded: (ids) => unlessBusy(() => outbox.remove(ids)) !== 0,
    discardOutbox: (upToId) => unlessBusy(() => outbox.discard(upToId)) === 'none-left',
    close: () => {
      journal.close()
      database.close()
    },
  }
}

interface Gathered {
  readonly records: readonly JournalRecord[]
  /** The number of the last group in it. */
  readonly last: number
  readonly groups: number
}

interface Group {
  readonly n: number
  readonly body: string
}

function parse({ n, body }: Group): readonly JournalRecord[] {
  try {
    return decodeRecords(body)
  } catch (cause) {
    throw new StoreError(
      'journal-unreadable',
      `Group ${n} of journal.db is damaged. Restore the data folder from a backup.`,
      {
        cause,
      },
    )
  }
}

/** 0 where the database stayed busy. */
function unlessBusy<T>(work: () => T): T | 0 {
  for (let attempt = 1; attempt <= tries; attempt++) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error)) throw error
    }
  }
  return 0
}
