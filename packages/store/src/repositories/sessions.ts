/** The sessions of administrators at the console, the half ones of a sign-in that is not done among them. */
import { randomUUID } from 'node:crypto'
import { appendAudit } from '../audit/append.ts'
import type { Administrator, Session } from '../generated/client.ts'
import type { Actor, SessionRecord, SessionRepository, SessionStage } from '../types.ts'
import { identityColumns, identityOf } from './administrator-identity.ts'
import { administratorRecord } from './administrators.ts'
import type { Context, Transaction } from './context.ts'

export function createSessionRepository({ prisma, clock }: Context): SessionRepository {
  const audit = (tx: Transaction, { id, username }: Administrator, actor: Actor, ended: number) =>
    appendAudit(tx, clock(), actor, {
      ...{ action: 'removed', subjectKind: 'administrator-session', subjectId: id, subjectName: username },
      before: { sessions: ended },
      after: null,
    })

  return {
    create: async ({ identity = null, ...input }) => {
      const now = clock()
      await prisma.session.create({
        data: {
          ...{ ...input, ...identityColumns(identity) },
          ...{ id: randomUUID(), provenAt: now, createdAt: now, lastSeenAt: now },
        },
      })
    },

    find: async (tokenHash) => {
      const row = await prisma.session.findUnique({ where: { tokenHash }, include: { administrator: true } })
      return row === null || row.expiresAt <= clock() || !row.administrator.enabled ? null : sessionRecord(row)
    },

    ofAdministrator: async (administratorId) => {
      const rows = await prisma.session.findMany({
        where: { administratorId, stage: 'full', expiresAt: { gt: clock() } },
        include: { administrator: true },
        orderBy: { lastSeenAt: 'desc' },
      })
      return rows.map(sessionRecord)
    },

    touch: async (tokenHash, expiresAt) => {
      await prisma.session.updateMany({ where: { tokenHash }, data: { lastSeenAt: clock(), expiresAt } })
    },

    prove: async (tokenHash) => {
      await prisma.session.updateMany({ where: { tokenHash }, data: { provenAt: clock() } })
    },

    remove: async (tokenHash) => {
      await prisma.session.deleteMany({ where: { tokenHash } })
    },

    revoke: (id, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.session.findUnique({ where: { id }, include: { administrator: true } })
        if (row === null) return false
        await tx.session.delete({ where: { id } })
        await audit(tx, row.administrator, actor, 1)
        return true
      }),

    revokeAll: (administratorId, keep, actor) =>
      prisma.$transaction(async (tx) => {
        const administrator = await tx.administrator.findUnique({ where: { id: administratorId } })
        if (administrator === null) return 0
        const { count } = await tx.session.deleteMany({
          where: { administratorId, ...(keep === null ? {} : { tokenHash: { not: keep } }) },
        })
        if (count > 0) await audit(tx, administrator, actor, count)
        return count
      }),

    removeExpired: async () => {
      const { count } = await prisma.session.deleteMany({ where: { expiresAt: { lte: clock() } } })
      return count
    },
  }
}

function sessionRecord(row: Session & { readonly administrator: Administrator }): SessionRecord {
  const { id, tokenHash, createdAt, lastSeenAt, expiresAt, address, userAgent } = row
  return {
    ...{ id, tokenHash, createdAt, lastSeenAt, expiresAt, address, userAgent },
    stage: row.stage as SessionStage,
    administrator: administratorRecord(row.administrator),
    identity: identityOf(row),
    provenAt: row.provenAt ?? createdAt,
  }
}
