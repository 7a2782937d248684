/** The sessions of administrators who are signed in to the console. */
import type { SessionRepository } from '../types.ts'
import { administratorRecord } from './administrators.ts'
import type { Context } from './context.ts'

export function createSessionRepository({ prisma, clock }: Context): SessionRepository {
  return {
    create: async (input) => {
      const now = clock()
      await prisma.session.create({ data: { ...input, createdAt: now, lastSeenAt: now } })
    },

    find: async (tokenHash) => {
      const row = await prisma.session.findUnique({ where: { tokenHash }, include: { administrator: true } })
      if (row === null || row.expiresAt <= clock() || !row.administrator.enabled) return null
      const { createdAt, lastSeenAt, expiresAt } = row
      return { tokenHash, administrator: administratorRecord(row.administrator), createdAt, lastSeenAt, expiresAt }
    },

    touch: async (tokenHash, expiresAt) => {
      await prisma.session.updateMany({ where: { tokenHash }, data: { lastSeenAt: clock(), expiresAt } })
    },

    remove: async (tokenHash) => {
      await prisma.session.deleteMany({ where: { tokenHash } })
    },

    removeExpired: async () => {
      const { count } = await prisma.session.deleteMany({ where: { expiresAt: { lte: clock() } } })
      return count
    },
  }
}
