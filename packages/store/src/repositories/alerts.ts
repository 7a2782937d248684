/** Alerts: who is told of what, and what there was and is to tell. */
import { randomUUID } from 'node:crypto'
import { alertDefaults, alertSettings, type AlertKind, type AlertSettings, type AlertView } from '@sallyport/contract'
import type { AlertRecord, AlertRepository } from '../alert-types.ts'
import type { Alert } from '../generated/client.ts'
import type { SettingRow } from '../settings-values.ts'
import type { Context } from './context.ts'
import { findSetting, savePlainSetting } from './save-setting.ts'

const dayMs = 24 * 60 * 60_000
const namesShown = 10
/** Rows that are kept: the list shows fifty. */
const keptAtMost = 1000

export function createAlertRepository(context: Context): AlertRepository {
  const { prisma, clock } = context
  const newestFirst = [{ at: 'desc' }, { id: 'desc' }] as const
  return {
    settings: async () => settingsOf(await findSetting(prisma, 'alerts')),
    change: (input, actor) =>
      savePlainSetting(context, input, { name: 'alerts', subjectKind: 'alerts', read: settingsOf }, actor),
    list: async (limit) => (await prisma.alert.findMany({ orderBy: [...newestFirst], take: limit })).map(record),
    open: async () => (await prisma.alert.findMany({ where: { about: 'began', endedAt: null } })).map(record),
    lastCounted: async (kind) => {
      const row = await prisma.alert.findFirst({ where: { kind, about: 'counted' }, orderBy: [...newestFirst] })
      return row && record(row)
    },
    add: async ({ kind, about, subject, detail }) => {
      await prisma.alert.create({ data: { id: randomUUID(), at: clock(), kind, about, subject, detail } })
      const [oldest] = await prisma.alert.findMany({ orderBy: [...newestFirst], skip: keptAtMost, take: 1 })
      if (oldest) {
        const isOver = { OR: [{ about: { not: 'began' } }, { endedAt: { not: null } }] }
        await prisma.alert.deleteMany({ where: { at: { lte: oldest.at }, ...isOver } })
      }
    },
    end: (id, tell) =>
      prisma.$transaction(async (tx) => {
        const now = clock()
        const row = await tx.alert.update({ where: { id }, data: { endedAt: now } })
        const { kind, subject } = row
        if (tell)
          await tx.alert.create({ data: { id: randomUUID(), at: now, kind, about: 'ended', subject, detail: '' } })
      }),
    toTell: async (limit) => {
      const since = new Date(clock().getTime() - dayMs)
      const where = { notifiedAt: null, at: { gte: since } }
      return (await prisma.alert.findMany({ where, orderBy: [{ at: 'asc' }, { id: 'asc' }], take: limit })).map(record)
    },
    note: async (id, { toldTo, isDone, problem }) => {
      const data = { toldTo: JSON.stringify(toldTo), tellProblem: problem, ...(isDone ? { notifiedAt: clock() } : {}) }
      await prisma.alert.updateMany({ where: { id }, data })
    },
    lockedUntilAfter: async (time) => {
      const where = { factorLockedUntil: { gt: time } }
      const [count, rows] = await Promise.all([
        prisma.user.count({ where }),
        prisma.user.findMany({ where, select: { username: true }, take: namesShown }),
      ])
      return { count, names: rows.map(({ username }) => username) }
    },
  }
}

function settingsOf(row: SettingRow | undefined): AlertSettings {
  if (row === undefined) return { ...alertDefaults, version: 1 }
  return alertSettings.parse({ ...alertDefaults, ...(JSON.parse(row.value) as object), version: row.version })
}

function record({ kind, about, toldTo, tellProblem, ...row }: Alert): AlertRecord {
  const { id, at, subject, detail, notifiedAt } = row
  return {
    ...{ id, at, subject, detail, notifiedAt, problem: tellProblem },
    kind: kind as AlertKind,
    about: about as AlertView['about'],
    toldTo: JSON.parse(toldTo) as string[],
  }
}
