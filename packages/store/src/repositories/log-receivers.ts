/** The servers that what happens here is sent to. */
import { randomUUID } from 'node:crypto'
import { logReceiverConfiguration } from '@sallyport/contract'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { differences, secretChanged, type AuditFields } from '../audit/differences.ts'
import type { LogReceiver } from '../generated/client.ts'
import type {
  LogReceiverFields,
  LogReceiverRecord,
  LogReceiverRepository,
  LogReceiverSecrets,
} from '../log-receiver-types.ts'
import { places } from '../sealing/places.ts'
import type { Actor } from '../types.ts'
import { alreadyExists, changedMeanwhile, done, notFound, type Context, type Transaction } from './context.ts'

export function createLogReceiverRepository({ prisma, sealer, clock }: Context): LogReceiverRepository {
  const unsealed = ({ id, sealedSecrets }: LogReceiver): LogReceiverSecrets =>
    sealedSecrets === null
      ? {}
      : (JSON.parse(sealer.open(sealedSecrets, places.logReceiverSecrets(id)).toString()) as LogReceiverSecrets)
  const sealed = (id: string, { headerValue, privateKey }: LogReceiverSecrets) =>
    headerValue === undefined && privateKey === undefined
      ? null
      : sealer.seal(JSON.stringify({ headerValue, privateKey }), places.logReceiverSecrets(id))
  const record = (row: LogReceiver): LogReceiverRecord => {
    const { headerValue, privateKey } = unsealed(row)
    const { id, version } = row
    return {
      ...fieldsOf(row),
      id,
      hasHeaderValue: headerValue !== undefined,
      hasPrivateKey: privateKey !== undefined,
      version,
    }
  }
  const isTaken = async (tx: Transaction, name: string, exceptId?: string) => {
    const row = await tx.logReceiver.findUnique({ where: { name }, select: { id: true } })
    return row !== null && row.id !== exceptId
  }
  const audit = (
    tx: Transaction,
    { id, name }: { id: string; name: string },
    actor: Actor,
    action: AuditAction,
    before: AuditFields | null,
    after: AuditFields | null,
  ) =>
    appendAudit(tx, clock(), actor, {
      ...{ action, subjectKind: 'log-receiver', subjectId: id, subjectName: name, before, after },
    })

  return {
    list: async () => (await prisma.logReceiver.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] })).map(record),

    secrets: async (id) => {
      const row = await prisma.logReceiver.findUnique({ where: { id } })
      return row === null ? undefined : unsealed(row)
    },

    create: (input, actor) =>
      prisma.$transaction(async (tx) => {
        if (await isTaken(tx, input.name)) return alreadyExists('name')
        const [id, now] = [randomUUID(), clock()]
        const row = await tx.logReceiver.create({
          data: { ...columns(input), id, sealedSecrets: sealed(id, input), createdAt: now, updatedAt: now },
        })
        await audit(tx, row, actor, 'created', null, { ...auditFields(input), ...changedSecrets(input) })
        await beginNow(tx, id)
        return done(record(row))
      }),

    change: (id, { version, keeps, ...input }, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.logReceiver.findUnique({ where: { id } })
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(record(row))
        if (await isTaken(tx, input.name, id)) return alreadyExists('name')
        const before = unsealed(row)
        const secrets = {
          headerValue: input.headerValue ?? (keeps.includes('headerValue') ? before.headerValue : undefined),
          privateKey: input.privateKey ?? (keeps.includes('privateKey') ? before.privateKey : undefined),
        }
        const data = {
          ...columns(input),
          sealedSecrets: sealed(id, secrets),
          version: version + 1,
          updatedAt: clock(),
        }
        const changed = await tx.logReceiver.update({ where: { id }, data })
        const differing = differences(auditFields(fieldsOf(row)), { ...auditFields(input), ...changedSecrets(input) })
        await audit(tx, changed, actor, 'changed', differing.before, differing.after)
        if (!row.enabled && changed.enabled) await beginNow(tx, id)
        return done(record(changed))
      }),

    remove: (id, version, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.logReceiver.findUnique({ where: { id } })
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(record(row))
        await tx.logReceiver.delete({ where: { id } })
        await audit(tx, row, actor, 'removed', auditFields(fieldsOf(row)), null)
        return done(record(row))
      }),

    noteTest: (id, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.logReceiver.findUnique({ where: { id } })
        await audit(tx, row ?? { id, name: '' }, actor, 'tested', null, null)
      }),
  }
}

/** What happened before is not sent; the entry of the change itself comes first. */
async function beginNow(tx: Transaction, receiverId: string): Promise<void> {
  const last = async (table: string) => {
    const [row] = await tx.$queryRaw<{ seq: bigint }[]>`SELECT seq FROM sqlite_sequence WHERE name = ${table}`
    return Number(row?.seq ?? 0)
  }
  const position = { eventsUpTo: await last('LogEvent'), changesUpTo: (await last('AuditEntry')) - 1 }
  await tx.logReceiverCursor.upsert({
    where: { receiverId },
    create: { receiverId, ...position },
    update: position,
  })
}

function changedSecrets({ headerValue, privateKey }: LogReceiverSecrets): AuditFields {
  return {
    ...(headerValue === undefined ? {} : { headerValue: secretChanged }),
    ...(privateKey === undefined ? {} : { privateKey: secretChanged }),
  }
}

/** Exactly these, whatever else an input carries. */
function columns({ name, enabled, configuration, signIns, questions, changes, accounting }: LogReceiverFields) {
  const json = JSON.stringify(configuration)
  return { name, enabled, configuration: json, signIns, questions, changes, accounting }
}

function fieldsOf(row: LogReceiver): LogReceiverFields {
  const { name, enabled, signIns, questions, changes, accounting } = row
  const configuration = logReceiverConfiguration.parse(JSON.parse(row.configuration))
  return { name, enabled, configuration, signIns, questions, changes, accounting }
}

/** Flat, so that the trail names what changed. */
function auditFields({ configuration, ...input }: LogReceiverFields): AuditFields {
  const { name, enabled, signIns, questions, changes, accounting } = input
  return { name, enabled, ...configuration, signIns, questions, changes, accounting }
}
