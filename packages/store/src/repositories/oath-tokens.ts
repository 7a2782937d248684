/** OATH tokens: what shows the codes, and the sealed keys behind them. */
import { randomUUID } from 'node:crypto'
import { setImmediate as giveWay } from 'node:timers/promises'
import type { OathAlgorithm, OathType } from '@sallyport/contract'
import { z } from 'zod'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { differences, secretChanged, type AuditFields } from '../audit/differences.ts'
import { Prisma, type OathToken } from '../generated/client.ts'
import { places } from '../sealing/places.ts'
import type { Actor, ManyChanged, NewToken, TokenRecord, TokenRepository } from '../types.ts'
import { usernameKey } from '../username-key.ts'
import { alreadyExists, changedMeanwhile, done, notFound, type Context, type Transaction } from './context.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { allOf, totalUpTo, startsWith } from './sql.ts'

const tokensPerTransaction = 250
/** Where each has an audit entry of its own. */
const changesPerTransaction = 50

const withUser = { user: { select: { id: true, username: true } } } satisfies Prisma.OathTokenInclude
type TokenRow = Prisma.OathTokenGetPayload<{ include: typeof withUser }>

export function createTokenRepository({ prisma, sealer, clock }: Context): TokenRepository {
  const find = (from: Transaction, id: string) => from.oathToken.findUnique({ where: { id }, include: withUser })
  const hasUser = async (tx: Transaction, id: string | null) =>
    id === null || (await tx.user.count({ where: { id } })) > 0

  const newRow = (input: NewToken) => {
    const { serialNumber, algorithm, digits, stepSeconds, manufacturer, model, userId } = input
    const { type = 'totp', lastUsedStep = null, notBefore = null, notAfter = null } = input
    const id = randomUUID()
    const now = clock()
    return {
      ...{ id, serialNumber, type, algorithm, digits, stepSeconds, manufacturer, model, userId },
      ...{ lastUsedStep, notBefore, notAfter },
      serialNumberKey: usernameKey(serialNumber),
      sealedSecret: sealer.seal(input.secret, places.tokenSecret(id)),
      createdAt: now,
      updatedAt: now,
    }
  }

  const audit = (
    tx: Transaction,
    { id, serialNumber }: OathToken,
    actor: Actor,
    action: AuditAction,
    before: AuditFields | null,
    after: AuditFields | null,
  ) =>
    appendAudit(tx, clock(), actor, {
      action,
      subjectKind: 'oath-token',
      subjectId: id,
      subjectName: serialNumber,
      before,
      after,
    })

  /** Does the same to each of the tokens that are there, a few in a transaction, and gathers whose they were or became. */
  const changeEach = async (
    ids: readonly string[],
    change: (tx: Transaction, row: TokenRow) => Promise<string | null>,
  ): Promise<ManyChanged> => {
    const userIds = new Set<string>()
    let count = 0
    for (let from = 0; from < ids.length; from += changesPerTransaction) {
      const some = ids.slice(from, from + changesPerTransaction)
      await prisma.$transaction(async (tx) => {
        const rows = await tx.oathToken.findMany({ where: { id: { in: some } }, include: withUser })
        for (const row of rows) {
          for (const userId of [row.userId, await change(tx, row)]) if (userId !== null) userIds.add(userId)
          count += 1
        }
      })
      await giveWay()
    }
    return { count, userIds: [...userIds] }
  }

  const assignTo = async (
    tx: Transaction,
    row: TokenRow,
    userId: string | null,
    actor: Actor,
    usedStep = row.lastUsedStep,
  ) => {
    const changed = await tx.oathToken.update({
      where: { id: row.id },
      data: { userId, lastUsedStep: usedStep, version: row.version + 1, updatedAt: clock() },
      include: withUser,
    })
    const { before, after } = differences(audited(row), audited(changed))
    await audit(tx, changed, actor, 'assigned', before, after)
    return changed
  }

  return {
    list: async (query) => {
      const matching = conditions(query)
      const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, z.tuple([z.string()]))[0]
      const page = after === undefined ? matching : [...matching, Prisma.sql`serialNumberKey > ${after}`]
      const keys = await prisma.$queryRaw<{ key: string }[]>`
        SELECT serialNumberKey AS key FROM OathToken ${allOf(page)} ORDER BY serialNumberKey LIMIT ${query.limit + 1}`
      const shown = keys.slice(0, query.limit).map(({ key }) => key)
      const rows = await prisma.oathToken.findMany({
        where: { serialNumberKey: { in: shown } },
        include: withUser,
        orderBy: { serialNumberKey: 'asc' },
      })
      return {
        rows: rows.map(tokenRecord),
        nextCursor: keys.length > query.limit ? encodeCursor(shown.slice(-1)) : null,
        ...(await totalUpTo(prisma, Prisma.sql`FROM OathToken ${allOf(matching)}`)),
      }
    },

    byId: async (id) => {
      const row = await find(prisma, id)
      return row === null ? null : tokenRecord(row)
    },

    bySerialNumber: async (serialNumber) => {
      const where = { serialNumberKey: usernameKey(serialNumber) }
      const row = await prisma.oathToken.findUnique({ where, include: withUser })
      return row === null ? null : tokenRecord(row)
    },

    secret: async (id) => {
      const row = await prisma.oathToken.findUnique({ where: { id }, select: { sealedSecret: true } })
      return row === null ? null : sealer.open(row.sealedSecret, places.tokenSecret(id))
    },

    create: (input, actor) =>
      prisma.$transaction(async (tx) => {
        const serialNumberKey = usernameKey(input.serialNumber)
        if ((await tx.oathToken.count({ where: { serialNumberKey } })) > 0) return alreadyExists('serialNumber')
        if (!(await hasUser(tx, input.userId))) return notFound
        const row = await tx.oathToken.create({ data: newRow(input), include: withUser })
        await audit(tx, row, actor, 'created', null, { ...audited(row), secret: secretChanged })
        return done(tokenRecord(row))
      }),

    createMany: async (input, actor) => {
      for (let from = 0; from < input.length; from += tokensPerTransaction) {
        const data = input.slice(from, from + tokensPerTransaction).map(newRow)
        await prisma.$transaction(async (tx) => {
          if (from === 0) {
            await appendAudit(tx, clock(), actor, {
              ...{ action: 'imported', subjectKind: 'oath-token', subjectId: null, subjectName: null },
              ...{ before: null, after: { tokens: input.length } },
            })
          }
          await tx.oathToken.createMany({ data })
        })
        await giveWay()
      }
      return input.length
    },

    assign: (id, userId, version, actor, usedStep) =>
      prisma.$transaction(async (tx) => {
        const row = await find(tx, id)
        if (row === null || !(await hasUser(tx, userId))) return notFound
        if (row.version !== version) return changedMeanwhile(tokenRecord(row))
        return done(tokenRecord(await assignTo(tx, row, userId, actor, usedStep)))
      }),

    remove: (id, version, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await find(tx, id)
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(tokenRecord(row))
        await tx.oathToken.delete({ where: { id } })
        await audit(tx, row, actor, 'removed', audited(row), null)
        return done(tokenRecord(row))
      }),

    resynchronise: (id, { step, driftSteps }, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await find(tx, id)
        if (row === null) return notFound
        if (row.lastUsedStep !== null && row.lastUsedStep >= step) return changedMeanwhile(tokenRecord(row))
        const changed = await tx.oathToken.update({
          where: { id },
          data: { lastUsedStep: step, driftSteps, version: row.version + 1, updatedAt: clock() },
          include: withUser,
        })
        const where = (of: OathToken) =>
          of.type === 'hotp' ? { counter: (of.lastUsedStep ?? -1) + 1 } : { driftSteps: Math.round(of.driftSteps) }
        await audit(tx, changed, actor, 'resynchronised', where(row), where(changed))
        return done(tokenRecord(changed))
      }),

    assignMany: async (ids, userId, actor) => {
      if (userId !== null && (await prisma.user.count({ where: { id: userId } })) === 0) return null
      return changeEach(ids, async (tx, row) =>
        row.userId === userId || !(await hasUser(tx, userId)) ? null : (await assignTo(tx, row, userId, actor)).userId,
      )
    },

    removeMany: (ids, actor) =>
      changeEach(ids, async (tx, row) => {
        await tx.oathToken.delete({ where: { id: row.id } })
        await audit(tx, row, actor, 'removed', audited(row), null)
        return null
      }),
  }
}

