/** API tokens: their hash, whose role they have, and until when. */
import { randomUUID } from 'node:crypto'
import type { Role } from '@sallyport/contract'
import type { ApiTokenRecord, ApiTokenRepository } from '../api-token-types.ts'
import { appendAudit } from '../audit/append.ts'
import type { AuditFields } from '../audit/differences.ts'
import type { ApiToken } from '../generated/client.ts'
import type { Context } from './context.ts'

const subjectKind = 'api-token'

export function createApiTokenRepository({ prisma, clock }: Context): ApiTokenRepository {
  return {
    list: async () => (await prisma.apiToken.findMany({ orderBy: { createdAt: 'desc' } })).map(recordOf),

    create: (input, actor) =>
      prisma.$transaction(async (tx) => {
        const data = { ...input, id: randomUUID(), createdBy: actor.name, createdAt: clock() }
        const row = await tx.apiToken.create({ data })
        const subject = { subjectKind, subjectId: row.id, subjectName: row.name } as const
        await appendAudit(tx, clock(), actor, { action: 'created', ...subject, before: null, after: audited(row) })
        return recordOf(row)
      }),

    remove: (id, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.apiToken.findUnique({ where: { id } })
        if (row === null) return false
        await tx.apiToken.delete({ where: { id } })
        const subject = { subjectKind, subjectId: id, subjectName: row.name } as const
        await appendAudit(tx, clock(), actor, { action: 'removed', ...subject, before: audited(row), after: null })
        return true
      }),

    find: async (tokenHash) => {
      const row = await prisma.apiToken.findUnique({ where: { tokenHash } })
      return row === null || row.expiresAt <= clock() ? null : recordOf(row)
    },

    noteUse: async (id, lastAddress) => {
      await prisma.apiToken.updateMany({ where: { id }, data: { lastUsedAt: clock(), lastAddress } })
    },
  }
}

function recordOf(row: ApiToken): ApiTokenRecord {
  const { id, name, prefix, createdBy, createdAt, expiresAt, lastUsedAt, lastAddress } = row
  const role = row.role as Role
  return { id, name, prefix, role, createdBy, createdAt, expiresAt, lastUsedAt, lastAddress }
}

function audited({ name, prefix, role, expiresAt }: ApiToken): AuditFields {
  return { name, prefix, role, expiresAt }
}
