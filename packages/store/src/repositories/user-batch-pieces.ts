/** A piece of a batch: some users changed, removed or brought back inside one transaction, each with an audit entry. */
import { randomUUID } from 'node:crypto'
import { factorKind } from '@sallyport/contract'
import { z } from 'zod'
import { appendAuditMany, type AuditFacts } from '../audit/append.ts'
import { differences } from '../audit/differences.ts'
import type { User, UserBatch } from '../generated/client.ts'
import type { UndoProblem, UserEdit } from '../user-batch-types.ts'
import type { Actor } from '../types.ts'
import type { Transaction } from './context.ts'
import { factorFields } from './people-rows.ts'
import { userFields } from './user-rows.ts'
import { removeUsers, restoreUsers, snapshotUsers, takenSince } from './user-snapshot.ts'

export interface Piece {
  readonly tx: Transaction
  readonly batch: Pick<UserBatch, 'id' | 'undoes'>
  readonly actor: Actor
  readonly now: Date
}
type Fields = Omit<UserEdit, 'block' | 'unblock'>

/** What a change leaves behind to be undone by. */
const beforeChange = z.object({
  fields: z
    .object({
      enabled: z.boolean(),
      factorMethods: z.array(factorKind),
      callMode: z.enum(['standard', 'pin']).nullable(),
      textMode: z.enum(['one-way', 'two-way']).nullable(),
      textWithPin: z.boolean().nullable(),
      appMode: z.enum(['standard', 'pin']).nullable(),
      language: z.string(),
    })
    .partial(),
  blockId: z.string().nullable(),
  endedBlocks: z.array(z.string()),
})

/** Whoever is so already is left alone. The answer names those who were not. */
export async function changeUsers(piece: Piece, ids: readonly string[], edit: UserEdit): Promise<readonly string[]> {
  const { tx, batch, actor, now } = piece
  const { block, unblock, ...asked } = edit
  const rows = await tx.user.findMany({ where: { id: { in: [...ids] } }, orderBy: { usernameKey: 'asc' } })
  const ended = unblock ? await endBlocks(piece, ids) : []
  const changed = rows.flatMap((row) => {
    const { before, after } = differences({ ...presentOf(row, asked) }, { ...asked })
    const endedBlocks = ended.filter(({ userId }) => userId === row.id)
    if (after === null && block === undefined && endedBlocks.length === 0) return []
    return [{ row, before, after, endedBlocks, blockId: block === undefined ? null : randomUUID() }]
  })
  const userIds = changed.map(({ row }) => row.id)
  await tx.user.updateMany({
    where: { id: { in: userIds } },
    data: { ...columns(asked), version: { increment: 1 }, updatedAt: now },
  })
  if (block) {
    const data = { ...block, source: 'administrator', blockedBy: actor.name, createdAt: now }
    const blocks = changed.flatMap(({ row, blockId }) => (blockId === null ? [] : [{ id: blockId, userId: row.id }]))
    await tx.userBlock.createMany({ data: blocks.map((one) => ({ ...one, ...data })) })
  }
  if (block || asked.enabled === false) await tx.factorPass.deleteMany({ where: { userId: { in: userIds } } })
  await tx.userBatchEntry.createMany({
    data: changed.map(({ row, before, blockId, endedBlocks }) => ({
      ...{ batchId: batch.id, userId: row.id, username: row.username, version: row.version + 1 },
      before: JSON.stringify({ fields: before ?? {}, blockId, endedBlocks: endedBlocks.map(({ id }) => id) }),
    })),
  })
  const blocked = block && { block: block.reason, until: block.until?.toISOString() ?? null }
  await audit(
    piece,
    changed.map(({ row, before, after, endedBlocks }) => ({
      ...subject(row.id, row.username),
      action: block ? 'blocked' : endedBlocks.length > 0 ? 'unblocked' : 'changed',
      before:
        endedBlocks.length > 0 ? { ...before, block: endedBlocks.map(({ reason }) => reason).join('; ') } : before,
      after: { ...after, ...blocked, batch: batch.id },
    })),
  )
  return userIds
}

