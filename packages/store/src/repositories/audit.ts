/** The audit trail, newest first, and the proof that nobody rewrote it. */
import { setImmediate as giveWay } from 'node:timers/promises'
import { z } from 'zod'
import type { AuditEntryView } from '@sallyport/contract'
import { appendAudit, highestEver } from '../audit/append.ts'
import { firstOddEntry } from '../audit/check-chain.ts'
import { exportLines } from '../audit/export.ts'
import { fromTheFirst, openTrailStart, trailStartSetting } from '../audit/trail-start.ts'
import { Prisma, type AuditEntry } from '../generated/client.ts'
import type { AuditRepository } from '../types.ts'
import type { Context } from './context.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { allOf, totalUpTo } from './sql.ts'

const entriesPerPiece = 1000
const looksAtMost = 5

export function createAuditRepository({ prisma, sealer, clock }: Context): AuditRepository {
  const entriesAfter = (sequence: number, take = entriesPerPiece) =>
    prisma.auditEntry.findMany({ where: { sequence: { gt: sequence } }, orderBy: { sequence: 'asc' }, take })
  const start = async () => {
    const row = await prisma.setting.findUnique({ where: { name: trailStartSetting }, select: { sealed: true } })
    return openTrailStart(sealer, row === null ? undefined : row.sealed)
  }
  /** What is removed for its age just now moves it. A start that is not ours explains nothing: then the export does not hold. */
  const beginning = async () => {
    for (let look = 1; ; look++) {
      const begins = (await start()) ?? fromTheFirst
      const [first] = await entriesAfter(begins.sequence, 1)
      if (first === undefined || first.sequence === begins.sequence + 1 || look === looksAtMost) return begins
    }
  }
  async function* allEntries(after: number): AsyncGenerator<readonly AuditEntry[]> {
    for (let last = after; ;) {
      const rows = await entriesAfter(last)
      yield rows
      if (rows.length < entriesPerPiece) return
      last = rows.at(-1)?.sequence ?? last
    }
  }
  return {
    noteTestSignIn: ({ username, client, method, dryRun }, actor) =>
      prisma.$transaction((tx) =>
        appendAudit(tx, clock(), actor, {
          action: 'tested',
          subjectKind: 'sign-in',
          subjectId: null,
          subjectName: username,
          before: null,
          after: { client: client.name, clientId: client.id, method, dryRun },
        }),
      ),

    noteTargetTest: ({ username, target, server }, actor) =>
      prisma.$transaction((tx) =>
        appendAudit(tx, clock(), actor, {
          action: 'tested',
          subjectKind: 'target-password',
          subjectId: null,
          subjectName: username,
          before: null,
          after: server === null ? { target } : { target, server },
        }),
      ),

    noteOutboxDiscarded: ({ records, since }, actor) =>
      prisma.$transaction((tx) =>
        appendAudit(tx, clock(), actor, {
          action: 'discarded',
          subjectKind: 'accounting-outbox',
          subjectId: null,
          subjectName: null,
          before: { records, since },
          after: null,
        }),
      ),

    noteRestored: ({ createdAt, version }, actor) =>
      prisma.$transaction((tx) =>
        appendAudit(tx, clock(), actor, {
          action: 'restored',
          subjectKind: 'database',
          subjectId: null,
          subjectName: null,
          before: null,
          after: { createdAt: createdAt.toISOString(), version },
        }),
      ),

    list: async ({ cursor, limit, search }) => {
      const matching = search === undefined || search === '' ? [] : [contains(search)]
      const before = cursor === undefined ? undefined : decodeCursor(cursor, z.tuple([z.int()]))[0]
      const page = before === undefined ? matching : [...matching, Prisma.sql`sequence < ${before}`]
      const keys = await prisma.$queryRaw<{ sequence: number }[]>`
        SELECT sequence FROM AuditEntry ${allOf(page)} ORDER BY sequence DESC LIMIT ${limit + 1}`
      const shown = keys.slice(0, limit).map(({ sequence }) => sequence)
      const rows = await prisma.auditEntry.findMany({
        where: { sequence: { in: shown } },
        orderBy: { sequence: 'desc' },
      })
      return {
        rows: rows.map(auditView),
        nextCursor: keys.length > limit ? encodeCursor(shown.slice(-1)) : null,
        ...(await totalUpTo(prisma, Prisma.sql`FROM AuditEntry ${allOf(matching)}`)),
      }
    },

    exported: async function* () {
      const begins = await beginning()
      yield* exportLines(begins, allEntries(begins.sequence), clock())
    },

    firstBroken: () =>
      firstOddEntry({ start, highestEver: () => highestEver(prisma), after: entriesAfter }, () => giveWay()),
  }
}

/** The trail is short beside the sign-ins, and searched for a word in the middle of a name: it is read through. */
function contains(search: string): Prisma.Sql {
  const columns = ['administrator', 'action', 'subjectKind', 'subjectName', 'before', 'after', 'address']
  const found = columns.map((column) => Prisma.sql`instr(lower(${Prisma.raw(column)}), ${search.toLowerCase()}) > 0`)
  return Prisma.sql`(${Prisma.join(found, ' OR ')})`
}

function auditView(row: AuditEntry): AuditEntryView {
  const { sequence, at, administrator, action, subjectKind, subjectId, subjectName, before, after, address } = row
  return {
    ...{ sequence, at: at.toISOString(), administrator, action, subjectKind, subjectId, subjectName, address },
    before: fields(before),
    after: fields(after),
  }
}

function fields(json: string | null): Record<string, unknown> | null {
  return json === null ? null : (JSON.parse(json) as Record<string, unknown>)
}
