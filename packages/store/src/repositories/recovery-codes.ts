/** Recovery codes: kept as an HMAC under a key that is sealed, so that who reads the database can neither use nor guess them. */
import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { appendAudit } from '../audit/append.ts'
import { secretChanged } from '../audit/differences.ts'
import type { RecoveryCodeRepository } from '../fallback-types.ts'
import { places } from '../sealing/places.ts'
import type { Context, Transaction } from './context.ts'

const keyName = 'recovery-key'
const subjectKind = 'recovery-codes'

export function createRecoveryCodeRepository({ prisma, sealer, clock }: Context): RecoveryCodeRepository {
  const hashOf = (key: Buffer, userId: string, code: string) =>
    createHmac('sha256', key).update(`${userId}\n${code}`).digest('base64url')

  /** Drawn when it is needed first. */
  const keyFor = async (tx: Transaction): Promise<Buffer> => {
    const row = await tx.setting.findUnique({ where: { name: keyName } })
    if (row?.sealed) return sealer.open(row.sealed, places.setting(keyName))
    const key = randomBytes(32)
    const data = { value: '{}', sealed: sealer.seal(key, places.setting(keyName)), updatedAt: clock() }
    await tx.setting.upsert({ where: { name: keyName }, create: { name: keyName, ...data }, update: data })
    return key
  }

  return {
    replace: (userId, codes, actor) =>
      prisma.$transaction(async (tx) => {
        const user = await tx.user.findUnique({ where: { id: userId } })
        if (user === null) return false
        const key = await keyFor(tx)
        const now = clock()
        await tx.recoveryCode.deleteMany({ where: { userId } })
        await tx.recoveryCode.createMany({
          data: codes.map((code) => ({
            ...{ id: randomUUID(), userId, hash: hashOf(key, userId, code) },
            ...{ createdAt: now, usedAt: null },
          })),
        })
        await appendAudit(tx, now, actor, {
          ...{ action: 'created', subjectKind, subjectId: userId, subjectName: user.username },
          before: null,
          after: { count: codes.length, codes: secretChanged },
        })
        return true
      }),

    standing: async (userId) => {
      const rows = await prisma.recoveryCode.findMany({ where: { userId }, select: { createdAt: true, usedAt: true } })
      const [first] = rows
      if (first === undefined) return null
      return { left: rows.filter(({ usedAt }) => usedAt === null).length, createdAt: first.createdAt }
    },

    match: (userId, code) =>
      prisma.$transaction(async (tx) => {
        const wanted = Buffer.from(hashOf(await keyFor(tx), userId, code))
        const rows = await tx.recoveryCode.findMany({ where: { userId, usedAt: null } })
        // All are looked at, whichever it is.
        const found = rows.filter(({ hash }) => {
          const kept = Buffer.from(hash)
          return kept.length === wanted.length && timingSafeEqual(kept, wanted)
        })
        return found[0]?.id ?? null
      }),

    spend: (id, address) =>
      prisma.$transaction(async (tx) => {
        const now = clock()
        const { count } = await tx.recoveryCode.updateMany({ where: { id, usedAt: null }, data: { usedAt: now } })
        if (count === 0) return false
        const { userId, user } = await tx.recoveryCode.findUniqueOrThrow({ where: { id }, include: { user: true } })
        const left = await tx.recoveryCode.count({ where: { userId, usedAt: null } })
        const { username } = user
        const actor = { id: null, name: `${username} (portal)`, address }
        await appendAudit(tx, now, actor, {
          ...{ action: 'used', subjectKind, subjectId: userId, subjectName: username },
          before: { left: left + 1 },
          after: { left },
        })
        return true
      }),

    remove: (userId, actor) =>
      prisma.$transaction(async (tx) => {
        const left = await tx.recoveryCode.count({ where: { userId, usedAt: null } })
        const { count } = await tx.recoveryCode.deleteMany({ where: { userId } })
        if (count === 0) return false
        const user = await tx.user.findUnique({ where: { id: userId } })
        await appendAudit(tx, clock(), actor, {
          ...{ action: 'removed', subjectKind, subjectId: userId, subjectName: user?.username ?? null },
          before: { left },
          after: null,
        })
        return true
      }),
  }
}
