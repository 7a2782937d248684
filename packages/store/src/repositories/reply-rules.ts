/** The rules for what an Access-Accept carries, in their order. */
import { randomUUID } from 'node:crypto'
import type { ReplyOperation } from '@sallyport/contract'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { differences, secretChanged, type AuditFields } from '../audit/differences.ts'
import type { ReplyRule } from '../generated/client.ts'
import { places } from '../sealing/places.ts'
import type { Actor, ReplyRuleFields, ReplyRuleRecord, ReplyRuleRepository, ReplyRuleValue } from '../types.ts'
import { changedMeanwhile, done, notFound, type Context, type Transaction } from './context.ts'

export function createReplyRuleRepository({ prisma, sealer, clock }: Context): ReplyRuleRepository {
  const audit = (
    tx: Transaction,
    { id, attribute }: ReplyRule,
    actor: Actor,
    action: AuditAction,
    before: AuditFields | null,
    after: AuditFields | null,
  ) =>
    appendAudit(tx, clock(), actor, {
      ...{ action, subjectKind: 'reply-rule', subjectId: id, subjectName: attribute, before, after },
    })

  /** The columns that hold the value: in one or sealed in the other. */
  const kept = (id: string, value: string, secret: boolean) =>
    secret
      ? { value: '', sealedValue: sealer.seal(value, places.replyValue(id)) }
      : { value, sealedValue: null as string | null }

  const inOrder = [{ position: 'asc' as const }, { id: 'asc' as const }]

  return {
    list: async () => (await prisma.replyRule.findMany({ orderBy: inOrder })).map(record),

    value: async (id) => {
      const row = await prisma.replyRule.findUnique({ where: { id } })
      if (row === null || row.sealedValue === null) return row?.value ?? null
      return sealer.open(row.sealedValue, places.replyValue(id)).toString()
    },

    create: ({ value, secret, ...input }, actor) =>
      prisma.$transaction(async (tx) => {
        const last = await tx.replyRule.findFirst({ orderBy: { position: 'desc' }, select: { position: true } })
        const [id, now] = [randomUUID(), clock()]
        const row = await tx.replyRule.create({
          data: {
            ...fields(input),
            ...kept(id, value, secret),
            ...{ id, position: (last?.position ?? 0) + 1, createdAt: now, updatedAt: now },
          },
        })
        await audit(tx, row, actor, 'created', null, { ...fields(input), value: shown(value, secret) })
        return done(record(row))
      }),

    change: (id, { value, secret, version, ...input }, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.replyRule.findUnique({ where: { id } })
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(record(row))
        const changed = await tx.replyRule.update({
          where: { id },
          data: {
            ...fields(input),
            ...(value === undefined ? {} : kept(id, value, secret)),
            ...{ version: version + 1, updatedAt: clock() },
          },
        })
        const { before, after } = differences(audited(row), {
          ...audited(changed),
          ...(value !== undefined && secret ? { value: secretChanged } : {}),
        })
        await audit(tx, changed, actor, 'changed', before, after)
        return done(record(changed))
      }),

    move: (id, direction, version, actor) =>
      prisma.$transaction(async (tx) => {
        const rows = await tx.replyRule.findMany({ orderBy: inOrder })
        const from = rows.findIndex((row) => row.id === id)
        const row = rows[from]
        if (row === undefined) return notFound
        if (row.version !== version) return changedMeanwhile(record(row))
        const neighbour = rows[from + (direction === 'up' ? -1 : 1)]
        if (neighbour === undefined) return done(record(row))
        await tx.replyRule.update({ where: { id: neighbour.id }, data: { position: row.position } })
        const data = { position: neighbour.position, version: version + 1, updatedAt: clock() }
        const moved = await tx.replyRule.update({ where: { id }, data })
        await audit(tx, moved, actor, 'changed', { position: row.position }, { position: moved.position })
        return done(record(moved))
      }),

    remove: (id, version, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.replyRule.findUnique({ where: { id } })
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(record(row))
        await tx.replyRule.delete({ where: { id } })
        await audit(tx, row, actor, 'removed', audited(row), null)
        return done(record(row))
      }),
  }
}

/** What stays of a rule whose client goes: its entry in the audit trail. To be called before the client is deleted. */
export async function auditRulesOfClient(tx: Transaction, clientId: string, at: Date, actor: Actor): Promise<void> {
  for (const row of await tx.replyRule.findMany({ where: { clientId }, orderBy: { position: 'asc' } })) {
    await appendAudit(tx, at, actor, {
      ...{ action: 'removed', subjectKind: 'reply-rule', subjectId: row.id, subjectName: row.attribute },
      ...{ before: audited(row), after: null },
    })
  }
}

/** Exactly these, whatever else an input carries. */
function fields({ clientId, groupName, operation, attribute, tag, enabled }: ReplyRuleFields): ReplyRuleFields {
  return { clientId, groupName, operation, attribute, tag, enabled }
}

function record(row: ReplyRule): ReplyRuleRecord {
  const { id, sealedValue, value, createdAt, version } = row
  const operation = row.operation as ReplyOperation
  return { ...fields({ ...row, operation }), id, value: sealedValue === null ? value : null, createdAt, version }
}

function audited(row: ReplyRule): AuditFields {
  return {
    ...fields({ ...row, operation: row.operation as ReplyOperation }),
    value: shown(row.value, row.sealedValue !== null),
  }
}

function shown(value: string, secret: ReplyRuleValue['secret']): string {
  return secret ? '(secret)' : value
}
