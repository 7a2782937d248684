/** What the thread that sends reads and writes: receivers, what is to be sent, and how far each receiver is. */
import { logReceiverConfiguration } from '@sallyport/contract'
import type { Database } from 'better-sqlite3'
import { openForWriting } from '../engine/connection.ts'
import type { LogItem, LogPosition, LogReceiverInForce, LogReceiverSecrets, LogRoom } from '../log-receiver-types.ts'
import { dataPaths } from '../paths.ts'
import { readKey } from '../sealing/key-file.ts'
import { places } from '../sealing/places.ts'
import { createSealer, type Sealer } from '../sealing/sealer.ts'
import { StoreError } from '../store-error.ts'
import { prepareAuditCheck } from './audit-check.ts'
import { preparePruning } from './prune.ts'

/** So many events wait at most, about 4 GB: sign-ins must not end because nobody fetches their log. */
export const logEventsLimit = 10_000_000

/** While others write this thread waits; nobody waits for it longer than a row takes. */
const busyTimeoutMs = 30_000

export interface OpenLogRoomOptions {
  readonly dataDir: string
  /** `logEventsLimit` unless a test needs less. */
  readonly limit?: number
}

interface ReceiverRow {
  readonly id: string
  readonly name: string
  readonly enabled: 0 | 1
  readonly configuration: string
  readonly sealedSecrets: string | null
  readonly signIns: 0 | 1
  readonly questions: 0 | 1
  readonly changes: 0 | 1
  readonly accounting: 0 | 1
  readonly version: number
}

interface CursorRow {
  readonly eventsUpTo: number
  readonly changesUpTo: number
  readonly sent: number
  readonly lost: number
  readonly lastSentAt: number | null
}

/** The database and its key must be there: the main thread opens the store first. */
export function openLogRoom({ dataDir, limit = logEventsLimit }: OpenLogRoomOptions): LogRoom {
  const paths = dataPaths(dataDir)
  const key = readKey(paths.key)
  if (key === undefined) throw new StoreError('key-missing', `The key file ${paths.key} is gone. Put it back.`)
  const sealer = createSealer(key)
  const database = openForWriting(paths.database, busyTimeoutMs, true)
  const enabled = database.prepare<[], ReceiverRow>('SELECT * FROM LogReceiver WHERE enabled = 1 ORDER BY name')
  const one = database.prepare<[string], ReceiverRow>('SELECT * FROM LogReceiver WHERE id = ?')
  const cursor = database.prepare<[string], CursorRow>('SELECT * FROM LogReceiverCursor WHERE receiverId = ?')
  const move = database.prepare<[object]>(
    `UPDATE LogReceiverCursor SET eventsUpTo = max(eventsUpTo, $events), changesUpTo = max(changesUpTo, $changes),
       sent = sent + $sent, lastSentAt = coalesce($sentAtMs, lastSentAt) WHERE receiverId = $id`,
  )
  const events = prepareEvents(database)
  const changes = prepareChanges(database)
  const prune = preparePruning(database, limit)
  const wants = ({ signIns, questions, accounting }: LogReceiverInForce) => ({
    'sign-in': signIns,
    question: questions,
    accounting,
  })

  return {
    receivers: () => enabled.all().map((row) => inForce(row, sealer)),
    receiver(id) {
      const row = one.get(id)
      return row && inForce(row, sealer)
    },
    position(id) {
      const row = cursor.get(id)
      return row && { events: row.eventsUpTo, changes: row.changesUpTo }
    },
    next(receiver, after, atMost) {
      const wanted = wants(receiver)
      const happened = events.after(after.events, atMost)
      const changed = receiver.changes ? changes.after(after.changes, atMost) : []
      const position: LogPosition = {
        events: happened.at(-1)?.sequence ?? after.events,
        changes: receiver.changes ? (changed.at(-1)?.sequence ?? after.changes) : changes.last(),
      }
      const items = happened.filter(({ kind }) => wanted[kind])
      return { items: [...items, ...changed], position }
    },
    confirm(id, position, sent, sentAtMs) {
      move.run({ id, ...position, sent, sentAtMs })
    },
    progress(receiver) {
      const row = cursor.get(receiver.id)
      if (row === undefined) return { waiting: 0, sent: 0, lost: 0, lastSentAtMs: null, oldestAtMs: null }
      const wantsEvents = Object.values(wants(receiver)).some(Boolean)
      const waitingEvents = wantsEvents ? Math.max(0, events.last() - Math.max(row.eventsUpTo, events.first() - 1)) : 0
      const waitingChanges = receiver.changes ? Math.max(0, changes.last() - row.changesUpTo) : 0
      const oldest = [
        waitingEvents > 0 ? timeOf(events.after(row.eventsUpTo, 1)[0]) : null,
        waitingChanges > 0 ? timeOf(changes.after(row.changesUpTo, 1)[0]) : null,
      ].filter((each) => each !== null)
      return {
        waiting: waitingEvents + waitingChanges,
        sent: row.sent,
        lost: row.lost,
        lastSentAtMs: row.lastSentAt,
        oldestAtMs: oldest.length === 0 ? null : Math.min(...oldest),
      }
    },
    prune,
    checkAudit: prepareAuditCheck(database, sealer),
    close: () => database.close(),
  }
}

function prepareEvents(database: Database) {
  const after = database.prepare<[number, number], { sequence: number; kind: EventKind; body: string }>(
    'SELECT sequence, kind, body FROM LogEvent WHERE sequence > ? ORDER BY sequence LIMIT ?',
  )
  const first = database.prepare<[], number | null>('SELECT min(sequence) FROM LogEvent').pluck()
  const last = database.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'LogEvent'").pluck()
  return {
    after: (sequence: number, limit: number) =>
      after.all(sequence, limit).map(({ body, ...row }) => ({ ...row, body: JSON.parse(body) as LogItem['body'] })),
    /** One after the last where there is none. */
    first: () => first.get() ?? (last.get() ?? 0) + 1,
    last: () => last.get() ?? 0,
  }
}

type EventKind = Exclude<LogItem['kind'], 'change'>

function prepareChanges(database: Database) {
  const after = database.prepare<[number, number], { sequence: number } & Record<string, unknown>>(
    `SELECT sequence, at AS atMs, administrator, action, subjectKind, subjectId, subjectName, before, after, address, hash
     FROM AuditEntry WHERE sequence > ? ORDER BY sequence LIMIT ?`,
  )
  const last = database.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'AuditEntry'").pluck()
  return {
    after: (sequence: number, limit: number): LogItem[] =>
      after.all(sequence, limit).map(({ sequence, ...body }) => ({ kind: 'change', sequence, body })),
    last: () => last.get() ?? 0,
  }
}

function timeOf(item: LogItem | undefined): number | null {
  const at = item?.body['heardAtMs'] ?? item?.body['roundAtMs'] ?? item?.body['atMs']
  return typeof at === 'number' ? at : null
}

function inForce(row: ReceiverRow, sealer: Sealer): LogReceiverInForce {
  const { id, name, version, sealedSecrets } = row
  const secrets =
    sealedSecrets === null
      ? {}
      : (JSON.parse(sealer.open(sealedSecrets, places.logReceiverSecrets(id)).toString()) as LogReceiverSecrets)
  return {
    ...{ id, name, version },
    enabled: row.enabled === 1,
    configuration: logReceiverConfiguration.parse(JSON.parse(row.configuration)),
    signIns: row.signIns === 1,
    questions: row.questions === 1,
    changes: row.changes === 1,
    accounting: row.accounting === 1,
    ...secrets,
  }
}
