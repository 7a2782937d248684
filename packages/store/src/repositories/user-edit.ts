/** Changes many users at once, in transactions short enough for everybody else, and takes that back. */
import { randomUUID } from 'node:crypto'
import { setImmediate as giveWay } from 'node:timers/promises'
import { appendAudit } from '../audit/append.ts'
import type { AuditFields } from '../audit/differences.ts'
import { Prisma, type PrismaClient, type User } from '../generated/client.ts'
import type { EditedUser, UserEdit, UserSelection } from '../user-edit-types.ts'
import type { Actor } from '../types.ts'
import type { Context, Transaction } from './context.ts'
import { factorFields } from './people-rows.ts'
import { allOf } from './sql.ts'
import { conditions } from './user-list.ts'

const usersPerTransaction = 250

/** The audit entry goes with the first transaction, so that nobody is ever changed without one; it names all whom it is for. */
export async function editUsers(
  { prisma, clock }: Context,
  selection: UserSelection,
  { block, unblock, ...fields }: UserEdit,
  actor: Actor,
): Promise<readonly EditedUser[]> {
  const ids = 'ids' in selection ? [...new Set(selection.ids)] : await idsOf(prisma, selection.filter, clock())
  const edited: EditedUser[] = []
  for (let from = 0; from < ids.length; from += usersPerTransaction) {
    const piece = ids.slice(from, from + usersPerTransaction)
    edited.push(
      ...(await prisma.$transaction(async (tx) => {
        const now = clock()
        const rows = await tx.user.findMany({ where: { id: { in: piece } } })
        if (from === 0) {
          const after: AuditFields = {
            users: ids.length,
            ...fields,
            ...(block && { block: block.reason }),
            ...(unblock && { block: null }),
          }
          await auditMany(tx, now, actor, 'changed', ids, after)
        }
        const present = rows.map(({ id }) => id)
        await tx.user.updateMany({
          where: { id: { in: present } },
          data: { ...columns(fields), version: { increment: 1 }, updatedAt: now },
        })
        const blocks = new Map(block ? present.map((id) => [id, randomUUID()]) : [])
        if (block) {
          const data = { ...block, source: 'administrator', blockedBy: actor.name, createdAt: now }
          await tx.userBlock.createMany({ data: [...blocks].map(([userId, id]) => ({ id, userId, ...data })) })
        }
        const ended = unblock ? await endBlocks(tx, present, now, actor) : []
        if (block || fields.enabled === false) await tx.factorPass.deleteMany({ where: { userId: { in: present } } })
        return rows.map((row) => ({
          id: row.id,
          version: row.version + 1,
          before: presentOf(row, fields),
          blockId: blocks.get(row.id) ?? null,
          endedBlocks: ended.filter(({ userId }) => userId === row.id).map(({ id }) => id),
        }))
      })),
    )
    await giveWay()
  }
  return edited
}

export async function undoEdit(
  { prisma, clock }: Context,
  edited: readonly EditedUser[],
  actor: Actor,
): Promise<readonly string[]> {
  const undone: string[] = []
  for (let from = 0; from < edited.length; from += usersPerTransaction) {
    const piece = edited.slice(from, from + usersPerTransaction)
    undone.push(
      ...(await prisma.$transaction(async (tx) => {
        const now = clock()
        if (from === 0)
          await auditMany(
            tx,
            now,
            actor,
            'undone',
            edited.map(({ id }) => id),
            { users: edited.length },
          )
        const back: string[] = []
        for (const { id, version, before, blockId, endedBlocks } of piece) {
          const { count } = await tx.user.updateMany({
            where: { id, version },
            data: { ...columns(before), version: version + 1, updatedAt: now },
          })
          if (count === 0) continue
          const ended = { endedAt: now, endedBy: actor.name }
          if (blockId !== null) await tx.userBlock.updateMany({ where: { id: blockId, endedAt: null }, data: ended })
          const again = { endedAt: null, endedBy: null }
          if (endedBlocks.length > 0)
            await tx.userBlock.updateMany({ where: { id: { in: [...endedBlocks] } }, data: again })
          back.push(id)
        }
        return back
      })),
    )
    await giveWay()
  }
  return undone
}

async function endBlocks(tx: Transaction, userIds: readonly string[], now: Date, actor: Actor) {
  const where = { userId: { in: [...userIds] }, endedAt: null }
  const open = await tx.userBlock.findMany({ where, select: { id: true, userId: true } })
  await tx.userBlock.updateMany({ where, data: { endedAt: now, endedBy: actor.name } })
  return open
}

async function auditMany(
  tx: Transaction,
  now: Date,
  actor: Actor,
  action: 'changed' | 'undone',
  ids: readonly string[],
  after: AuditFields,
): Promise<void> {
  const only = ids.length === 1 && ids[0] !== undefined ? await tx.user.findUnique({ where: { id: ids[0] } }) : null
  await appendAudit(tx, now, actor, {
    ...{ action, subjectKind: 'user', subjectId: only?.id ?? null, subjectName: only?.username ?? null },
    ...{ before: null, after: only ? after : { ...after, ids } },
  })
}

async function idsOf(
  prisma: PrismaClient,
  filter: Extract<UserSelection, { filter: unknown }>['filter'],
  now: Date,
): Promise<readonly string[]> {
  const rows = await prisma.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT id FROM User ${allOf(conditions(filter, now))} ORDER BY usernameKey`,
  )
  return rows.map(({ id }) => id)
}

type Fields = Omit<UserEdit, 'block' | 'unblock'>

/** Exactly these, whatever else an input carries. */
function columns({ enabled, factorMethods, callMode, textMode, textWithPin, appMode, language }: Fields) {
  return {
    ...(enabled !== undefined && { enabled }),
    ...(factorMethods !== undefined && { factorMethods: JSON.stringify(factorMethods) }),
    ...(callMode !== undefined && { callMode }),
    ...(textMode !== undefined && { textMode }),
    ...(textWithPin !== undefined && { textWithPin }),
    ...(appMode !== undefined && { appMode }),
    ...(language !== undefined && { language }),
  }
}

/** What a row has of what is about to be changed. */
function presentOf(row: User, changes: Fields): Fields {
  const all: Fields = { enabled: row.enabled, ...factorFields(row) }
  return Object.fromEntries(Object.entries(all).filter(([name]) => changes[name as keyof Fields] !== undefined))
}
