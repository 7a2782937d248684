/** The RADIUS clients: who may ask. */
import { randomUUID } from 'node:crypto'
import type { FactorMode, MessageAuthenticatorPolicy, VendorProfileId } from '@sallyport/contract'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { differences, secretChanged, type AuditFields } from '../audit/differences.ts'
import { methodsIn } from '../engine/client-seen.ts'
import { methodsOf } from '../engine/users.ts'
import type { RadiusClient } from '../generated/client.ts'
import { places } from '../sealing/places.ts'
import type { Actor, RadiusClientFields, RadiusClientRecord, RadiusClientRepository } from '../types.ts'
import { alreadyExists, changedMeanwhile, done, notFound, type Context, type Transaction } from './context.ts'
import { auditRulesOfClient } from './reply-rules.ts'
import { auditStandingOfClient } from './standing-of-client.ts'
import { countedAtMost } from './sql.ts'

const dayMs = 24 * 3600 * 1000

export function createRadiusClientRepository({ prisma, sealer, clock }: Context): RadiusClientRepository {
  /** Sign-ins of the last day by client, from an index and counted up to a bound for each; of one client, or of all. */
  const countLastDay = async (from: Transaction, id?: string): Promise<ReadonlyMap<string, number>> => {
    const since = new Date(clock().getTime() - dayMs)
    const rows = await from.$queryRaw<{ id: string; count: bigint }[]>`
      SELECT c.id, (
        SELECT COUNT(*) FROM (SELECT 1 FROM SignIn s WHERE s.clientId = c.id AND s.at >= ${since} AND NOT s.test LIMIT ${countedAtMost})
      ) AS count
      FROM RadiusClient c WHERE ${id ?? null} IS NULL OR c.id = ${id ?? null}`
    return new Map(rows.map((row) => [row.id, Number(row.count)]))
  }
  const record = async (from: Transaction, row: RadiusClient) =>
    clientRecord(row, (await countLastDay(from, row.id)).get(row.id))

  /** The field that another client has the same of; the NAS-Identifier where that is what should tell them apart. */
  const takenField = async (tx: Transaction, input: RadiusClientFields, exceptId?: string) => {
    const { address, nasIdentifier, certificateName } = input
    const taken = async (where: Partial<Pick<RadiusClientFields, 'address' | 'nasIdentifier' | 'certificateName'>>) =>
      (await tx.radiusClient.count({ where: { ...where, ...(exceptId && { id: { not: exceptId } }) } })) > 0
    if (certificateName !== '' && (await taken({ certificateName }))) return 'certificateName'
    if (address === '' || !(await taken({ address, nasIdentifier }))) return undefined
    return nasIdentifier === '' ? 'address' : 'nasIdentifier'
  }

  const audit = (
    tx: Transaction,
    { id, applicationName, address }: RadiusClient,
    actor: Actor,
    action: AuditAction,
    before: AuditFields | null,
    after: AuditFields | null,
  ) =>
    appendAudit(tx, clock(), actor, {
      action,
      subjectKind: 'radius-client',
      subjectId: id,
      subjectName: applicationName === '' ? address : applicationName,
      before,
      after,
    })

  return {
    list: async () => {
      const rows = await prisma.radiusClient.findMany({
        orderBy: [{ applicationName: 'asc' }, { address: 'asc' }, { nasIdentifier: 'asc' }],
      })
      const lastDay = await countLastDay(prisma)
      return rows.map((row) => clientRecord(row, lastDay.get(row.id)))
    },

    forTest: async (id) => {
      const row = await prisma.radiusClient.findUnique({ where: { id } })
      if (row === null) return null
      const sharedSecret = sealer.open(row.sealedSharedSecret, places.sharedSecret(id)).toString()
      return { ...clientFields(recordFields(row)), id, sharedSecret }
    },

    create: ({ sharedSecret, ...input }, actor) =>
      prisma.$transaction(async (tx) => {
        const taken = await takenField(tx, input)
        if (taken !== undefined) return alreadyExists(taken)
        const id = randomUUID()
        const now = clock()
        const sealedSharedSecret = sealer.seal(sharedSecret, places.sharedSecret(id))
        const row = await tx.radiusClient.create({
          data: { ...columns(input), id, sealedSharedSecret, createdAt: now, updatedAt: now },
        })
        await audit(tx, row, actor, 'created', null, { ...clientFields(input), sharedSecret: secretChanged })
        return done(clientRecord(row))
      }),

    change: (id, { sharedSecret, version, ...input }, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.radiusClient.findUnique({ where: { id } })
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(await record(tx, row))
        const taken = await takenField(tx, input, id)
        if (taken !== undefined) return alreadyExists(taken)
        const changed = await tx.radiusClient.update({
          where: { id },
          data: {
            ...columns(input),
            version: version + 1,
            updatedAt: clock(),
            ...(sharedSecret === undefined
              ? {}
              : { sealedSharedSecret: sealer.seal(sharedSecret, places.sharedSecret(id)) }),
          },
        })
        const { before, after } = differences(
          { ...clientFields(recordFields(row)) },
          { ...clientFields(input), ...(sharedSecret === undefined ? {} : { sharedSecret: secretChanged }) },
        )
        await audit(tx, changed, actor, 'changed', before, after)
        return done(await record(tx, changed))
      }),

    remove: (id, version, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.radiusClient.findUnique({ where: { id } })
        if (row === null) return notFound
        const present = await record(tx, row)
        if (row.version !== version) return changedMeanwhile(present)
        await auditRulesOfClient(tx, id, clock(), actor)
        await auditStandingOfClient(tx, id, clock(), actor)
        await tx.radiusClient.delete({ where: { id } })
        await audit(tx, row, actor, 'removed', { ...clientFields(present) }, null)
        return done(present)
      }),
  }
}

/** Exactly these, whatever else an input carries. */
function clientFields(input: RadiusClientFields): RadiusClientFields {
  const { address, nasIdentifier, certificateName, applicationName, vendorProfile, requireUserMatch } = input
  const { messageAuthenticator, limitProxyState, factorMode, canBeChallenged, deviceTimeoutSeconds, enabled } = input
  const { allowedMethods, fallbackOath, pushWithoutNumber } = input
  return {
    address,
    nasIdentifier,
    certificateName,
    applicationName,
    vendorProfile,
    requireUserMatch,
    messageAuthenticator,
    limitProxyState,
    factorMode,
    canBeChallenged,
    deviceTimeoutSeconds,
    allowedMethods,
    fallbackOath,
    pushWithoutNumber,
    enabled,
  }
}

function columns(input: RadiusClientFields) {
  return { ...clientFields(input), allowedMethods: JSON.stringify(input.allowedMethods) }
}

function recordFields(row: RadiusClient): RadiusClientFields {
  const messageAuthenticator = row.messageAuthenticator as MessageAuthenticatorPolicy
  const vendorProfile = row.vendorProfile as VendorProfileId
  const allowedMethods = methodsOf(row.allowedMethods)
  return { ...row, messageAuthenticator, vendorProfile, factorMode: row.factorMode as FactorMode, allowedMethods }
}

function clientRecord(row: RadiusClient, signInsLastDay = 0): RadiusClientRecord {
  const { id, messageAuthenticatorSeenAt, proxyStateSeenAt, lastSeenAt, createdAt, version } = row
  return {
    ...clientFields(recordFields(row)),
    id,
    messageAuthenticatorSeenAt,
    proxyStateSeenAt,
    methodsSeen: methodsIn(row.methodsSeen),
    lastSeenAt,
    signInsLastDay,
    createdAt,
    version,
  }
}
