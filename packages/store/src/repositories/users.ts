/** Users: the people who sign in through RADIUS clients. */
import { randomUUID } from 'node:crypto'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { differences, secretChanged, type AuditFields } from '../audit/differences.ts'
import type { User } from '../generated/client.ts'
import type { Actor, UserRepository } from '../types.ts'
import { usernameKey } from '../username-key.ts'
import { readBuiltInSettings, passwordColumns } from './built-in.ts'
import { alreadyExists, changedMeanwhile, done, notFound, type Context, type Transaction } from './context.ts'
import { importUsers, takenKeys } from './user-import.ts'
import { streamUsers } from './user-export.ts'
import { listUsers, withoutFactor } from './user-list.ts'
import { keyOfUser, userColumns, userFields, userRecord, withFactors } from './user-rows.ts'
import { removeUsers } from './user-snapshot.ts'

export function createUserRepository(context: Context): UserRepository {
  const { prisma, clock } = context
  const find = (from: Transaction, id: string) => from.user.findUnique({ where: { id }, include: withFactors })

  const isTaken = async (tx: Transaction, username: string, exceptId?: string) => {
    const row = await tx.user.findUnique({ where: { usernameKey: keyOfUser(username) }, select: { id: true } })
    return row !== null && row.id !== exceptId
  }

  const audit = (
    tx: Transaction,
    { id, username }: User,
    actor: Actor,
    action: AuditAction,
    before: AuditFields | null,
    after: AuditFields | null,
  ) =>
    appendAudit(tx, clock(), actor, {
      action,
      subjectKind: 'user',
      subjectId: id,
      subjectName: username,
      before,
      after,
    })

  return {
    list: (query) => listUsers(prisma, query, clock()),

    byId: async (id) => {
      const row = await find(prisma, id)
      return row === null ? null : userRecord(row, clock())
    },

    create: (input, actor) =>
      prisma.$transaction(async (tx) => {
        if (await isTaken(tx, input.username)) return alreadyExists('username')
        const now = clock()
        const id = randomUUID()
        const { password } = input
        const columns = password && passwordColumns(context, id, password, await readBuiltInSettings(tx))
        const row = await tx.user.create({
          data: {
            ...userColumns(input),
            id,
            createdAt: now,
            updatedAt: now,
            ...(columns && { password: { create: columns } }),
          },
          include: withFactors,
        })
        const secret = password ? { password: secretChanged, mustChange: password.mustChange } : {}
        await audit(tx, row, actor, 'created', null, { ...userFields(row), ...secret })
        return done(userRecord(row, now))
      }),

    change: (id, { version, ...input }, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await find(tx, id)
        const now = clock()
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(userRecord(row, now))
        if (await isTaken(tx, input.username, id)) return alreadyExists('username')
        const changed = await tx.user.update({
          where: { id },
          data: { ...userColumns(input), version: version + 1, updatedAt: now },
          include: withFactors,
        })
        const { before, after } = differences({ ...userFields(row) }, { ...userFields(changed) })
        await audit(tx, changed, actor, 'changed', before, after)
        return done(userRecord(changed, now))
      }),

    remove: (id, version, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await find(tx, id)
        if (row === null) return notFound
        const present = userRecord(row, clock())
        if (row.version !== version) return changedMeanwhile(present)
        await removeUsers(tx, [id])
        await audit(tx, row, actor, 'removed', { ...userFields(row), tokens: row.tokens.length }, null)
        return done(present)
      }),

    taken: async (usernames) => {
      const keys = new Map(usernames.map((username) => [username, usernameKey(username)]))
      const taken = await takenKeys(prisma, [...new Set(keys.values())])
      return new Set(usernames.filter((username) => taken.has(keys.get(username) ?? '')))
    },

    createMany: (input, actor) => importUsers(context, input, actor),
    stream: () => streamUsers(prisma),

    unlockFactor: (id, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await find(tx, id)
        if (row === null) return notFound
        const unlocked = await tx.user.update({
          where: { id },
          data: { factorLockedUntil: null, factorFailures: '[]' },
          include: withFactors,
        })
        const lockedUntil = row.factorLockedUntil?.toISOString() ?? null
        await audit(tx, row, actor, 'unlocked', { factorLockedUntil: lockedUntil }, { factorLockedUntil: null })
        return done(userRecord(unlocked, clock()))
      }),

    withoutFactor: async () => {
      const [row] = await prisma.$queryRaw<{ count: bigint }[]>`
        SELECT COUNT(*) AS count FROM User WHERE enabled AND ${withoutFactor}`
      return Number(row?.count ?? 0)
    },
  }
}
