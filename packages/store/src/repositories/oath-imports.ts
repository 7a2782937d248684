/** Files of OATH tokens: put down row by row, looked at, taken in short transactions; what came of each row is the import log. */
import type { TokenImportRow } from '@sallyport/contract'
import { appendAudit } from '../audit/append.ts'
import { Prisma, type OathImport } from '../generated/client.ts'
import type { TokenImportRecord, TokenImportRepository } from '../types.ts'
import type { Context } from './context.ts'
import { afterNumber, inPieces, olderThan, pageByNumber, pageByTime, removeAll } from './import-pages.ts'
import { stageRows } from './oath-import-staging.ts'
import { totalUpTo } from './sql.ts'

const takenPerTransaction = 250
const removedPerTransaction = 1000

/** What a row loses once it was taken or not: it is a line of the log then. */
const tokenColumns = [
  ...['tokenId', 'sealedSecret', 'type', 'algorithm', 'digits', 'stepSeconds', 'manufacturer', 'model', 'userId'],
  ...['lastUsedStep', 'notBefore', 'notAfter'],
]
const forgotten = Prisma.raw(tokenColumns.map((column) => `${column} = NULL`).join(', '))

export function createTokenImportRepository(context: Context): TokenImportRepository {
  const { prisma, clock } = context
  const byId = async (id: string) => {
    const row = await prisma.oathImport.findUnique({ where: { id } })
    return row === null ? null : importRecord(row)
  }
  const rowsAfter = async (importId: string, after: number, limit: number, outcome?: string) =>
    (await prisma.oathImportRow.findMany({
      where: { importId, number: { gt: after }, ...(outcome !== undefined && { outcome }) },
      orderBy: { number: 'asc' },
      take: limit,
      select: { number: true, serialNumber: true, upn: true, outcome: true, reason: true, field: true },
    })) as TokenImportRow[]

  return {
    create: async (input, actor) => {
      await prisma.oathImport.create({
        data: { ...input, at: clock(), administrator: actor.name, state: 'reading' },
      })
    },

    stage: (id, rows) => stageRows(context, id, rows),

    ready: async (id) => {
      await prisma.oathImport.updateMany({ where: { id, state: 'reading' }, data: { state: 'ready' } })
      return byId(id)
    },

    byId,

    list: async (query) => {
      const rows = await prisma.oathImport.findMany({
        where: { state: { not: 'reading' }, ...olderThan(query.cursor) },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: query.limit + 1,
      })
      const totals = await totalUpTo(prisma, Prisma.sql`FROM OathImport WHERE state <> 'reading'`)
      return pageByTime(rows, query, totals, importRecord)
    },

    rows: async (importId, { outcome, ...query }) => {
      const rows = await rowsAfter(importId, afterNumber(query.cursor), query.limit + 1, outcome)
      const having = outcome === undefined ? Prisma.empty : Prisma.sql`AND outcome = ${outcome}`
      const totals = await totalUpTo(prisma, Prisma.sql`FROM OathImportRow WHERE importId = ${importId} ${having}`)
      return pageByNumber(rows, query, totals, numberOf)
    },

    stream: (importId) => inPieces((after, limit) => rowsAfter(importId, after, limit), numberOf),

    begin: (id, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.oathImport.findUnique({ where: { id } })
        if (row?.state !== 'ready') return false
        await tx.oathImport.update({ where: { id }, data: { state: 'importing' } })
        await appendAudit(tx, clock(), actor, {
          ...{ action: 'imported', subjectKind: 'oath-token', subjectId: null, subjectName: null, before: null },
          after: { tokens: row.good, fileName: row.fileName, format: row.format },
        })
        return true
      }),

    takeSome: (importId) =>
      prisma.$transaction(async (tx) => {
        const good = await tx.oathImportRow.findMany({
          where: { importId, outcome: 'good' },
          orderBy: { number: 'asc' },
          take: takenPerTransaction,
          select: { number: true },
        })
        const now = clock()
        if (good.length === 0) {
          const done = { state: 'done', finishedAt: now }
          await tx.oathImport.updateMany({ where: { id: importId, state: 'importing' }, data: done })
          return null
        }
        const last = good.at(-1)?.number ?? 0
        const these = Prisma.sql`importId = ${importId} AND outcome = 'good' AND number <= ${last}`
        // Whoever was removed since the file was read gets nothing; a serial number that was taken since stays whose it is.
        const taken = await tx.$queryRaw<{ id: string; userId: string | null }[]>`
          INSERT INTO OathToken (id, serialNumber, serialNumberKey, sealedSecret, type, algorithm, digits, stepSeconds,
            manufacturer, model, userId, lastUsedStep, notBefore, notAfter, createdAt, updatedAt)
          SELECT tokenId, serialNumber, serialNumberKey, sealedSecret, type, algorithm, digits, stepSeconds,
            manufacturer, model, (SELECT id FROM User WHERE id = OathImportRow.userId), lastUsedStep, notBefore, notAfter,
            ${now}, ${now}
          FROM OathImportRow WHERE ${these}
          ON CONFLICT (serialNumberKey) DO NOTHING RETURNING id, userId`
        const ids = JSON.stringify(taken.map(({ id }) => id))
        await tx.$executeRaw`
          UPDATE OathImportRow SET outcome = 'taken', ${forgotten}
          WHERE ${these} AND tokenId IN (SELECT value FROM json_each(${ids}))`
        await tx.$executeRaw`
          UPDATE OathImportRow SET outcome = 'refused', reason = 'already-there', field = NULL, ${forgotten} WHERE ${these}`
        const refused = good.length - taken.length
        await tx.oathImport.update({
          where: { id: importId },
          data: {
            good: { decrement: good.length },
            taken: { increment: taken.length },
            refused: { increment: refused },
          },
        })
        return [...new Set(taken.flatMap(({ userId }) => userId ?? []))]
      }),

    discard: async (id) => {
      const gone = await prisma.oathImport.updateMany({
        where: { id, state: { in: ['reading', 'ready'] } },
        data: { state: 'reading' },
      })
      if (gone.count === 0) return false
      await removeAll(
        () => prisma.$executeRaw`
          DELETE FROM OathImportRow WHERE importId = ${id} AND number IN
            (SELECT number FROM OathImportRow WHERE importId = ${id} LIMIT ${removedPerTransaction})`,
      )
      await prisma.oathImport.deleteMany({ where: { id } })
      return true
    },

    inState: async (state, before) => {
      const where = { state, ...(before && { at: { lt: before } }) }
      return (await prisma.oathImport.findMany({ where, select: { id: true } })).map(({ id }) => id)
    },
  }
}

const numberOf = ({ number }: TokenImportRow) => number

function importRecord(row: OathImport): TokenImportRecord {
  const { id, at, administrator, fileName, good, taken, refused, finishedAt } = row
  const [format, state] = [row.format as TokenImportRecord['format'], row.state as TokenImportRecord['state']]
  return { id, at, administrator, fileName, format, state, good, taken, refused, finishedAt }
}
