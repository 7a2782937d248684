/** The passkeys of administrators. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { appendAudit } from '../audit/append.ts'
import type { Administrator, AdministratorPasskey } from '../generated/client.ts'
import type { PasskeyRecord, PasskeyRepository } from '../passkey-types.ts'
import { administratorRecord } from './administrators.ts'
import type { Context } from './context.ts'

const subjectKind = 'administrator-passkey'
const include = { administrator: true } as const
const transportList = z.array(z.string())

export function createPasskeyRepository({ prisma, clock }: Context): PasskeyRepository {
  return {
    ofAdministrator: async (administratorId) => {
      const orderBy = { createdAt: 'asc' } as const
      return (await prisma.administratorPasskey.findMany({ where: { administratorId }, include, orderBy })).map(
        recordOf,
      )
    },

    byCredential: async (credentialId) => {
      const row = await prisma.administratorPasskey.findUnique({ where: { credentialId }, include })
      return row === null ? null : recordOf(row)
    },

    add: (administratorId, { counter, transports, ...input }, keepSession, actor) =>
      prisma.$transaction(async (tx) => {
        const { credentialId } = input
        if ((await tx.administratorPasskey.count({ where: { credentialId } })) > 0) return null
        const row = await tx.administratorPasskey.create({
          data: {
            ...input,
            ...{ id: randomUUID(), administratorId, createdAt: clock(), lastUsedAt: null },
            ...{ counter: BigInt(counter), transports: JSON.stringify(transports) },
          },
          include,
        })
        await tx.session.deleteMany({ where: { administratorId, tokenHash: { not: keepSession } } })
        const subject = { subjectKind, subjectId: row.id, subjectName: row.administrator.username } as const
        await appendAudit(tx, clock(), actor, {
          ...{ action: 'created', ...subject },
          before: null,
          after: { name: row.name },
        })
        return recordOf(row)
      }),

    use: async (id, before, counter) => {
      const where = { id, counter: BigInt(before) }
      const data = { counter: BigInt(counter), lastUsedAt: clock() }
      return (await prisma.administratorPasskey.updateMany({ where, data })).count === 1
    },

    noteCopy: (id, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.administratorPasskey.findUnique({ where: { id }, include })
        if (row === null) return
        const subject = { subjectKind, subjectId: id, subjectName: row.administrator.username } as const
        await appendAudit(tx, clock(), actor, {
          ...{ action: 'refused', ...subject },
          before: null,
          after: { name: row.name, copied: true },
        })
      }),

    remove: (administratorId, id, keepSession, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.administratorPasskey.findFirst({ where: { id, administratorId }, include })
        if (row === null) return false
        await tx.administratorPasskey.delete({ where: { id } })
        await tx.session.deleteMany({ where: { administratorId, tokenHash: { not: keepSession } } })
        const subject = { subjectKind, subjectId: id, subjectName: row.administrator.username } as const
        await appendAudit(tx, clock(), actor, {
          ...{ action: 'removed', ...subject },
          before: { name: row.name },
          after: null,
        })
        return true
      }),
  }
}

function recordOf(row: AdministratorPasskey & { readonly administrator: Administrator }): PasskeyRecord {
  const { id, name, credentialId, publicKey, createdAt, lastUsedAt } = row
  return {
    ...{ id, name, credentialId, publicKey, createdAt, lastUsedAt },
    administrator: administratorRecord(row.administrator),
    counter: Number(row.counter),
    transports: transportList.parse(JSON.parse(row.transports)),
  }
}