export async function removeMany(piece: Piece, ids: readonly string[]): Promise<readonly string[]> {
  const { tx, batch } = piece
  const rows = await tx.user.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { usernameKey: 'asc' },
    include: { tokens: { select: { id: true } } },
  })
  const userIds = rows.map(({ id }) => id)
  const snapshots = await snapshotUsers(tx, userIds)
  await removeUsers(tx, userIds)
  await tx.userBatchEntry.createMany({
    data: rows.map(({ id, username }) => ({
      ...{ batchId: batch.id, userId: id, username, before: snapshots.get(id) ?? '{}' },
    })),
  })
  await audit(
    piece,
    rows.map((row) => ({
      ...subject(row.id, row.username),
      action: 'removed',
      before: { ...userFields(row), tokens: row.tokens.length },
      after: { batch: batch.id },
    })),
  )
  return userIds
}

export interface Entry {
  readonly userId: string
  readonly username: string
  readonly version: number
  readonly before: string
}

/** Takes entries of another batch back, and uses them up; whoever cannot be brought back is noted with this one. */
export async function undoEntries(piece: Piece, entries: readonly Entry[]): Promise<readonly string[]> {
  const { tx, batch } = piece
  const facts: AuditFacts[] = []
  const problems: (Pick<Entry, 'userId' | 'username'> & { problem: UndoProblem })[] = []
  const removed = new Map(entries.filter(wasRemoved).map(({ userId, before }) => [userId, before]))
  const taken = await takenSince(tx, removed)
  await restoreUsers(tx, new Map([...removed].filter(([userId]) => !taken.has(userId))))
  for (const entry of entries) {
    const { userId, username } = entry
    const back = (): UndoProblem | object => (taken.has(userId) ? 'name-taken' : {})
    const undone = wasRemoved(entry) ? back() : await changeBack(piece, entry)
    if (typeof undone === 'string') problems.push({ userId, username, problem: undone })
    else {
      const after = { ...undone, batch: batch.id, undoes: batch.undoes }
      facts.push({ ...subject(userId, username), action: 'undone', before: null, after })
    }
  }
  const userIds = entries.map(({ userId }) => userId)
  await tx.userBatchEntry.deleteMany({ where: { batchId: batch.undoes ?? '', userId: { in: userIds } } })
  await tx.userBatchEntry.createMany({ data: problems.map((problem) => ({ batchId: batch.id, ...problem })) })
  await audit(piece, facts)
  return facts.flatMap(({ subjectId }) => subjectId ?? [])
}

function wasRemoved({ version }: Entry): boolean {
  return version === 0
}

async function changeBack(
  { tx, actor, now }: Piece,
  { userId, version, before }: Entry,
): Promise<UndoProblem | object> {
  const { fields, blockId, endedBlocks } = beforeChange.parse(JSON.parse(before))
  const data = { ...columns(fields), version: version + 1, updatedAt: now }
  const { count } = await tx.user.updateMany({ where: { id: userId, version }, data })
  if (count === 0) return (await tx.user.count({ where: { id: userId } })) === 0 ? 'gone' : 'changed-since'
  const ended = { endedAt: now, endedBy: actor.name }
  if (blockId !== null) await tx.userBlock.updateMany({ where: { id: blockId, endedAt: null }, data: ended })
  const again = { endedAt: null, endedBy: null }
  if (endedBlocks.length > 0) await tx.userBlock.updateMany({ where: { id: { in: endedBlocks } }, data: again })
  return { ...fields, ...(blockId !== null && { block: null }), ...(endedBlocks.length > 0 && { block: 'again' }) }
}

async function endBlocks({ tx, actor, now }: Piece, userIds: readonly string[]) {
  const where = { userId: { in: [...userIds] }, endedAt: null }
  const open = await tx.userBlock.findMany({ where, select: { id: true, userId: true, reason: true } })
  await tx.userBlock.updateMany({ where, data: { endedAt: now, endedBy: actor.name } })
  return open
}

async function audit({ tx, now, actor }: Piece, facts: readonly AuditFacts[]): Promise<void> {
  await appendAuditMany(tx, now, actor, facts)
}

function subject(subjectId: string, subjectName: string) {
  return { subjectKind: 'user', subjectId, subjectName } as const
}

/** Exactly these, whatever else an input carries. */
function columns({ enabled, factorMethods, callMode, textMode, textWithPin, appMode, language }: Fields) {
  return {
    ...(enabled !== undefined && { enabled }),
    ...(factorMethods !== undefined && { factorMethods: JSON.stringify(factorMethods), factorOrder: '[]' }),
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
