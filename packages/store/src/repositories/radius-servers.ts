/** The servers of the target *RADIUS server(s)*, in the order in which they are asked. */
import { randomUUID } from 'node:crypto'
import { isSameAddress } from '@sallyport/contract'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { differences, secretChanged, type AuditFields } from '../audit/differences.ts'
import type { RadiusServer } from '../generated/client.ts'
import { places } from '../sealing/places.ts'
import type {
  Actor,
  RadiusServerFields,
  RadiusServerRecord,
  RadiusServerRepository,
  RadiusServerSecrets,
} from '../types.ts'
import { alreadyExists, changedMeanwhile, done, notFound, type Context, type Transaction } from './context.ts'

export function createRadiusServerRepository({ prisma, sealer, clock }: Context): RadiusServerRepository {
  const inOrder = (from: Transaction) => from.radiusServer.findMany({ orderBy: [{ position: 'asc' }, { id: 'asc' }] })
  const record = async (from: Transaction, row: RadiusServer): Promise<RadiusServerRecord> =>
    serverRecord(row, (await inOrder(from)).findIndex(({ id }) => id === row.id) + 1)
  const isTaken = async (tx: Transaction, input: RadiusServerFields, exceptId?: string) => {
    const { host, authenticationPort, transport } = input
    const row = await tx.radiusServer.findFirst({
      where: { host, authenticationPort, transport },
      select: { id: true },
    })
    return row !== null && row.id !== exceptId
  }
  const sealed = (id: string, { sharedSecret, privateKey }: RadiusServerSecrets) => ({
    ...(sharedSecret === undefined ? {} : { sealedSharedSecret: sealer.seal(sharedSecret, places.serverSecret(id)) }),
    ...(privateKey === undefined ? {} : { sealedPrivateKey: sealer.seal(privateKey, places.serverKey(id)) }),
  })
  const audit = (
    tx: Transaction,
    { id, host, authenticationPort }: RadiusServer,
    actor: Actor,
    action: AuditAction,
    before: AuditFields | null,
    after: AuditFields | null,
  ) =>
    appendAudit(tx, clock(), actor, {
      action,
      subjectKind: 'radius-server',
      subjectId: id,
      subjectName: host.includes(':') ? `[${host}]:${authenticationPort}` : `${host}:${authenticationPort}`,
      before,
      after,
    })

  return {
    list: async () => (await inOrder(prisma)).map((row, index) => serverRecord(row, index + 1)),
    secrets: async (id) => {
      const row = await prisma.radiusServer.findUnique({ where: { id } })
      const open = (value: string | null, place: string) =>
        value === null ? null : sealer.open(value, place).toString()
      return (
        row && {
          sharedSecret: open(row.sealedSharedSecret, places.serverSecret(id)),
          privateKey: open(row.sealedPrivateKey, places.serverKey(id)),
        }
      )
    },
    create: (input, actor) =>
      prisma.$transaction(async (tx) => {
        if (await isTaken(tx, input)) return alreadyExists('host')
        const last = await tx.radiusServer.findFirst({ orderBy: { position: 'desc' }, select: { position: true } })
        const [id, now] = [randomUUID(), clock()]
        const row = await tx.radiusServer.create({
          data: {
            ...serverFields(input),
            ...sealed(id, input),
            id,
            position: (last?.position ?? 0) + 1,
            createdAt: now,
            updatedAt: now,
          },
        })
        await audit(tx, row, actor, 'created', null, { ...serverFields(input), ...changedSecrets(input) })
        return done(await record(tx, row))
      }),
    change: (id, { version, ...input }, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.radiusServer.findUnique({ where: { id } })
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(await record(tx, row))
        if (await isTaken(tx, input, id)) return alreadyExists('host')
        const { host, authenticationPort, transport } = input
        const isSameServer =
          row.host === host && row.authenticationPort === authenticationPort && row.transport === transport
        const changed = await tx.radiusServer.update({
          where: { id },
          data: {
            ...serverFields(input),
            // Hidden with MD5, another host could guess it: it goes only where it went before.
            ...(isSameAddress(row, input) ? {} : { sealedSharedSecret: null }),
            ...sealed(id, input),
            // What was learned of one server says nothing of another.
            ...(isSameServer ? {} : { messageAuthenticatorSeenAt: null }),
            version: version + 1,
            updatedAt: clock(),
          },
        })
        const { before, after } = differences(
          { ...serverFields(recordFields(row)) },
          { ...serverFields(input), ...changedSecrets(input) },
        )
        await audit(tx, changed, actor, 'changed', before, after)
        return done(await record(tx, changed))
      }),
    move: (id, direction, actor) =>
      prisma.$transaction(async (tx) => {
        const rows = await inOrder(tx)
        const from = rows.findIndex((row) => row.id === id)
        const row = rows[from]
        if (row === undefined) return notFound
        const to = direction === 'up' ? from - 1 : from + 1
        if (rows[to] === undefined) return done(serverRecord(row, from + 1))
        const moved = rows.toSpliced(from, 1).toSpliced(to, 0, row)
        // Numbered anew: positions may have gaps where servers were removed.
        for (const [index, { id: each, position }] of moved.entries()) {
          if (position !== index + 1)
            await tx.radiusServer.update({ where: { id: each }, data: { position: index + 1 } })
        }
        await audit(tx, row, actor, 'moved', { place: from + 1 }, { place: to + 1 })
        return done(serverRecord(row, to + 1))
      }),
    remove: (id, version, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.radiusServer.findUnique({ where: { id } })
        if (row === null) return notFound
        const present = await record(tx, row)
        if (row.version !== version) return changedMeanwhile(present)
        await tx.radiusServer.delete({ where: { id } })
        await audit(tx, row, actor, 'removed', { ...serverFields(present) }, null)
        return done(present)
      }),
  }
}

/** Exactly these, whatever else an input carries. */
function serverFields(input: RadiusServerFields): RadiusServerFields {
  const { host, authenticationPort, accountingPort, transport, timeoutSeconds, tries } = input
  const { messageAuthenticator, caPem, certificatePem } = input
  return {
    host,
    authenticationPort,
    accountingPort,
    transport,
    timeoutSeconds,
    tries,
    messageAuthenticator,
    caPem,
    certificatePem,
  }
}

function changedSecrets({ sharedSecret, privateKey }: RadiusServerSecrets): AuditFields {
  return {
    ...(sharedSecret === undefined ? {} : { sharedSecret: secretChanged }),
    ...(privateKey === undefined ? {} : { privateKey: secretChanged }),
  }
}

function recordFields(row: RadiusServer): RadiusServerFields {
  const transport = row.transport as RadiusServerFields['transport']
  return { ...row, transport, messageAuthenticator: row.messageAuthenticator as 'auto' | 'require' }
}

function serverRecord(row: RadiusServer, place: number): RadiusServerRecord {
  const { id, sealedSharedSecret, sealedPrivateKey, messageAuthenticatorSeenAt, createdAt, version } = row
  return {
    ...serverFields(recordFields(row)),
    id,
    place,
    hasSharedSecret: sealedSharedSecret !== null,
    hasPrivateKey: sealedPrivateKey !== null,
    messageAuthenticatorSeenAt,
    createdAt,
    version,
  }
}