function conditions({ search, userId, assigned, type }: Parameters<TokenRepository['list']>[0]): Prisma.Sql[] {
  const bySearch = (text: string) => Prisma.sql`(
    ${startsWith('serialNumberKey', text)} OR userId IN (SELECT id FROM User WHERE ${startsWith('usernameKey', text)}))`
  return [
    ...(search === undefined || search === '' ? [] : [bySearch(search)]),
    ...(userId === undefined ? [] : [Prisma.sql`userId = ${userId}`]),
    ...(type === undefined ? [] : [Prisma.sql`type = ${type}`]),
    ...(assigned === undefined
      ? []
      : [assigned === 'true' ? Prisma.sql`userId IS NOT NULL` : Prisma.sql`userId IS NULL`]),
  ]
}

function audited(row: TokenRow): AuditFields {
  const { serialNumber, type, algorithm, digits, stepSeconds, manufacturer, model, user, notBefore } = row
  return {
    ...{ serialNumber, type, algorithm, digits, stepSeconds, manufacturer, model, user: user?.username ?? null },
    ...(notBefore && { notBefore: notBefore.toISOString() }),
  }
}

function tokenRecord(row: TokenRow): TokenRecord {
  const { id, serialNumber, digits, stepSeconds, manufacturer, model, userId, user } = row
  const { lastUsedStep, driftSteps, notBefore, notAfter, lastUsedAt, createdAt, version } = row
  const [type, algorithm] = [row.type as OathType, row.algorithm as OathAlgorithm]
  return {
    ...{ id, serialNumber, type, algorithm, digits, stepSeconds, manufacturer, model },
    ...{ userId, user, lastUsedStep, driftSteps, notBefore, notAfter, lastUsedAt, createdAt, version },
  }
}
