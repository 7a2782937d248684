/** The caching rules, in their order. What a rule remembered goes when the rule changes or goes. */
import { randomUUID } from 'node:crypto'
import { cacheScope, factorKind } from '@sallyport/contract'
import { z } from 'zod'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { differences, type AuditFields } from '../audit/differences.ts'
import type { CacheRule } from '../generated/client.ts'
import type { CacheRuleFields, CacheRuleRecord, CacheRuleRepository } from '../standing-types.ts'
import type { Actor } from '../types.ts'
import { changedMeanwhile, done, notFound, type Context, type Transaction } from './context.ts'

const kinds = z.array(factorKind)

export function createCacheRuleRepository({ prisma, clock }: Context): CacheRuleRepository {
  const inOrder = [{ position: 'asc' as const }, { id: 'asc' as const }]
  const audit = (
    tx: Transaction,
    { id, scope }: CacheRule,
    actor: Actor,
    action: AuditAction,
    before: AuditFields | null,
    after: AuditFields | null,
  ) =>
    appendAudit(tx, clock(), actor, {
      ...{ action, subjectKind: 'cache-rule', subjectId: id, subjectName: scope, before, after },
    })
  /** Their keys begin with the rule's id. */
  const forget = (tx: Transaction, id: string) =>
    tx.factorPass.deleteMany({ where: { key: { gte: `${id}|`, lt: `${id}}` } } })

  return {
    list: async () => (await prisma.cacheRule.findMany({ orderBy: inOrder })).map(record),

    create: (input, actor) =>
      prisma.$transaction(async (tx) => {
        const last = await tx.cacheRule.findFirst({ orderBy: { position: 'desc' }, select: { position: true } })
        const [id, now] = [randomUUID(), clock()]
        const row = await tx.cacheRule.create({
          data: { ...columns(input), id, position: (last?.position ?? 0) + 1, createdAt: now, updatedAt: now },
        })
        await audit(tx, row, actor, 'created', null, { ...fields(input) })
        return done(record(row))
      }),

    change: (id, { version, ...input }, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.cacheRule.findUnique({ where: { id } })
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(record(row))
        const data = { ...columns(input), version: version + 1, updatedAt: clock() }
        const changed = await tx.cacheRule.update({ where: { id }, data })
        await forget(tx, id)
        const { before, after } = differences({ ...fields(record(row)) }, { ...fields(record(changed)) })
        await audit(tx, changed, actor, 'changed', before, after)
        return done(record(changed))
      }),

    // The version stays: what a rule remembers does not depend on its place.
    move: (id, direction, actor) =>
      prisma.$transaction(async (tx) => {
        const rows = await tx.cacheRule.findMany({ orderBy: inOrder })
        const from = rows.findIndex((row) => row.id === id)
        const row = rows[from]
        if (row === undefined) return notFound
        const neighbour = rows[from + (direction === 'up' ? -1 : 1)]
        if (neighbour === undefined) return done(record(row))
        await tx.cacheRule.update({ where: { id: neighbour.id }, data: { position: row.position } })
        const moved = await tx.cacheRule.update({ where: { id }, data: { position: neighbour.position } })
        await audit(tx, moved, actor, 'moved', { position: row.position }, { position: moved.position })
        return done(record(moved))
      }),

    remove: (id, version, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.cacheRule.findUnique({ where: { id } })
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(record(row))
        await tx.cacheRule.delete({ where: { id } })
        await forget(tx, id)
        await audit(tx, row, actor, 'removed', { ...fields(record(row)) }, null)
        return done(record(row))
      }),
  }
}

/** Exactly these, whatever else an input carries. */
function fields({ clientId, scope, methods, seconds, enabled }: CacheRuleFields): CacheRuleFields {
  return { clientId, scope, methods, seconds, enabled }
}

function columns(input: CacheRuleFields) {
  return { ...fields(input), methods: JSON.stringify(input.methods) }
}

function record(row: CacheRule): CacheRuleRecord {
  const { id, createdAt, version } = row
  const methods = kinds.parse(JSON.parse(row.methods))
  return { ...fields({ ...row, scope: cacheScope.parse(row.scope), methods }), id, createdAt, version }
}
