/** Files of users: kept sealed, looked at as often as their columns are told anew, taken in short transactions. */
import { setImmediate as giveWay } from 'node:timers/promises'
import { userImportRemark, type UserImportMapping, type UserImportRow } from '@sallyport/contract'
import { z } from 'zod'
import { appendAudit } from '../audit/append.ts'
import { Prisma, type UserImport } from '../generated/client.ts'
import { places } from '../sealing/places.ts'
import type { ImportedUser, UserImportRecord, UserImportRepository } from '../types.ts'
import { usernameKey } from '../username-key.ts'
import type { Context } from './context.ts'
import { afterNumber, inPieces, olderThan, pageByNumber, pageByTime, removeAll } from './import-pages.ts'
import { totalUpTo } from './sql.ts'
import { insertUsers, newUser } from './user-import.ts'
import { stageUsers } from './user-import-staging.ts'

const removedPerTransaction = 1000
const lineOf = ({ line }: UserImportRow) => line

export function createUserImportRepository(context: Context): UserImportRepository {
  const { prisma, sealer, clock } = context

  const rowsAfter = async (importId: string, after: number, limit: number, outcome?: string) => {
    const rows = await prisma.userImportRow.findMany({
      where: { importId, line: { gt: after }, ...(outcome !== undefined && { outcome }) },
      orderBy: { line: 'asc' },
      take: limit,
      select: { line: true, username: true, outcome: true, remarks: true },
    })
    return rows.map((row): UserImportRow => ({
      ...row,
      outcome: row.outcome as UserImportRow['outcome'],
      remarks: z.array(userImportRemark).parse(JSON.parse(row.remarks)),
    }))
  }
  const removeRows = (id: string) =>
    removeAll(
      () => prisma.$executeRaw`
        DELETE FROM UserImportRow WHERE importId = ${id} AND line IN
          (SELECT line FROM UserImportRow WHERE importId = ${id} LIMIT ${removedPerTransaction})`,
    )
  const removePieces = (id: string) =>
    removeAll(
      () => prisma.$executeRaw`
        DELETE FROM UserImportPiece WHERE importId = ${id} AND number IN
          (SELECT number FROM UserImportPiece WHERE importId = ${id} LIMIT 20)`,
    )
  const move = async (id: string, from: readonly string[], data: Prisma.UserImportUpdateManyMutationInput) =>
    (await prisma.userImport.updateMany({ where: { id, state: { in: [...from] } }, data })).count > 0

  return {
    create: async (input, actor) => {
      await prisma.userImport.create({
        data: { ...input, at: clock(), administrator: actor.name, state: 'uploading', mapping: asText(noMapping) },
      })
    },

    addPiece: async (importId, number, octets) => {
      const sealed = sealer.seal(octets, places.importPiece(importId, number))
      await prisma.userImportPiece.create({ data: { importId, number, sealed } })
    },

    uploaded: async (id, octets, mapping) => {
      await move(id, ['uploading'], { state: 'mapping', octets, mapping: asText(mapping) })
    },

    async *pieces(importId) {
      for (let number = 0; ; number++) {
        const row = await prisma.userImportPiece.findUnique({ where: { importId_number: { importId, number } } })
        if (row === null) return
        yield sealer.open(row.sealed, places.importPiece(importId, number))
        await giveWay()
      }
    },

    beginCheck: async (id, mapping) => {
      const zero = { good: 0, there: 0, refused: 0, checkedOctets: 0, problem: null }
      const data = { ...zero, state: 'checking', mapping: asText(mapping) }
      if (!(await move(id, ['mapping', 'ready'], data))) return false
      await removeRows(id)
      return true
    },

    stage: (id, rows, checkedOctets) => stageUsers(context, id, rows, checkedOctets),

    checked: async (id, problem) => {
      if (problem === null) {
        await move(id, ['checking'], { state: 'ready' })
        return
      }
      await removeRows(id)
      await move(id, ['checking'], { state: 'mapping', problem, good: 0, there: 0, refused: 0 })
    },

    byId: async (id) => {
      const row = await prisma.userImport.findUnique({ where: { id } })
      return row === null ? null : importRecord(row)
    },

    list: async (query) => {
      const rows = await prisma.userImport.findMany({
        where: { state: { not: 'uploading' }, ...olderThan(query.cursor) },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: query.limit + 1,
      })
      const totals = await totalUpTo(prisma, Prisma.sql`FROM UserImport WHERE state <> 'uploading'`)
      return pageByTime(rows, query, totals, importRecord)
    },

    rows: async (importId, { outcome, ...query }) => {
      const rows = await rowsAfter(importId, afterNumber(query.cursor), query.limit + 1, outcome)
      const having = outcome === undefined ? Prisma.empty : Prisma.sql`AND outcome = ${outcome}`
      const totals = await totalUpTo(prisma, Prisma.sql`FROM UserImportRow WHERE importId = ${importId} ${having}`)
      return pageByNumber(rows, query, totals, lineOf)
    },

    stream: (importId) => inPieces((after, limit) => rowsAfter(importId, after, limit), lineOf),

    begin: (id, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.userImport.findUnique({ where: { id } })
        if (row?.state !== 'ready') return false
        await tx.userImport.update({ where: { id }, data: { state: 'importing' } })
        await appendAudit(tx, clock(), actor, {
          ...{ action: 'imported', subjectKind: 'user', subjectId: null, subjectName: null, before: null },
          after: { users: row.good, fileName: row.fileName },
        })
        return true
      }),

    waiting: async (importId, limit) => {
      const rows = await prisma.userImportRow.findMany({
        where: { importId, outcome: 'good' },
        orderBy: { line: 'asc' },
        take: limit,
        select: { line: true, fields: true, sealedPin: true },
      })
      return rows.map(({ line, fields, sealedPin }) => ({
        line,
        // Written by `stage` alone, from what was parsed there.
        user: JSON.parse(fields ?? '{}') as ImportedUser,
        pin: sealedPin === null ? '' : sealer.open(sealedPin, places.importPin(importId, line)).toString(),
      }))
    },

    take: (importId, rows) =>
      prisma.$transaction(async (tx) => {
        const now = clock()
        const users = rows.map(({ user }) => newUser(user))
        const ids = new Map((await insertUsers(tx, users, now, importId)).map((row) => [row.usernameKey, row.id]))
        const added = rows.flatMap(({ line, user, pinHash }) => {
          const id = ids.get(usernameKey(user.username))
          return id === undefined ? [] : [{ line, id, pinHash }]
        })
        const pins = added.flatMap(({ id, pinHash }) => (pinHash === null ? [] : [{ userId: id, hash: pinHash }]))
        if (pins.length > 0) {
          await tx.userPin.createMany({ data: pins.map((pin) => ({ ...pin, mustChange: true, changedAt: now })) })
        }
        const forgotten = { fields: null, sealedPin: null }
        const lines = rows.map(({ line }) => line)
        await tx.userImportRow.updateMany({
          where: { importId, line: { in: added.map(({ line }) => line) } },
          data: { ...forgotten, outcome: 'taken' },
        })
        const late = { importId, line: { in: lines }, outcome: 'good' }
        const { count } = await tx.userImportRow.updateMany({ where: late, data: { ...forgotten, outcome: 'there' } })
        await tx.userImport.update({
          where: { id: importId },
          data: {
            ...{ good: { decrement: rows.length }, taken: { increment: added.length }, there: { increment: count } },
          },
        })
        return new Map(added.map(({ line, id }) => [line, id]))
      }),

    finish: async (id) => {
      await removePieces(id)
      await move(id, ['importing'], { state: 'done', finishedAt: clock() })
    },

    discard: async (id) => {
      if (!(await move(id, ['uploading', 'mapping', 'ready'], { state: 'uploading' }))) return false
      await removeRows(id)
      await removePieces(id)
      await prisma.userImport.deleteMany({ where: { id } })
      return true
    },

    inState: async (state, before) => {
      const where = { state, ...(before && { at: { lt: before } }) }
      return (await prisma.userImport.findMany({ where, select: { id: true } })).map(({ id }) => id)
    },
  }
}

const noMapping: UserImportMapping = { encoding: 'utf-8', delimiter: 'comma', fields: [], countryCode: '' }

function asText(mapping: UserImportMapping): string {
  return JSON.stringify(mapping)
}

function importRecord(row: UserImport): UserImportRecord {
  return {
    ...row,
    state: row.state as UserImportRecord['state'],
    // Written by us alone, from what the contract's schema let in.
    mapping: JSON.parse(row.mapping) as UserImportMapping,
  }
}
