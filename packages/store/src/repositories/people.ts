/** What stands for or against people, and how they are asked: blocks, bypasses, fraud reports, methods, PINs, devices. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { differences, secretChanged, type AuditFields } from '../audit/differences.ts'
import { methodsOf } from '../engine/users.ts'
import type { PeopleRepository } from '../standing-types.ts'
import type { Actor, Change, UserRecord } from '../types.ts'
import { changedMeanwhile, done, notFound, type Context, type Transaction } from './context.ts'
import {
  blockRecord,
  bypassRecord,
  deviceRecord,
  factorColumns,
  factorFields,
  fraudRecord,
  withUser,
} from './people-rows.ts'
import { listBlocks, listBypasses, listFraudReports } from './people-lists.ts'
import { userRecord, withFactors } from './user-rows.ts'

const shown = 20
const hashes = z.array(z.string())

export function createPeopleRepository({ prisma, clock }: Context): PeopleRepository {
  const find = (from: Transaction, id: string) => from.user.findUnique({ where: { id }, include: withFactors })

  /** Does something to a user; what `work` answers is the entry in the audit trail, null: nothing was there to be done. */
  const changing = (
    userId: string,
    actor: Actor,
    work: (tx: Transaction, now: Date) => Promise<Entry | null | typeof notFound>,
  ): Promise<Change<UserRecord>> =>
    prisma.$transaction(async (tx) => {
      const row = await find(tx, userId)
      if (row === null) return notFound
      const now = clock()
      const entry = await work(tx, now)
      if (entry !== null && 'ok' in entry) return entry
      if (entry !== null) {
        await appendAudit(tx, now, actor, {
          ...{ subjectKind: 'user', subjectId: userId, subjectName: row.username },
          ...entry,
        })
      }
      const changed = (await find(tx, userId)) ?? row
      return done(userRecord(changed, now))
    })

  return {
    standing: async (userId) => {
      const row = await prisma.user.findUnique({
        where: { id: userId },
        include: { ...withFactors, pin: true, devices: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] } },
      })
      if (row === null) return null
      const newest = {
        where: { userId },
        orderBy: [{ createdAt: 'desc' as const }, { id: 'desc' as const }],
        take: shown,
      }
      const [blocks, bypasses, reports] = [
        await prisma.userBlock.findMany({ ...newest, include: withUser }),
        await prisma.oneTimeBypass.findMany({ ...newest, include: withUser }),
        await prisma.fraudReport.findMany({
          where: { userId },
          orderBy: [{ at: 'desc' }, { id: 'desc' }],
          take: shown,
        }),
      ]
      const now = clock()
      return {
        user: userRecord(row, now),
        factors: factorFields(row),
        factorOrder: methodsOf(row.factorOrder),
        pin: row.pin && { changedAt: row.pin.changedAt, mustChange: row.pin.mustChange },
        devices: row.devices.map(deviceRecord),
        blocks: blocks.map((block) => blockRecord(block, now)),
        bypasses: bypasses.map((bypass) => bypassRecord(bypass, now)),
        fraudReports: reports.map((report) => fraudRecord(report, true)),
      }
    },

    changeFactors: (userId, { version, ...input }, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await find(tx, userId)
        const now = clock()
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(userRecord(row, now))
        const changed = await tx.user.update({
          where: { id: userId },
          data: {
            ...factorColumns(input),
            ...(JSON.stringify(input.factorMethods) !== row.factorMethods && { factorOrder: '[]' }),
            ...{ version: version + 1, updatedAt: now },
          },
          include: withFactors,
        })
        const { before, after } = differences({ ...factorFields(row) }, { ...factorFields(changed) })
        await appendAudit(tx, now, actor, {
          ...{ action: 'changed', subjectKind: 'user', subjectId: userId, subjectName: row.username, before, after },
        })
        return done(userRecord(changed, now))
      }),

    setFactorOrder: (userId, { order, version }, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await find(tx, userId)
        const now = clock()
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(userRecord(row, now))
        const changed = await tx.user.update({
          where: { id: userId },
          data: { factorOrder: JSON.stringify(order), version: version + 1, updatedAt: now },
          include: withFactors,
        })
        const shown = ({ factorOrder }: typeof row) => ({ factorOrder: methodsOf(factorOrder) })
        const { before, after } = differences(shown(row), shown(changed))
        await appendAudit(tx, now, actor, {
          ...{ action: 'changed', subjectKind: 'user', subjectId: userId, subjectName: row.username, before, after },
        })
        return done(userRecord(changed, now))
      }),

    pinHashes: async (userId) => {
      const row = await prisma.user.findUnique({ where: { id: userId }, select: { pin: true } })
      if (row === null) return null
      return row.pin === null ? [] : [row.pin.hash, ...hashes.parse(JSON.parse(row.pin.formerHashes))]
    },

    setPin: (userId, hash, history, actor) =>
      changing(userId, actor, (tx, now) => savePin(tx, userId, { hash, history, mustChange: true, now })),

    setOwnPin: (userId, { hash, history, replaces }, actor) =>
      changing(userId, actor, async (tx, now) => {
        const present = await tx.userPin.findUnique({ where: { userId } })
        if ((present?.hash ?? null) !== replaces) return notFound
        return savePin(tx, userId, { hash, history, mustChange: false, now })
      }),

    removePin: (userId, actor) =>
      changing(userId, actor, async (tx) => {
        const { count } = await tx.userPin.deleteMany({ where: { userId } })
        return count === 0 ? null : entry('changed', { pin: '(set)' }, { pin: null })
      }),

    revokeDevice: async (deviceId, actor) => {
      const device = await prisma.appDevice.findUnique({ where: { id: deviceId } })
      if (device === null) return notFound
      return changing(device.userId, actor, async (tx) => {
        const { count } = await tx.appDevice.deleteMany({ where: { id: deviceId } })
        if (device.tokenId !== null) await tx.oathToken.deleteMany({ where: { id: device.tokenId } })
        return count === 0 ? notFound : entry('changed', { device: device.name }, { device: null })
      })
    },

    block: (userId, { reason, until }, actor) =>
      changing(userId, actor, async (tx, now) => {
        const data = { id: randomUUID(), userId, reason, until, blockedBy: actor.name, createdAt: now }
        await tx.userBlock.create({ data: { ...data, source: 'administrator' } })
        await tx.factorPass.deleteMany({ where: { userId } })
        return entry('blocked', null, { reason, until: until?.toISOString() ?? null })
      }),

    unblock: (userId, actor) =>
      changing(userId, actor, async (tx, now) => {
        const open = { userId, endedAt: null, OR: [{ until: null }, { until: { gt: now } }] }
        const blocks = await tx.userBlock.findMany({ where: open })
        if (blocks.length === 0) return null
        await tx.userBlock.updateMany({ where: open, data: { endedAt: now, endedBy: actor.name } })
        return entry('unblocked', { reason: blocks.map(({ reason }) => reason).join('; ') }, null)
      }),

    giveBypass: (userId, { reason, seconds }, actor) =>
      changing(userId, actor, async (tx, now) => {
        const expiresAt = new Date(now.getTime() + seconds * 1_000)
        const data = { id: randomUUID(), userId, reason, givenBy: actor.name, createdAt: now, expiresAt }
        await tx.oneTimeBypass.create({ data })
        return entry('bypassed', null, { reason, seconds })
      }),

    endBypasses: (userId, actor) =>
      changing(userId, actor, async (tx, now) => {
        const open = { userId, usedAt: null, endedAt: null, expiresAt: { gt: now } }
        const { count } = await tx.oneTimeBypass.updateMany({ where: open, data: { endedAt: now } })
        return count === 0 ? null : entry('changed', { bypasses: count }, { bypasses: 0 })
      }),

    blocks: (query) => listBlocks(prisma, query, clock()),
    bypasses: (query) => listBypasses(prisma, query, clock()),
    fraudReports: (query) => listFraudReports(prisma, query),
    openFraudReports: () => prisma.fraudReport.count({ where: { handledAt: null } }),

    handleFraudReport: (id, note, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.fraudReport.findUnique({ where: { id } })
        if (row === null) return notFound
        const now = clock()
        const data = { note, handledAt: row.handledAt ?? now, handledBy: row.handledBy ?? actor.name }
        const handled = await tx.fraudReport.update({ where: { id }, data })
        await appendAudit(tx, now, actor, {
          ...{ action: 'handled', subjectKind: 'fraud-report', subjectId: id, subjectName: row.username },
          ...{ before: { note: row.note }, after: { note } },
        })
        return done(fraudRecord(handled, (await find(tx, row.userId)) !== null))
      }),

    factorOff: () => prisma.user.count({ where: { enabled: false } }),
  }
}

interface Entry {
  readonly action: AuditAction
  readonly before: AuditFields | null
  readonly after: AuditFields | null
}

async function savePin(
  tx: Transaction,
  userId: string,
  pin: { readonly hash: string; readonly history: number; readonly mustChange: boolean; readonly now: Date },
): Promise<Entry> {
  const { hash, history, mustChange, now } = pin
  const before = await tx.userPin.findUnique({ where: { userId } })
  const former = before === null ? [] : [before.hash, ...hashes.parse(JSON.parse(before.formerHashes))]
  const data = { hash, formerHashes: JSON.stringify(former.slice(0, history)), mustChange, changedAt: now }
  await tx.userPin.upsert({ where: { userId }, create: { userId, ...data }, update: data })
  return entry('changed', null, { pin: secretChanged })
}

function entry(action: AuditAction, before: AuditFields | null, after: AuditFields | null): Entry {
  return { action, before, after }
}
