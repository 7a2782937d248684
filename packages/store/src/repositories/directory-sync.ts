/** Synchronizations with the directory: their settings, and the runs with what became of each person. */
import { randomUUID } from 'node:crypto'
import { setImmediate as giveWay } from 'node:timers/promises'
import { syncSettings as schema, type SyncRow } from '@sallyport/contract'
import { z } from 'zod'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { differences } from '../audit/differences.ts'
import type { DirectorySyncRepository, OpenSyncState, SyncRunRecord } from '../directory-sync-types.ts'
import { Prisma, type DirectorySyncRow, type DirectorySyncRun } from '../generated/client.ts'
import { ldapSettings, syncSettings } from '../settings-values.ts'
import type { Actor } from '../types.ts'
import { changedMeanwhile, done, type Context, type Transaction } from './context.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { totalUpTo } from './sql.ts'

const name = 'directory-sync'
const openStates: readonly OpenSyncState[] = ['reading', 'comparing', 'waiting', 'applying']
const rowsPerPiece = 500
const keptRuns = 100
const removedPerTransaction = 1000
/** What was missed all the same is found within a day. */
const fullEveryMs = 24 * 3_600_000

export function createDirectorySyncRepository({ prisma, sealer, clock }: Context): DirectorySyncRepository {
  const runs = prisma.directorySyncRun
  const setting = async (from: Transaction, of: 'directory-sync' | 'ldap') =>
    (await from.setting.findUnique({ where: { name: of } })) ?? undefined
  const versions = async (from: Transaction) => ({
    settingsVersion: syncSettings(await setting(from, name)).version,
    ldapVersion: ldapSettings(await setting(from, 'ldap'), sealer).version,
  })
  const audit = (
    tx: Transaction,
    actor: Actor,
    action: AuditAction,
    id: string,
    after: Record<string, unknown> | null,
  ) =>
    appendAudit(tx, clock(), actor, {
      ...{ action, subjectKind: 'directory-sync-run', subjectId: id, subjectName: null, before: null, after },
    })

  return {
    settings: async () => syncSettings(await setting(prisma, name)),

    changeSettings: (input, actor) =>
      prisma.$transaction(async (tx) => {
        const current = syncSettings(await setting(tx, name))
        const { version, ...values } = schema.parse(input)
        if (current.version !== version) return changedMeanwhile(current)
        const data = { value: JSON.stringify(values), sealed: null, version: version + 1, updatedAt: clock() }
        const saved = syncSettings(
          await tx.setting.upsert({ where: { name }, create: { name, ...data }, update: data }),
        )
        await appendAudit(tx, clock(), actor, {
          ...{ action: 'changed', subjectKind: 'directory-sync', subjectId: null, subjectName: null },
          ...differences(current, { ...values, version }),
        })
        return done(saved)
      }),

    begin: ({ dryRun, kind }, actor) =>
      prisma.$transaction(async (tx) => {
        if ((await tx.directorySyncRun.count({ where: { state: { in: [...openStates] } } })) > 0) return null
        const row = await tx.directorySyncRun.create({
          data: {
            ...{ id: randomUUID(), startedAt: clock(), startedBy: actor?.name ?? '', dryRun, kind, state: 'reading' },
            ...(await versions(tx)),
          },
        })
        if (actor !== null) await audit(tx, actor, 'synchronized', row.id, { dryRun, kind })
        return runRecord(row)
      }),

    canGoOn: async () => {
      const startedAt = { gt: new Date(clock().getTime() - fullEveryMs) }
      const whole = { dryRun: false, state: 'done', kind: 'full', startedAt, ...(await versions(prisma)) }
      return (await runs.count({ where: whole })) > 0
    },

    lastStartedAt: async () =>
      (await runs.findFirst({ where: { dryRun: false }, orderBy: { startedAt: 'desc' } }))?.startedAt ?? null,

    open: async () => {
      const row = await runs.findFirst({ where: { state: { in: [...openStates] } } })
      return row === null ? null : runRecord(row)
    },

    byId: async (id) => {
      const row = await runs.findUnique({ where: { id } })
      return row === null ? null : runRecord(row)
    },

    list: async ({ cursor, limit }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, z.tuple([z.number(), z.string()]))
      const rows = await runs.findMany({
        ...(after && {
          where: {
            startedAt: { lte: new Date(after[0]) },
            OR: [{ startedAt: { lt: new Date(after[0]) } }, { id: { lt: after[1] } }],
          },
        }),
        orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      })
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return {
        rows: rows.slice(0, limit).map(runRecord),
        nextCursor: last === undefined ? null : encodeCursor([last.startedAt.getTime(), last.id]),
        total: await runs.count(),
      }
    },

    rows: async (runId, { cursor, limit, action }) => {
      const after = cursor === undefined ? 0 : decodeCursor(cursor, z.tuple([z.number()]))[0]
      const where = { runId, number: { gt: after }, ...(action && { action }) }
      const rows = await prisma.directorySyncRow.findMany({ where, orderBy: { number: 'asc' }, take: limit + 1 })
      const last = rows.length > limit ? rows[limit - 1] : undefined
      const having = action === undefined ? Prisma.empty : Prisma.sql`AND action = ${action}`
      return {
        rows: rows.slice(0, limit).map(rowRecord),
        nextCursor: last === undefined ? null : encodeCursor([last.number]),
        ...(await totalUpTo(prisma, Prisma.sql`FROM DirectorySyncRow WHERE runId = ${runId} ${having}`)),
      }
    },

    async *stream(runId) {
      let last = 0
      for (;;) {
        const where = { runId, number: { gt: last } }
        const rows = await prisma.directorySyncRow.findMany({ where, orderBy: { number: 'asc' }, take: rowsPerPiece })
        if (rows.length > 0) yield rows.map(rowRecord)
        if (rows.length < rowsPerPiece) return
        last = rows.at(-1)?.number ?? last
        await giveWay()
      }
    },

    approve: (id, adopt, actor) =>
      prisma.$transaction(async (tx) => {
        const { count } = await tx.directorySyncRun.updateMany({
          where: { id, state: 'waiting' },
          data: { state: 'applying', adopt, decidedBy: actor.name },
        })
        if (count > 0) await audit(tx, actor, 'approved', id, { adopt })
        return count > 0
      }),

    end: (id, from, { state, problem }, actor) =>
      prisma.$transaction(async (tx) => {
        const data = { state, problem, finishedAt: clock(), ...(actor && { decidedBy: actor.name }) }
        const { count } = await tx.directorySyncRun.updateMany({ where: { id, state: { in: [...from] } }, data })
        if (count > 0 && actor !== null) await audit(tx, actor, 'cancelled', id, null)
        return count > 0
      }),

    forgetOld: async () => {
      const old = await runs.findMany({
        where: { state: { notIn: [...openStates] } },
        orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
        skip: keptRuns,
        select: { id: true },
      })
      for (const { id } of old) {
        for (let removed = removedPerTransaction; removed === removedPerTransaction;) {
          await giveWay()
          removed = await prisma.$executeRaw`
            DELETE FROM DirectorySyncRow WHERE runId = ${id} AND number IN
              (SELECT number FROM DirectorySyncRow WHERE runId = ${id} LIMIT ${removedPerTransaction})`
        }
        await runs.deleteMany({ where: { id } })
      }
    },
  }
}

function runRecord(row: DirectorySyncRun): SyncRunRecord {
  const { id, startedAt, finishedAt, startedBy, dryRun, server, problem, found, decidedBy } = row
  const { added, changed, enabled, disabled, removed, adopted, refused, applied, skipped } = row
  return {
    ...{ id, startedAt, finishedAt, startedBy, dryRun, server, problem, found, decidedBy },
    ...{ added, changed, enabled, disabled, removed, adopted, refused, applied, skipped },
    kind: row.kind as SyncRunRecord['kind'],
    state: row.state as SyncRunRecord['state'],
  }
}

function rowRecord({ number, action, outcome, reason, username, dn, userId, changes }: DirectorySyncRow): SyncRow {
  return {
    ...{ number, username, dn, userId },
    action: action as SyncRow['action'],
    outcome: outcome as SyncRow['outcome'],
    reason: reason as SyncRow['reason'],
    changes: JSON.parse(changes) as SyncRow['changes'],
  }
}
