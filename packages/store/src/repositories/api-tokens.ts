/** API tokens: their hash, whose role they have, and until when. */
import { randomUUID } from 'node:crypto'
import type { Role } from '@sallyport/contract'
import type { ApiTokenRecord, ApiTokenRepository } from '../api-token-types.ts'
import { appendAudit } from '../audit/append.ts'
import type { AuditFields } from '../audit/differences.ts'
import type { Administrator, ApiToken } from '../generated/client.ts'
import type { Context } from './context.ts'

const subjectKind = 'api-token'
const include = { administrator: true } as const

export function createApiTokenRepository({ prisma, clock }: Context): ApiTokenRepository {
  return {
    list: async () => (await prisma.apiToken.findMany({ include, orderBy: { createdAt: 'desc' } })).map(recordOf),

    create: (input, actor) =>
      prisma.$transaction(async (tx) => {
        const drawnBy = { administratorId: actor.id, createdBy: actor.name }
        const data = { ...input, ...drawnBy, id: randomUUID(), createdAt: clock() }
        const row = await tx.apiToken.create({ data, include })
        const subject = { subjectKind, subjectId: row.id, subjectName: row.name } as const
        await appendAudit(tx, clock(), actor, { action: 'created', ...subject, before: null, after: auditedToken(row) })
        return recordOf(row)
      }),

    remove: (id, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.apiToken.findUnique({ where: { id } })
        if (row === null) return false
        await tx.apiToken.delete({ where: { id } })
        const subject = { subjectKind, subjectId: id, subjectName: row.name } as const
        await appendAudit(tx, clock(), actor, { action: 'removed', ...subject, before: auditedToken(row), after: null })
        return true
      }),

    find: async (tokenHash) => {
      const row = await prisma.apiToken.findUnique({ where: { tokenHash }, include })
      if (row === null || row.expiresAt <= clock()) return null
      const record = recordOf(row)
      return record.counts ? record : null
    },

    noteUse: async (id, lastAddress) => {
      await prisma.apiToken.updateMany({ where: { id }, data: { lastUsedAt: clock(), lastAddress } })
    },
  }
}

function recordOf(row: ApiToken & { readonly administrator: Administrator | null }): ApiTokenRecord {
  const { id, name, prefix, createdBy, createdAt, expiresAt, lastUsedAt, lastAddress, administrator } = row
  const role = row.role as Role
  // Who may draw no token any more leaves none that works: neither of their old role nor of any other.
  const counts = administrator !== null && administrator.enabled && administrator.role === 'administrator'
  return { id, name, prefix, role, createdBy, counts, createdAt, expiresAt, lastUsedAt, lastAddress }
}

/** What the audit trail says of a token. */
export function auditedToken({ name, prefix, role, expiresAt }: ApiToken): AuditFields {
  return { name, prefix, role, expiresAt }
}
