/** OATH tokens: what shows the codes, and the sealed keys behind them. */
import { randomUUID } from 'node:crypto'
import { setImmediate as giveWay } from 'node:timers/promises'
import type { OathAlgorithm } from '@sallyport/contract'
import { z } from 'zod'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { differences, secretChanged, type AuditFields } from '../audit/differences.ts'
import { Prisma, type OathToken } from '../generated/client.ts'
import { places } from '../sealing/places.ts'
import type { Actor, TokenFields, TokenRecord, TokenRepository } from '../types.ts'
import { usernameKey } from '../username-key.ts'
import { alreadyExists, changedMeanwhile, done, notFound, type Context, type Transaction } from './context.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { allOf, countUpTo, startsWith } from './sql.ts'

const tokensPerTransaction = 250

const withUser = { user: { select: { id: true, username: true } } } satisfies Prisma.OathTokenInclude
type TokenRow = Prisma.OathTokenGetPayload<{ include: typeof withUser }>

export function createTokenRepository({ prisma, sealer, clock }: Context): TokenRepository {
  const find = (from: Transaction, id: string) => from.oathToken.findUnique({ where: { id }, include: withUser })
  const hasUser = async (tx: Transaction, id: string | null) =>
    id === null || (await tx.user.count({ where: { id } })) > 0

  const newRow = (input: TokenFields & { secret: Uint8Array }) => {
    const { serialNumber, algorithm, digits, stepSeconds, manufacturer, model, userId } = input
    const id = randomUUID()
    const now = clock()
    return {
      ...{ id, serialNumber, algorithm, digits, stepSeconds, manufacturer, model, userId },
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
        total: await countUpTo(prisma, Prisma.sql`FROM OathToken ${allOf(matching)}`),
      }
    },

    byId: async (id) => {
      const row = await find(prisma, id)
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

    assign: (id, userId, version, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await find(tx, id)
        if (row === null || !(await hasUser(tx, userId))) return notFound
        if (row.version !== version) return changedMeanwhile(tokenRecord(row))
        const changed = await tx.oathToken.update({
          where: { id },
          data: { userId, version: version + 1, updatedAt: clock() },
          include: withUser,
        })
        const { before, after } = differences(audited(row), audited(changed))
        await audit(tx, changed, actor, 'assigned', before, after)
        return done(tokenRecord(changed))
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
  }
}

function conditions({ search, userId, assigned }: Parameters<TokenRepository['list']>[0]): Prisma.Sql[] {
  const bySearch = (text: string) => Prisma.sql`(
    ${startsWith('serialNumberKey', text)} OR userId IN (SELECT id FROM User WHERE ${startsWith('usernameKey', text)}))`
  return [
    ...(search === undefined || search === '' ? [] : [bySearch(search)]),
    ...(userId === undefined ? [] : [Prisma.sql`userId = ${userId}`]),
    ...(assigned === undefined
      ? []
      : [assigned === 'true' ? Prisma.sql`userId IS NOT NULL` : Prisma.sql`userId IS NULL`]),
  ]
}

function audited({ serialNumber, algorithm, digits, stepSeconds, manufacturer, model, user }: TokenRow): AuditFields {
  return { serialNumber, algorithm, digits, stepSeconds, manufacturer, model, user: user?.username ?? null }
}

function tokenRecord(row: TokenRow): TokenRecord {
  const { id, serialNumber, digits, stepSeconds, manufacturer, model, userId, user } = row
  const { lastUsedStep, lastUsedAt, createdAt, version } = row
  return {
    ...{ id, serialNumber, algorithm: row.algorithm as OathAlgorithm, digits, stepSeconds, manufacturer, model },
    ...{ userId, user, lastUsedStep, lastUsedAt, createdAt, version },
  }
}
