/** Devices that were registered from the portal and have not been confirmed there: in a table of their own, so that nothing counts them. */
import { randomUUID } from 'node:crypto'
import { appendAudit } from '../audit/append.ts'
import type { AppCandidateRepository, AppDeviceRecord, RegisterDevice } from '../app-types.ts'
import { places } from '../sealing/places.ts'
import { addAppToken, type Adding } from './app-tokens.ts'
import type { Context, Transaction } from './context.ts'

const withUser = { user: { select: { id: true, username: true } } } as const
const lifeMs = 10 * 60_000

/** In the transaction that uses the activation up. */
export async function addCandidate(
  { tx, sealer, now }: Adding,
  { name, publicKey, userAgent, token }: RegisterDevice,
  userId: string,
): Promise<AppDeviceRecord> {
  const id = randomUUID()
  const expiresAt = new Date(now.getTime() + lifeMs)
  const sealedSecret = sealer.seal(token.secret, places.candidateSecret(id))
  const data = { id, userId, name, publicKey, userAgent, sealedSecret, createdAt: now, expiresAt }
  return asDevice(await tx.appCandidate.create({ data, include: withUser }))
}

/** As requests of the device itself find it: it may ask who it is, where to be pushed to, and be removed. */
export async function candidateAsDevice(from: Transaction, id: string, now: Date): Promise<AppDeviceRecord | null> {
  const row = await from.appCandidate.findUnique({ where: { id }, include: withUser })
  return row === null || row.expiresAt <= now ? null : asDevice(row)
}

export function createAppCandidateRepository({ prisma, sealer, clock }: Context): AppCandidateRepository {
  return {
    ofUser: async (userId) => {
      const where = { userId, expiresAt: { gt: clock() } }
      const row = await prisma.appCandidate.findFirst({ where, orderBy: { createdAt: 'desc' } })
      if (row === null) return null
      const { id, name, createdAt, expiresAt } = row
      return { id, userId, name, createdAt, expiresAt }
    },

    secret: async (id) => {
      const row = await prisma.appCandidate.findUnique({ where: { id }, select: { sealedSecret: true } })
      return row === null ? null : sealer.open(row.sealedSecret, places.candidateSecret(id))
    },

    confirm: ({ id, userId, serialNumber, usedStep }, actor) =>
      prisma.$transaction(async (tx) => {
        const now = clock()
        const row = await tx.appCandidate.findUnique({ where: { id } })
        if (row === null || row.userId !== userId || row.expiresAt <= now) return false
        await tx.appCandidate.delete({ where: { id } })
        const secret = sealer.open(row.sealedSecret, places.candidateSecret(id))
        const token = { serialNumber, secret, manufacturer: 'Sallyport', model: 'Mobile app' }
        const tokenId = await addAppToken({ tx, sealer, now }, token, userId, usedStep)
        const { name, publicKey, userAgent, pushEndpoint, sealedPushKeys, createdAt } = row
        const device = { id, userId, name, publicKey, userAgent, pushEndpoint, sealedPushKeys, createdAt }
        await tx.appDevice.create({ data: { ...device, tokenId, lastSeenAt: now } })
        await appendAudit(tx, now, actor, {
          ...{ action: 'changed', subjectKind: 'app-device', subjectId: id, subjectName: name },
          before: { confirmed: false },
          after: { confirmed: true, token: serialNumber },
        })
        return true
      }),

    removeOf: (userId, actor) =>
      prisma.$transaction(async (tx) => {
        await tx.appActivation.deleteMany({ where: { userId, toConfirm: true } })
        for (const { id, name } of await tx.appCandidate.findMany({ where: { userId } })) {
          await tx.appCandidate.delete({ where: { id } })
          await appendAudit(tx, clock(), actor, {
            ...{ action: 'removed', subjectKind: 'app-device', subjectId: id, subjectName: name },
            ...{ before: { name, confirmed: false }, after: null },
          })
        }
      }),
  }
}

interface Row {
  readonly id: string
  readonly user: AppDeviceRecord['user']
  readonly name: string
  readonly publicKey: string
  readonly userAgent: string
  readonly pushEndpoint: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

function asDevice({ id, user, name, publicKey, userAgent, pushEndpoint, createdAt, expiresAt }: Row): AppDeviceRecord {
  const hasPush = pushEndpoint !== null
  return { id, user, name, publicKey, userAgent, hasPush, createdAt, lastSeenAt: null, confirmBy: expiresAt }
}
