/** Files of users: kept sealed, looked at as often as their columns are told anew, taken in short transactions. */
import { setImmediate as giveWay } from 'node:timers/promises'
import { userImportRemark, type UserImportMapping, type UserImportRow } from '@sallyport/contract'
import { z } from 'zod'
import { appendAudit } from '../audit/append.ts'
import { Prisma, type UserImport } from '../generated/client.ts'
import { places } from '../sealing/places.ts'
import type { UserImportRecord, UserImportRepository, WaitingUser } from '../types.ts'
import { usernameKey } from '../username-key.ts'
import type { Context } from './context.ts'
import { afterNumber, inPieces, olderThan, pageByNumber, pageByTime, removeAll } from './import-pages.ts'
import { totalUpTo } from './sql.ts'
import { whoIsHere } from './people-here.ts'
import { insertUsers, newUser } from './user-import.ts'
import { linkUsers } from './user-import-links.ts'
import { stageUsers } from './user-import-staging.ts'

const removedPerTransaction = 1000
/** Each is read, changed and told of by itself. */
const linkedPerTransaction = 25
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
  const move = async (
    id: string,
    from: readonly string[],
    data: Prisma.UserImportUpdateManyMutationInput,
    source?: UserImportRecord['source'],
  ) => {
    const where = { id, state: { in: [...from] }, ...(source !== undefined && { source }) }
    return (await prisma.userImport.updateMany({ where, data })).count > 0
  }

  return {
    create: async (input, actor) => {
      await prisma.userImport.create({
        data: { ...input, at: clock(), administrator: actor.name, state: 'uploading', mapping: asText(noMapping) },
      })
    },

    createSearch: async (input, actor) => {
      const made = { at: clock(), administrator: actor.name, mapping: asText(noMapping) }
      await prisma.userImport.create({ data: { ...input, ...made, source: 'directory', state: 'checking' } })
    },

    expect: async (id, people) => {
      await move(id, ['checking'], { octets: people })
    },

    whoIsHere: (people) => whoIsHere(prisma, people),

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
      const zero = { good: 0, there: 0, linking: 0, refused: 0, checkedOctets: 0, problem: null }
      const data = { ...zero, state: 'checking', mapping: asText(mapping) }
      if (!(await move(id, ['mapping', 'ready'], data, 'file'))) return false
      await removeRows(id)
      return true
    },

    stage: (id, rows, checkedOctets, how = { link: false }) => stageUsers(context, id, rows, checkedOctets, how),

    checked: async (id, problem) => {
      if (problem === null) {
        await move(id, ['checking'], { state: 'ready' })
        return
      }
      await removeRows(id)
      await move(id, ['checking'], { state: 'mapping', problem, good: 0, there: 0, linking: 0, refused: 0 })
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
          after: {
            users: row.good,
            ...(row.source === 'directory' && { linked: row.linking }),
            fileName: row.fileName,
          },
        })
        return true
      }),

    waiting: async (importId, limit) => {
      const read = (outcome: 'good' | 'link', take: number) =>
        prisma.userImportRow.findMany({
          where: { importId, outcome },
          orderBy: { line: 'asc' },
          take,
          select: { line: true, fields: true, sealedPin: true, outcome: true },
        })
      const good = await read('good', limit)
      const rows = good.length > 0 ? good : await read('link', Math.min(limit, linkedPerTransaction))
      return rows.map(({ line, fields, sealedPin, outcome }) => ({
        line,
        // Written by `stage` alone, from what was parsed there.
        ...(JSON.parse(fields ?? '{}') as Pick<WaitingUser, 'user' | 'person'>),
        isLink: outcome === 'link',
        pin: sealedPin === null ? '' : sealer.open(sealedPin, places.importPin(importId, line)).toString(),
      }))
    },

    take: (importId, rows, actor) =>
      prisma.$transaction(async (tx) => {
        const now = clock()
        const links = rows.filter(({ isLink }) => isLink)
        const linked = await linkUsers(tx, links, now, actor)
        const fresh = rows.filter(({ isLink }) => !isLink)
        const users = fresh.map(({ user, person }) => newUser(user, person))
        const ids = new Map((await insertUsers(tx, users, now, importId)).map((row) => [row.usernameKey, row.id]))
        const added = fresh.flatMap(({ line, user, pinHash }) => {
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
        await tx.userImportRow.updateMany({
          where: { importId, line: { in: [...linked.keys()] } },
          data: { ...forgotten, outcome: 'linked' },
        })
        const late = { importId, line: { in: lines }, outcome: { in: ['good', 'link'] } }
        const { count } = await tx.userImportRow.updateMany({ where: late, data: { ...forgotten, outcome: 'there' } })
        await tx.userImport.update({
          where: { id: importId },
          data: {
            ...{ good: { decrement: fresh.length }, taken: { increment: added.length }, there: { increment: count } },
            ...{ linking: { decrement: links.length }, linked: { increment: linked.size } },
          },
        })
        return new Map([...linked, ...added.map(({ line, id }) => [line, id] as const)])
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
    source: row.source as UserImportRecord['source'],
    // Written by us alone, from what the contract's schema let in.
    mapping: JSON.parse(row.mapping) as UserImportMapping,
  }
}
