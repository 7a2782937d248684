/** Changes or removes many users, in transactions short enough for everybody else, and takes that back within the hour. */
import { randomUUID } from 'node:crypto'
import { setImmediate as giveWay } from 'node:timers/promises'
import { Prisma, type PrismaClient, type UserBatch } from '../generated/client.ts'
import type { BegunBatch, UndoProblem, UserBatchRecord, UserBatchRepository, UserFilter } from '../user-batch-types.ts'
import type { Actor } from '../types.ts'
import type { Context } from './context.ts'
import { allOf } from './sql.ts'
import { changeUsers, removeMany, undoEntries, type Piece } from './user-batch-pieces.ts'
import { conditions } from './user-list.ts'

const usersPerTransaction = 250
const undoableMs = 60 * 60_000
const keptMs = 24 * 60 * 60_000
const problemsShown = 100

/** Does one piece; undefined where nothing is left to be done. */
type Work = (piece: Piece) => Promise<{ readonly looked: number; readonly changed: readonly string[] } | undefined>

export function createUserBatchRepository({ prisma, clock }: Context): UserBatchRepository {
  const recordOf = async (row: UserBatch): Promise<UserBatchRecord> => {
    const where = { batchId: row.id }
    const undoUntil = new Date(row.at.getTime() + undoableMs)
    const mayBe = row.kind !== 'undo' && row.state !== 'running' && undoUntil > clock()
    const isKept = mayBe && (await prisma.userBatchEntry.findFirst({ where, select: { userId: true } })) !== null
    const problems = await prisma.userBatchEntry.findMany({
      ...{ where: { ...where, problem: { not: null } }, orderBy: { username: 'asc' }, take: problemsShown },
      select: { username: true, problem: true },
    })
    const { id, at, administratorId, administrator, total, done, changed } = row
    return {
      ...{ id, at, administratorId, administrator, total, done, changed },
      kind: row.kind as UserBatchRecord['kind'],
      state: row.state as UserBatchRecord['state'],
      undoUntil: isKept ? undoUntil : null,
      notBroughtBack: problems.map(({ username, problem }) => ({ username, problem: problem as UndoProblem })),
    }
  }

  const begun = async (
    actor: Actor,
    facts: Pick<UserBatch, 'kind' | 'total' | 'undoes'> & { readonly changes?: string },
    work: Work,
  ): Promise<BegunBatch> => {
    const who = { administratorId: actor.id, administrator: actor.name }
    const row = await prisma.userBatch.create({
      data: { id: randomUUID(), at: clock(), ...who, ...facts, state: 'running' },
    })
    const end = (state: UserBatchRecord['state']) =>
      prisma.userBatch.update({ where: { id: row.id }, data: { state }, select: { id: true } })
    return {
      ok: true,
      batch: await recordOf(row),
      async carryOut(afterPiece) {
        try {
          for (;;) {
            const piece = await prisma.$transaction(async (tx) => {
              const done = await work({ tx, batch: row, actor, now: clock() })
              if (done === undefined) return undefined
              const data = { done: { increment: done.looked }, changed: { increment: done.changed.length } }
              await tx.userBatch.update({ where: { id: row.id }, data })
              return done.changed
            })
            if (piece === undefined) break
            if (piece.length > 0) await afterPiece(piece)
            await giveWay()
          }
        } catch (error) {
          await end('stopped')
          throw error
        }
        await end('done')
      },
    }
  }

  return {
    async begin(selection, act, actor) {
      const ids = 'ids' in selection ? [...new Set(selection.ids)] : await idsOf(prisma, selection.filter, clock())
      const count = ids.length
      if ('filter' in selection && selection.count !== count) return { ok: false, problem: 'count-changed', count }
      let from = 0
      const changes = act.kind === 'change' ? { changes: JSON.stringify(act.changes) } : {}
      return begun(actor, { kind: act.kind, total: ids.length, undoes: null, ...changes }, async (piece) => {
        const some = ids.slice(from, from + usersPerTransaction)
        from += usersPerTransaction
        if (some.length === 0) return undefined
        const changed = await (act.kind === 'remove' ? removeMany(piece, some) : changeUsers(piece, some, act.changes))
        return { looked: some.length, changed }
      })
    },

    async beginUndo(id, actor) {
      const row = await prisma.userBatch.findUnique({ where: { id } })
      if (row === null || row.kind === 'undo') return { ok: false, problem: 'not-found' }
      if (row.state === 'running' || (await prisma.userBatch.count({ where: { undoes: id, state: 'running' } })) > 0)
        return { ok: false, problem: 'running' }
      if ((await recordOf(row)).undoUntil === null) return { ok: false, problem: 'too-late' }
      const total = await prisma.userBatchEntry.count({ where: { batchId: id } })
      return begun(actor, { kind: 'undo', total, undoes: id }, async (piece) => {
        const entries = await piece.tx.userBatchEntry.findMany({ where: { batchId: id }, take: usersPerTransaction })
        if (entries.length === 0) return undefined
        return { looked: entries.length, changed: await undoEntries(piece, entries) }
      })
    },

    async byId(id) {
      const row = await prisma.userBatch.findUnique({ where: { id } })
      return row && recordOf(row)
    },

    stopRunning: async () => {
      await prisma.userBatch.updateMany({ where: { state: 'running' }, data: { state: 'stopped' } })
    },

    sweep: async () => {
      const before = (ms: number) => ({ lt: new Date(clock().getTime() - ms) })
      const over = { at: before(undoableMs), kind: { not: 'undo' }, state: { not: 'running' } }
      await prisma.userBatchEntry.deleteMany({ where: { batch: over } })
      await prisma.userBatch.deleteMany({ where: { at: before(keptMs), state: { not: 'running' } } })
    },
  }
}

async function idsOf(prisma: PrismaClient, filter: UserFilter, now: Date): Promise<readonly string[]> {
  // One string rather than a row a user: seconds less for a hundred thousand.
  const [row] = await prisma.$queryRaw<{ ids: string }[]>(
    Prisma.sql`SELECT json_group_array(id) AS ids FROM (SELECT id FROM User ${allOf(conditions(filter, now))} ORDER BY usernameKey)`,
  )
  return JSON.parse(row?.ids ?? '[]') as string[]
}
