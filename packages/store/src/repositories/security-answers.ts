/** Security questions that people have answered; an answer is kept as the hash of it. */
import { randomUUID } from 'node:crypto'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { secretChanged, type AuditFields } from '../audit/differences.ts'
import type { SecurityAnswerRepository } from '../fallback-types.ts'
import type { Actor } from '../types.ts'
import type { Context, Transaction } from './context.ts'

export function createSecurityAnswerRepository({ prisma, clock }: Context): SecurityAnswerRepository {
  const audit = (
    tx: Transaction,
    user: { readonly id: string; readonly username: string },
    actor: Actor,
    action: AuditAction,
    before: AuditFields | null,
    after: AuditFields | null,
  ) =>
    appendAudit(tx, clock(), actor, {
      ...{ action, subjectKind: 'security-questions', subjectId: user.id, subjectName: user.username },
      ...{ before, after },
    })

  return {
    replace: (userId, answers, actor) =>
      prisma.$transaction(async (tx) => {
        const user = await tx.user.findUnique({ where: { id: userId } })
        if (user === null) return false
        const { count } = await tx.securityAnswer.deleteMany({ where: { userId } })
        const createdAt = clock()
        await tx.securityAnswer.createMany({
          data: answers.map(({ question, hash }, position) => ({
            ...{ id: randomUUID(), userId, position, question, hash, createdAt, provenAt: null },
          })),
        })
        const after = { count: answers.length, answers: secretChanged }
        await audit(tx, user, actor, count === 0 ? 'created' : 'changed', null, after)
        return true
      }),

    list: async (userId) => {
      const rows = await prisma.securityAnswer.findMany({ where: { userId }, orderBy: { position: 'asc' } })
      return rows
        .toSorted((one, other) => (one.provenAt?.getTime() ?? 0) - (other.provenAt?.getTime() ?? 0))
        .map(({ id, question, hash, createdAt }) => ({ id, question, hash, createdAt }))
    },

    proven: (userId, ids, address) =>
      prisma.$transaction(async (tx) => {
        const user = await tx.user.findUnique({ where: { id: userId } })
        if (user === null) return
        await tx.securityAnswer.updateMany({
          where: { userId, id: { in: [...ids] } },
          data: { provenAt: clock() },
        })
        const actor = { id: null, name: `${user.username} (portal)`, address }
        await audit(tx, user, actor, 'used', null, { count: ids.length })
      }),

    remove: (userId, actor) =>
      prisma.$transaction(async (tx) => {
        const { count } = await tx.securityAnswer.deleteMany({ where: { userId } })
        const user = await tx.user.findUnique({ where: { id: userId } })
        if (count === 0 || user === null) return false
        await audit(tx, user, actor, 'removed', { count }, null)
        return true
      }),
  }
}
