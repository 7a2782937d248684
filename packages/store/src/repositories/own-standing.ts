/** What people do to their own standing in the portal: a bypass for themselves, and reports of sign-ins that were not theirs. */
import { randomUUID } from 'node:crypto'
import { appendAudit } from '../audit/append.ts'
import type { OwnStandingRepository } from '../own-standing-types.ts'
import type { Context, Transaction } from './context.ts'

const dayMs = 24 * 3_600_000

export function createOwnStandingRepository({ prisma, clock }: Context): OwnStandingRepository {
  const given = (from: Transaction, userId: string, givenBy: string) =>
    from.oneTimeBypass.count({
      where: { userId, givenBy, createdAt: { gt: new Date(clock().getTime() - dayMs) } },
    })

  return {
    giveBypass: (userId, { reason, seconds, atMostInADay }, actor) =>
      prisma.$transaction(async (tx) => {
        const user = await tx.user.findUnique({ where: { id: userId } })
        if (user === null) return 'not-found'
        const now = clock()
        const open = await tx.oneTimeBypass.count({
          where: { userId, usedAt: null, endedAt: null, expiresAt: { gt: now } },
        })
        if (open > 0) return 'open'
        if ((await given(tx, userId, actor.name)) >= atMostInADay) return 'enough'
        const expiresAt = new Date(now.getTime() + seconds * 1_000)
        const data = { id: randomUUID(), userId, reason, givenBy: actor.name, createdAt: now, expiresAt }
        await tx.oneTimeBypass.create({ data })
        await appendAudit(tx, now, actor, {
          ...{ action: 'bypassed', subjectKind: 'user', subjectId: userId, subjectName: user.username },
          ...{ before: null, after: { reason, seconds } },
        })
        return 'given'
      }),

    bypassesGiven: (userId, { name }) => given(prisma, userId, name),

    reportFraud: (userId, { signInId, since, block, portalName }, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.signIn.findUnique({ where: { id: signInId } })
        const user = await tx.user.findUnique({ where: { id: userId } })
        if (row?.userId !== userId || user === null || row.at < since || row.test) return false
        if ((await tx.fraudReport.count({ where: { userId, signInId } })) > 0) return false
        const at = clock()
        const { username } = user
        const id = randomUUID()
        const facts = {
          applicationName: row.clientName ?? portalName,
          callingStation: row.callingStation,
          blocked: block,
        }
        await tx.fraudReport.create({ data: { id, at, userId, username, signInId, via: 'portal', ...facts } })
        if (block) {
          const source = { reason: '', source: 'fraud-report', blockedBy: username }
          await tx.userBlock.create({ data: { id: randomUUID(), userId, ...source, createdAt: at } })
        }
        await tx.factorPass.deleteMany({ where: { userId } })
        await appendAudit(tx, at, actor, {
          ...{ action: 'created', subjectKind: 'fraud-report', subjectId: id, subjectName: username },
          ...{ before: null, after: { signInId, blocked: block } },
        })
        return true
      }),
  }
}
