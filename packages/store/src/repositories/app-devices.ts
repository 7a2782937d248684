/** Mobile apps: the devices of people, the activations that make them theirs, and the keys by which the server speaks to them. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { secretChanged, type AuditFields } from '../audit/differences.ts'
import type { AppDeviceRecord, AppDeviceRepository, AppKeys, PushSubscription } from '../app-types.ts'
import type { Prisma } from '../generated/client.ts'
import { places } from '../sealing/places.ts'
import { companySettings } from '../settings-values.ts'
import type { Actor } from '../types.ts'
import { addCandidate, candidateAsDevice } from './app-candidates.ts'
import { addAppToken } from './app-tokens.ts'
import { done, notFound, type Context, type Transaction } from './context.ts'

const withUser = {
  user: { select: { id: true, username: true } },
} satisfies Prisma.AppDeviceInclude
type DeviceRow = Prisma.AppDeviceGetPayload<{ include: typeof withUser }>

const pushKeys = z.object({ p256dh: z.string(), auth: z.string() })
const sealedKeys = z.object({ vapidPrivateKey: z.string(), requestKey: z.string() })
const keysName = 'app-keys'

export function createAppDeviceRepository({ prisma, sealer, clock }: Context): AppDeviceRepository {
  const audit = (
    tx: Transaction,
    actor: Actor,
    action: AuditAction,
    subjectKind: 'app-device' | 'app-activation',
    subject: { id: string; name: string },
    { before = null, after = null }: { before?: AuditFields | null; after?: AuditFields | null },
  ) =>
    appendAudit(tx, clock(), actor, {
      ...{ action, subjectKind, subjectId: subject.id, subjectName: subject.name },
      ...{ before, after },
    })

  const removeCandidate = async (tx: Transaction, id: string) => {
    const device = await candidateAsDevice(tx, id, clock())
    if (device === null) return notFound
    await tx.appCandidate.delete({ where: { id } })
    return done(device)
  }

  return {
    list: async (userId) => {
      const orderBy: Prisma.AppDeviceOrderByWithRelationInput[] = [{ createdAt: 'asc' }, { id: 'asc' }]
      const rows = await prisma.appDevice.findMany({ where: { userId }, include: withUser, orderBy })
      return rows.map(deviceRecord)
    },

    byId: async (id) => {
      const row = await prisma.appDevice.findUnique({ where: { id }, include: withUser })
      return row === null ? candidateAsDevice(prisma, id, clock()) : deviceRecord(row)
    },

    createActivation: ({ userId, codeHash, expiresAt, toConfirm = false }, actor) =>
      prisma.$transaction(async (tx) => {
        const user = await tx.user.findUnique({ where: { id: userId }, select: { username: true } })
        if (user === null) return notFound
        const now = clock()
        const over = { OR: [{ userId }, { expiresAt: { lt: now } }] }
        await tx.appActivation.deleteMany({ where: over })
        await tx.appCandidate.deleteMany({ where: over })
        const id = randomUUID()
        await tx.appActivation.create({
          data: { id, userId, codeHash, createdBy: actor.name, createdAt: now, expiresAt, toConfirm },
        })
        await audit(
          tx,
          actor,
          'created',
          'app-activation',
          { id, name: user.username },
          {
            after: { expiresAt: expiresAt.toISOString() },
          },
        )
        return done(user)
      }),

    register: (input) =>
      prisma.$transaction(async (tx) => {
        const { codeHash, name, publicKey, userAgent, address } = input
        const activation = await tx.appActivation.findUnique({ where: { codeHash }, include: { user: true } })
        if (activation === null || activation.expiresAt <= clock()) return refused('activation-gone')
        const { userId, user } = activation
        if ((await tx.appDevice.count({ where: { userId } })) >= (await maximum(tx))) return refused('too-many')
        if ((await tx.appDevice.count({ where: { publicKey } })) > 0) return refused('already-exists')
        if ((await tx.appCandidate.count({ where: { publicKey } })) > 0) return refused('already-exists')
        await tx.appActivation.delete({ where: { codeHash } })
        const actor = { id: null, name: user.username, address }
        if (activation.toConfirm) {
          const candidate = await addCandidate({ tx, sealer, now: clock() }, input, userId)
          const after = { user: user.username, name, confirmed: false, key: secretChanged }
          await audit(tx, actor, 'created', 'app-device', { id: candidate.id, name }, { after })
          return { ok: true as const, device: candidate }
        }
        const tokenId = await addAppToken({ tx, sealer, now: clock() }, input.token, userId)
        const row = await tx.appDevice.create({
          data: {
            id: randomUUID(),
            userId,
            name,
            publicKey,
            userAgent,
            createdAt: clock(),
            lastSeenAt: clock(),
            tokenId,
          },
          include: withUser,
        })
        const after = { user: user.username, name, token: input.token.serialNumber, key: secretChanged }
        await audit(tx, actor, 'created', 'app-device', { id: row.id, name }, { after })
        return { ok: true as const, device: deviceRecord(row) }
      }),

    rename: async (id, name) => {
      await prisma.appDevice.updateMany({ where: { id }, data: { name } })
      await prisma.appCandidate.updateMany({ where: { id }, data: { name } })
    },

    setPush: async (id, push) => {
      const data =
        push === null
          ? { pushEndpoint: null, sealedPushKeys: null }
          : { pushEndpoint: push.endpoint, sealedPushKeys: sealer.seal(keysJson(push), places.pushKeys(id)) }
      await prisma.appDevice.updateMany({ where: { id }, data })
      await prisma.appCandidate.updateMany({ where: { id }, data })
    },

    pushOf: async (ids) => {
      const rows = await prisma.appDevice.findMany({
        where: { id: { in: [...ids] }, pushEndpoint: { not: null } },
        select: { id: true, pushEndpoint: true, sealedPushKeys: true },
      })
      return rows.flatMap(({ id, pushEndpoint, sealedPushKeys }) => {
        if (pushEndpoint === null || sealedPushKeys === null) return []
        const keys = pushKeys.parse(JSON.parse(sealer.open(sealedPushKeys, places.pushKeys(id)).toString()))
        return [{ id, push: { endpoint: pushEndpoint, ...keys } }]
      })
    },

    dropPush: async (id, pushEndpoint) => {
      await prisma.appDevice.updateMany({
        where: { id, pushEndpoint },
        data: { pushEndpoint: null, sealedPushKeys: null },
      })
    },

    noteSeen: async (id, lastSeenAt) => {
      await prisma.appDevice.updateMany({ where: { id }, data: { lastSeenAt } })
    },

    remove: (id, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.appDevice.findUnique({ where: { id }, include: withUser })
        if (row === null) return removeCandidate(tx, id)
        await tx.appDevice.delete({ where: { id } })
        if (row.tokenId !== null) await tx.oathToken.deleteMany({ where: { id: row.tokenId } })
        const before = { user: row.user.username, name: row.name }
        await audit(tx, actor, 'removed', 'app-device', { id, name: row.name }, { before })
        return done(deviceRecord(row))
      }),

    keys: (make) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.setting.findUnique({ where: { name: keysName } })
        if (row !== null && row.sealed !== null) {
          const { vapidPublicKey } = z.object({ vapidPublicKey: z.string() }).parse(JSON.parse(row.value))
          const sealed: unknown = JSON.parse(sealer.open(row.sealed, places.setting(keysName)).toString())
          return { vapidPublicKey, ...sealedKeys.parse(sealed) }
        }
        const { vapidPublicKey, ...secrets }: AppKeys = make()
        const sealed = sealer.seal(JSON.stringify(secrets), places.setting(keysName))
        const value = JSON.stringify({ vapidPublicKey })
        await tx.setting.create({ data: { name: keysName, value, sealed, updatedAt: clock() } })
        return { vapidPublicKey, ...secrets }
      }),
  }
}

async function maximum(from: Transaction): Promise<number> {
  const row = await from.setting.findUnique({ where: { name: 'company' } })
  return companySettings(row ?? undefined).devicesPerUser
}

function refused<Problem extends string>(problem: Problem) {
  return { ok: false as const, problem }
}

function keysJson({ p256dh, auth }: PushSubscription): string {
  return JSON.stringify({ p256dh, auth })
}

function deviceRecord(row: DeviceRow): AppDeviceRecord {
  const { id, user, name, publicKey, userAgent, createdAt, lastSeenAt } = row
  const hasPush = row.pushEndpoint !== null
  return { id, user, name, publicKey, userAgent, hasPush, createdAt, lastSeenAt, confirmBy: null }
}
