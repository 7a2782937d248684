/** The gateways for text messages, calls and mail, in the order in which those of a kind are asked. */
import { randomUUID } from 'node:crypto'
import { gatewayConfiguration, kindOfGateway, type GatewayKind } from '@sallyport/contract'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { differences, secretChanged, type AuditFields } from '../audit/differences.ts'
import type { Gateway } from '../generated/client.ts'
import { places } from '../sealing/places.ts'
import type { Actor, GatewayFields, GatewayRecord, GatewayRepository, GatewaySecrets } from '../types.ts'
import { alreadyExists, changedMeanwhile, done, notFound, type Context, type Transaction } from './context.ts'

export function createGatewayRepository({ prisma, sealer, clock }: Context): GatewayRepository {
  const inOrder = (from: Transaction, kind?: string) =>
    from.gateway.findMany({
      ...(kind === undefined ? {} : { where: { kind } }),
      orderBy: [{ kind: 'asc' }, { position: 'asc' }, { id: 'asc' }],
    })
  const unsealed = ({ id, sealedSecrets }: Gateway): GatewaySecrets =>
    sealedSecrets === null
      ? {}
      : (JSON.parse(sealer.open(sealedSecrets, places.gatewaySecrets(id)).toString()) as GatewaySecrets)
  const sealed = (id: string, secrets: GatewaySecrets) =>
    Object.values(secrets).some((value) => value !== undefined)
      ? sealer.seal(JSON.stringify(secrets), places.gatewaySecrets(id))
      : null
  const record = (row: Gateway, place: number): GatewayRecord => {
    const { id, version } = row
    const { secret, callbackSecret } = unsealed(row)
    const has = { hasSecret: secret !== undefined, hasCallbackSecret: callbackSecret !== undefined }
    return { ...rowFields(row), id, kind: row.kind as GatewayKind, place, ...has, version }
  }
  const recordIn = async (from: Transaction, row: Gateway) =>
    record(row, (await inOrder(from, row.kind)).findIndex(({ id }) => id === row.id) + 1)
  const isTaken = async (tx: Transaction, name: string, exceptId?: string) => {
    const row = await tx.gateway.findUnique({ where: { name }, select: { id: true } })
    return row !== null && row.id !== exceptId
  }
  const audit = (
    tx: Transaction,
    row: { id: string; name: string },
    actor: Actor,
    action: AuditAction,
    before: AuditFields | null,
    after: AuditFields | null,
  ) =>
    appendAudit(tx, clock(), actor, {
      action,
      subjectKind: 'gateway',
      subjectId: row.id,
      subjectName: row.name,
      before,
      after,
    })

  return {
    list: async () => {
      const counted = new Map<string, number>()
      return (await inOrder(prisma)).map((row) => {
        const place = (counted.get(row.kind) ?? 0) + 1
        counted.set(row.kind, place)
        return record(row, place)
      })
    },
    secrets: async (id) => {
      const row = await prisma.gateway.findUnique({ where: { id } })
      return row && unsealed(row)
    },
    create: (input, actor) =>
      prisma.$transaction(async (tx) => {
        if (await isTaken(tx, input.name)) return alreadyExists('name')
        const { type } = input.configuration
        const kind = kindOfGateway[type]
        const last = await tx.gateway.findFirst({
          where: { kind },
          orderBy: { position: 'desc' },
          select: { position: true },
        })
        const [id, now] = [randomUUID(), clock()]
        const row = await tx.gateway.create({
          data: {
            ...{ id, kind, type, name: input.name, enabled: input.enabled },
            configuration: JSON.stringify(input.configuration),
            sealedSecrets: sealed(id, secretsOf(input)),
            position: (last?.position ?? 0) + 1,
            createdAt: now,
            updatedAt: now,
          },
        })
        await audit(tx, row, actor, 'created', null, { ...auditFields(input), ...changedSecrets(input) })
        return done(await recordIn(tx, row))
      }),
    change: (id, { version, keepsSecret, ...input }, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.gateway.findUnique({ where: { id } })
        if (row === null || row.type !== input.configuration.type) return notFound
        if (row.version !== version) return changedMeanwhile(await recordIn(tx, row))
        if (await isTaken(tx, input.name, id)) return alreadyExists('name')
        const { secret, ...others } = unsealed(row)
        const kept = keepsSecret && secret !== undefined ? { ...others, secret } : others
        const changed = await tx.gateway.update({
          where: { id },
          data: {
            ...{ name: input.name, enabled: input.enabled },
            configuration: JSON.stringify(input.configuration),
            sealedSecrets: sealed(id, { ...kept, ...secretsOf(input) }),
            version: version + 1,
            updatedAt: clock(),
          },
        })
        const { before, after } = differences(auditFields(rowFields(row)), {
          ...auditFields(input),
          ...changedSecrets(input),
        })
        await audit(tx, changed, actor, 'changed', before, after)
        return done(await recordIn(tx, changed))
      }),
    move: (id, direction, actor) =>
      prisma.$transaction(async (tx) => {
        const asked = await tx.gateway.findUnique({ where: { id } })
        if (asked === null) return notFound
        const rows = await inOrder(tx, asked.kind)
        const from = rows.findIndex((row) => row.id === id)
        const to = direction === 'up' ? from - 1 : from + 1
        if (rows[to] === undefined) return done(record(asked, from + 1))
        const moved = rows.toSpliced(from, 1).toSpliced(to, 0, asked)
        // Numbered anew: positions may have gaps where gateways were removed.
        for (const [index, { id: each, position }] of moved.entries()) {
          if (position !== index + 1) await tx.gateway.update({ where: { id: each }, data: { position: index + 1 } })
        }
        await audit(tx, asked, actor, 'moved', { place: from + 1 }, { place: to + 1 })
        return done(record(asked, to + 1))
      }),
    remove: (id, version, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.gateway.findUnique({ where: { id } })
        if (row === null) return notFound
        const present = await recordIn(tx, row)
        if (row.version !== version) return changedMeanwhile(present)
        await tx.gateway.delete({ where: { id } })
        await audit(tx, row, actor, 'removed', auditFields(present), null)
        return done(present)
      }),
    noteTest: (id, to, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.gateway.findUnique({ where: { id } })
        await audit(tx, row ?? { id, name: '' }, actor, 'tested', null, { to })
      }),
  }
}

/** Exactly these, whatever else an input carries. */
function secretsOf({ secret, callbackSecret }: GatewaySecrets): GatewaySecrets {
  return {
    ...(secret === undefined ? {} : { secret }),
    ...(callbackSecret === undefined ? {} : { callbackSecret }),
  }
}

function changedSecrets({ secret, callbackSecret }: GatewaySecrets): AuditFields {
  return {
    ...(secret === undefined ? {} : { secret: secretChanged }),
    ...(callbackSecret === undefined ? {} : { callbackSecret: secretChanged }),
  }
}

function rowFields({ name, enabled, configuration }: Gateway): GatewayFields {
  return { name, enabled, configuration: gatewayConfiguration.parse(JSON.parse(configuration)) }
}

/** Flat, so that the trail names what changed. */
function auditFields({ name, enabled, configuration }: GatewayFields): AuditFields {
  const { headers, ...plain } = { headers: undefined, ...configuration }
  return { name, enabled, ...plain, ...(headers === undefined ? {} : { headers: JSON.stringify(headers) }) }
}
