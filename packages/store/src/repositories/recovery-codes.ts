/** The recovery codes of users. */
import { randomUUID } from 'node:crypto'
import { appendAudit } from '../audit/append.ts'
import { secretChanged } from '../audit/differences.ts'
import type { RecoveryCodeRepository } from '../fallback-types.ts'
import type { Context } from './context.ts'
import { createRecoveryHash, rowOfHash } from './recovery-hash.ts'

const subjectKind = 'recovery-codes'

export function createRecoveryCodeRepository({ prisma, sealer, clock }: Context): RecoveryCodeRepository {
  const hashFor = createRecoveryHash({ sealer, clock })

  return {
    replace: (userId, codes, actor) =>
      prisma.$transaction(async (tx) => {
        const user = await tx.user.findUnique({ where: { id: userId } })
        if (user === null) return false
        const hashOf = await hashFor(tx, userId)
        const now = clock()
        await tx.recoveryCode.deleteMany({ where: { userId } })
        await tx.recoveryCode.createMany({
          data: codes.map((code) => ({
            ...{ id: randomUUID(), userId, hash: hashOf(code) },
            ...{ createdAt: now, usedAt: null },
          })),
        })
        await appendAudit(tx, now, actor, {
          ...{ action: 'created', subjectKind, subjectId: userId, subjectName: user.username },
          before: null,
          after: { count: codes.length, codes: secretChanged },
        })
        return true
      }),

    standing: async (userId) => {
      const rows = await prisma.recoveryCode.findMany({ where: { userId }, select: { createdAt: true, usedAt: true } })
      const [first] = rows
      if (first === undefined) return null
      return { left: rows.filter(({ usedAt }) => usedAt === null).length, createdAt: first.createdAt }
    },

    match: (userId, code) =>
      prisma.$transaction(async (tx) => {
        const hashOf = await hashFor(tx, userId)
        const rows = await tx.recoveryCode.findMany({ where: { userId, usedAt: null } })
        return rowOfHash(rows, hashOf(code))?.id ?? null
      }),

    spend: (id, address) =>
      prisma.$transaction(async (tx) => {
        const now = clock()
        const { count } = await tx.recoveryCode.updateMany({ where: { id, usedAt: null }, data: { usedAt: now } })
        if (count === 0) return false
        const { userId, user } = await tx.recoveryCode.findUniqueOrThrow({ where: { id }, include: { user: true } })
        const left = await tx.recoveryCode.count({ where: { userId, usedAt: null } })
        const { username } = user
        const actor = { id: null, name: `${username} (portal)`, address }
        await appendAudit(tx, now, actor, {
          ...{ action: 'used', subjectKind, subjectId: userId, subjectName: username },
          before: { left: left + 1 },
          after: { left },
        })
        return true
      }),

    remove: (userId, actor) =>
      prisma.$transaction(async (tx) => {
        const left = await tx.recoveryCode.count({ where: { userId, usedAt: null } })
        const { count } = await tx.recoveryCode.deleteMany({ where: { userId } })
        if (count === 0) return false
        const user = await tx.user.findUnique({ where: { id: userId } })
        await appendAudit(tx, clock(), actor, {
          ...{ action: 'removed', subjectKind, subjectId: userId, subjectName: user?.username ?? null },
          before: { left },
          after: null,
        })
        return true
      }),
  }
}
