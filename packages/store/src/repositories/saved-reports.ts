/** Saved reports, and how far their mails are. */
import { randomUUID } from 'node:crypto'
import {
  reportSchedule,
  savedPeriod,
  savedReportContent,
  savedReportView,
  type CreateSavedReportInput,
} from '@sallyport/contract'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { differences, type AuditFields } from '../audit/differences.ts'
import type { SavedReport } from '../generated/client.ts'
import type { ReportRun, SavedReportRecord, SavedReportRepository } from '../saved-report-types.ts'
import type { Actor } from '../types.ts'
import { alreadyExists, changedMeanwhile, done, notFound, type Context, type Transaction } from './context.ts'

export function createSavedReportRepository({ prisma, clock }: Context): SavedReportRepository {
  const audit = (
    tx: Transaction,
    { id, name }: { id: string; name: string },
    actor: Actor,
    action: AuditAction,
    before: AuditFields | null,
    after: AuditFields | null,
  ) =>
    appendAudit(tx, clock(), actor, {
      ...{ action, subjectKind: 'saved-report', subjectId: id, subjectName: name, before, after },
    })
  const isTaken = async (tx: Transaction, name: string, exceptId?: string) => {
    const row = await tx.savedReport.findUnique({ where: { name }, select: { id: true } })
    return row !== null && row.id !== exceptId
  }
  return {
    list: async () => (await prisma.savedReport.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] })).map(record),

    byId: async (id) => {
      const row = await prisma.savedReport.findUnique({ where: { id } })
      return row && record(row)
    },

    create: (input, actor) =>
      prisma.$transaction(async (tx) => {
        if (await isTaken(tx, input.name)) return alreadyExists('name')
        const now = clock()
        const data = { ...columns(input), id: randomUUID(), createdBy: actor.name, createdAt: now, updatedAt: now }
        const row = await tx.savedReport.create({ data })
        await audit(tx, row, actor, 'created', null, auditFields(record(row)))
        return done(record(row))
      }),

    change: (id, { version, ...input }, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.savedReport.findUnique({ where: { id } })
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(record(row))
        if (await isTaken(tx, input.name, id)) return alreadyExists('name')
        const data = { ...columns(input), version: version + 1, updatedAt: clock() }
        const changed = record(await tx.savedReport.update({ where: { id }, data }))
        const { before, after } = differences(auditFields(record(row)), auditFields(changed))
        await audit(tx, changed, actor, 'changed', before, after)
        return done(changed)
      }),

    changeSchedule: (id, { version, schedule, scheduledBy, nextAt }, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.savedReport.findUnique({ where: { id } })
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(record(row))
        const wasStopped = record(row).last?.outcome === 'stopped'
        const data = {
          schedule: schedule === null ? null : JSON.stringify(schedule),
          scheduledBy: schedule === null ? null : scheduledBy.name,
          scheduledById: schedule === null ? null : scheduledBy.id,
          ...{ nextAt, lastDueAt: null, run: null, ...(wasStopped ? { last: null } : {}) },
          ...{ version: version + 1, updatedAt: clock() },
        }
        const changed = record(await tx.savedReport.update({ where: { id }, data }))
        const { before, after } = differences(scheduleFields(record(row)), scheduleFields(changed))
        await audit(tx, changed, actor, 'changed', before, after)
        return done(changed)
      }),

    remove: (id, version, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.savedReport.findUnique({ where: { id } })
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(record(row))
        await tx.savedReport.delete({ where: { id } })
        const removed = record(row)
        await audit(tx, row, actor, 'removed', { ...auditFields(removed), ...scheduleFields(removed) }, null)
        return done(removed)
      }),

    ask: (id, run, actor) =>
      prisma.$transaction(async (tx) => {
        const data = { run: JSON.stringify(run) }
        const { count } = await tx.savedReport.updateMany({ where: { id, schedule: { not: null }, run: null }, data })
        const row = count === 0 ? null : await tx.savedReport.findUnique({ where: { id } })
        if (row === null) return false
        await audit(tx, row, actor, 'sent', null, { recipients: record(row).schedule?.recipients ?? [] })
        return true
      }),

    note: async (read, { nextAt, lastDueAt, run, last }) => {
      const where = {
        id: read.id,
        nextAt: read.nextAt,
        run: read.run === null ? null : JSON.stringify(read.run),
        schedule: read.schedule === null ? null : JSON.stringify(read.schedule),
        scheduledById: read.scheduledBy?.id ?? null,
      }
      const data = {
        ...(nextAt === undefined ? {} : { nextAt }),
        ...(lastDueAt === undefined ? {} : { lastDueAt }),
        ...(run === undefined ? {} : { run: run === null ? null : JSON.stringify(run) }),
        ...(last === undefined ? {} : { last: JSON.stringify(last) }),
      }
      return (await prisma.savedReport.updateMany({ where, data })).count === 1
    },
  }
}

/** Exactly these, whatever else an input carries. */
function columns({ name, content, period, from, to }: CreateSavedReportInput) {
  const times = { from: from === null ? null : new Date(from), to: to === null ? null : new Date(to) }
  return { name, content: JSON.stringify(content), period, ...times }
}

function record(row: SavedReport): SavedReportRecord {
  const { id, name, createdBy, nextAt, lastDueAt, version } = row
  return {
    ...{ id, name, createdBy, nextAt, lastDueAt, version },
    content: savedReportContent.parse(JSON.parse(row.content)),
    period: savedPeriod.parse(row.period),
    from: row.from?.toISOString() ?? null,
    to: row.to?.toISOString() ?? null,
    schedule: row.schedule === null ? null : reportSchedule.parse(JSON.parse(row.schedule)),
    scheduledBy: row.scheduledById === null ? null : { id: row.scheduledById, name: row.scheduledBy ?? '' },
    // Written by this repository alone.
    run: row.run === null ? null : (JSON.parse(row.run) as ReportRun),
    last: row.last === null ? null : savedReportView.shape.last.parse(JSON.parse(row.last)),
  }
}

function auditFields({ name, content, period, from, to }: SavedReportRecord): AuditFields {
  return { name, report: content.report, filters: content.filters, period, from, to }
}

function scheduleFields({ schedule, scheduledBy }: SavedReportRecord): AuditFields {
  return schedule === null ? {} : { ...schedule, scheduledBy: scheduledBy?.name ?? null }
}
