/** The networks from where people are let in on the password alone. */
import { randomUUID } from 'node:crypto'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { differences, type AuditFields } from '../audit/differences.ts'
import type { TrustedNetwork } from '../generated/client.ts'
import type { TrustedNetworkFields, TrustedNetworkRecord, TrustedNetworkRepository } from '../standing-types.ts'
import type { Actor } from '../types.ts'
import { changedMeanwhile, done, notFound, type Context, type Transaction } from './context.ts'

export function createTrustedNetworkRepository({ prisma, clock }: Context): TrustedNetworkRepository {
  const audit = (
    tx: Transaction,
    { id, name }: TrustedNetwork,
    actor: Actor,
    action: AuditAction,
    before: AuditFields | null,
    after: AuditFields | null,
  ) =>
    appendAudit(tx, clock(), actor, {
      ...{ action, subjectKind: 'trusted-network', subjectId: id, subjectName: name, before, after },
    })
  return {
    list: async () => (await prisma.trustedNetwork.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] })).map(record),

    create: (input, actor) =>
      prisma.$transaction(async (tx) => {
        const now = clock()
        const data = { ...fields(input), id: randomUUID(), createdAt: now, updatedAt: now }
        const row = await tx.trustedNetwork.create({ data })
        await audit(tx, row, actor, 'created', null, { ...fields(row) })
        return done(record(row))
      }),

    change: (id, { version, ...input }, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.trustedNetwork.findUnique({ where: { id } })
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(record(row))
        const data = { ...fields(input), version: version + 1, updatedAt: clock() }
        const changed = await tx.trustedNetwork.update({ where: { id }, data })
        const { before, after } = differences({ ...fields(row) }, { ...fields(changed) })
        await audit(tx, changed, actor, 'changed', before, after)
        return done(record(changed))
      }),

    remove: (id, version, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.trustedNetwork.findUnique({ where: { id } })
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(record(row))
        await tx.trustedNetwork.delete({ where: { id } })
        await audit(tx, row, actor, 'removed', { ...fields(row) }, null)
        return done(record(row))
      }),
  }
}

/** Exactly these, whatever else an input carries. */
function fields({ name, clientId, attribute, addresses, enabled }: TrustedNetworkFields): TrustedNetworkFields {
  return { name, clientId, attribute, addresses, enabled }
}

function record(row: TrustedNetwork): TrustedNetworkRecord {
  const { id, createdAt, version } = row
  return { ...fields(row), id, createdAt, version }
}
