/** Links that let a user in once, to set up a second factor. */
import { appendAudit } from '../audit/append.ts'
import type { EnrolmentLinkRepository } from '../portal-types.ts'
import type { Context } from './context.ts'
import { userRecord, withFactors } from './user-rows.ts'

export function createEnrolmentLinkRepository({ prisma, clock }: Context): EnrolmentLinkRepository {
  return {
    create: ({ tokenHash, userId, expiresAt }, actor) =>
      prisma.$transaction(async (tx) => {
        const user = await tx.user.findUnique({ where: { id: userId } })
        if (user === null) return false
        const now = clock()
        await tx.enrolmentLink.deleteMany({ where: { userId } })
        const open = { userId, state: { in: ['waiting', 'sending'] } }
        await tx.invitation.updateMany({ where: open, data: { state: 'withdrawn', problem: 'newer-link' } })
        await tx.enrolmentLink.create({ data: { tokenHash, userId, givenBy: actor.name, createdAt: now, expiresAt } })
        await appendAudit(tx, now, actor, {
          action: 'created',
          subjectKind: 'enrolment-link',
          subjectId: userId,
          subjectName: user.username,
          before: null,
          after: { expiresAt: expiresAt.toISOString() },
        })
        return true
      }),

    spend: (tokenHash, address) =>
      prisma.$transaction(async (tx) => {
        const now = clock()
        const row = await tx.enrolmentLink.findUnique({
          where: { tokenHash },
          include: { user: { include: withFactors } },
        })
        if (row === null || row.usedAt !== null || row.expiresAt <= now) return null
        const user = userRecord(row.user, now)
        if (!user.enabled || user.block !== null) return null
        await tx.enrolmentLink.update({ where: { tokenHash }, data: { usedAt: now } })
        await tx.invitation.updateMany({ where: { tokenHash }, data: { state: 'used' } })
        const { id, username } = user
        await appendAudit(
          tx,
          now,
          { id: null, name: username, address },
          {
            action: 'used',
            subjectKind: 'enrolment-link',
            subjectId: id,
            subjectName: username,
            before: null,
            after: { givenBy: row.givenBy },
          },
        )
        return user
      }),
  }
}
