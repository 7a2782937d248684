/** The sessions of people who are signed in to the user portal. */
import type { PortalSessionKind, PortalSessionRepository } from '../portal-types.ts'
import type { Context } from './context.ts'
import { userRecord, withFactors } from './user-rows.ts'

export function createPortalSessionRepository({ prisma, clock }: Context): PortalSessionRepository {
  return {
    create: async (input) => {
      const now = clock()
      await prisma.portalSession.create({ data: { ...input, provenAt: now, createdAt: now, lastSeenAt: now } })
    },

    find: async (tokenHash) => {
      const row = await prisma.portalSession.findUnique({
        where: { tokenHash },
        include: { user: { include: withFactors } },
      })
      const now = clock()
      if (row === null || row.expiresAt <= now) return null
      const { provenAt, createdAt, lastSeenAt, expiresAt } = row
      const kind = row.kind as PortalSessionKind
      return { tokenHash, user: userRecord(row.user, now), kind, provenAt, createdAt, lastSeenAt, expiresAt }
    },

    touch: async (tokenHash, expiresAt) => {
      await prisma.portalSession.updateMany({ where: { tokenHash }, data: { lastSeenAt: clock(), expiresAt } })
    },

    remove: async (tokenHash) => {
      await prisma.portalSession.deleteMany({ where: { tokenHash } })
    },

    removeOthers: async (userId, tokenHash) => {
      await prisma.portalSession.deleteMany({ where: { userId, tokenHash: { not: tokenHash } } })
    },

    removeExpired: async () => {
      const { count } = await prisma.portalSession.deleteMany({ where: { expiresAt: { lte: clock() } } })
      return count
    },
  }
}
