/** The second factors of administrators: the authenticator app and the recovery codes. */
import { randomUUID } from 'node:crypto'
import type { AdministratorFactorRepository, AdministratorFactors } from '../administrator-factor-types.ts'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { secretChanged, type AuditFields } from '../audit/differences.ts'
import { places } from '../sealing/places.ts'
import type { Actor } from '../types.ts'
import type { Context, Transaction } from './context.ts'
import { createRecoveryHash, rowOfHash } from './recovery-hash.ts'

const shown = {
  id: true,
  totp: { select: { createdAt: true } },
  recoveryCodes: { select: { createdAt: true, usedAt: true } },
  _count: { select: { passkeys: true } },
} as const

export function createAdministratorFactorRepository({ prisma, sealer, clock }: Context): AdministratorFactorRepository {
  const hashFor = createRecoveryHash({ sealer, clock })

  const audit = async (
    tx: Transaction,
    id: string,
    actor: Actor,
    action: AuditAction,
    [before, after]: readonly [AuditFields | null, AuditFields | null],
  ) => {
    const { username } = await tx.administrator.findUniqueOrThrow({ where: { id } })
    const subject = { subjectKind: 'administrator-factors', subjectId: id, subjectName: username } as const
    await appendAudit(tx, clock(), actor, { action, ...subject, before, after })
  }

  return {
    ofAdministrator: async (id) => {
      const row = await prisma.administrator.findUnique({ where: { id }, select: shown })
      return row === null ? none : factorsOf(row)
    },

    all: async () => {
      const rows = await prisma.administrator.findMany({ select: shown })
      return new Map(rows.map((row) => [row.id, factorsOf(row)]))
    },

    totp: async (administratorId) => {
      const row = await prisma.administratorTotp.findUnique({ where: { administratorId } })
      if (row === null) return null
      const secret = sealer.open(row.sealedSecret, places.administratorTotp(administratorId))
      return { secret, lastUsedStep: row.lastUsedStep }
    },

    setTotp: (administratorId, { secret, step, keepSession }, actor) =>
      prisma.$transaction(async (tx) => {
        const sealedSecret = sealer.seal(secret, places.administratorTotp(administratorId))
        const data = { sealedSecret, lastUsedStep: step, createdAt: clock() }
        const before = await tx.administratorTotp.findUnique({ where: { administratorId } })
        await tx.administratorTotp.upsert({
          where: { administratorId },
          create: { administratorId, ...data },
          update: data,
        })
        await tx.session.deleteMany({ where: { administratorId, tokenHash: { not: keepSession } } })
        const action = before === null ? 'created' : 'changed'
        await audit(tx, administratorId, actor, action, [null, { totp: secretChanged }])
      }),

    useTotpStep: async (administratorId, step) => {
      const where = { administratorId, lastUsedStep: { lt: step } }
      const { count } = await prisma.administratorTotp.updateMany({ where, data: { lastUsedStep: step } })
      return count === 1
    },

    removeTotp: (administratorId, actor) =>
      prisma.$transaction(async (tx) => {
        const { count } = await tx.administratorTotp.deleteMany({ where: { administratorId } })
        if (count === 0) return false
        await audit(tx, administratorId, actor, 'removed', [{ totp: true }, { totp: false }])
        return true
      }),

    replaceRecoveryCodes: (administratorId, codes, actor) =>
      prisma.$transaction(async (tx) => {
        const hashOf = await hashFor(tx, administratorId)
        const createdAt = clock()
        await tx.administratorRecoveryCode.deleteMany({ where: { administratorId } })
        await tx.administratorRecoveryCode.createMany({
          data: codes.map((code) => ({
            ...{ id: randomUUID(), administratorId, hash: hashOf(code) },
            ...{ createdAt, usedAt: null },
          })),
        })
        await audit(tx, administratorId, actor, 'created', [null, { recoveryCodes: codes.length }])
      }),

    useRecoveryCode: (administratorId, code, actor) =>
      prisma.$transaction(async (tx) => {
        const hashOf = await hashFor(tx, administratorId)
        const rows = await tx.administratorRecoveryCode.findMany({ where: { administratorId, usedAt: null } })
        const found = rowOfHash(rows, hashOf(code))
        if (found === undefined) return false
        await tx.administratorRecoveryCode.update({ where: { id: found.id }, data: { usedAt: clock() } })
        const left = (recoveryCodes: number) => ({ recoveryCodes })
        await audit(tx, administratorId, actor, 'used', [left(rows.length), left(rows.length - 1)])
        return true
      }),

    noteRefused: (id, lockedUntil, actor) =>
      prisma.$transaction(async (tx) => {
        await tx.administrator.update({
          where: { id },
          data: { failedSignIns: { increment: 1 }, ...(lockedUntil === null ? {} : { lockedUntil }) },
        })
        await audit(tx, id, actor, 'refused', [null, lockedUntil === null ? null : { lockedUntil }])
      }),

    reset: (id, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.administrator.findUnique({ where: { id }, select: shown })
        if (row === null) return false
        const where = { administratorId: id }
        await tx.administratorTotp.deleteMany({ where })
        await tx.administratorRecoveryCode.deleteMany({ where })
        await tx.administratorPasskey.deleteMany({ where })
        await tx.session.deleteMany({ where })
        const { totp, recoveryCodes, passkeys } = factorsOf(row)
        const before = { totp: totp !== null, recoveryCodes: recoveryCodes?.left ?? 0, passkeys }
        await audit(tx, id, actor, 'reset', [before, null])
        return true
      }),
  }
}

const none: AdministratorFactors = { totp: null, recoveryCodes: null, passkeys: 0 }

interface FactorRow {
  readonly totp: { readonly createdAt: Date } | null
  readonly recoveryCodes: readonly { readonly createdAt: Date; readonly usedAt: Date | null }[]
  readonly _count: { readonly passkeys: number }
}

function factorsOf({ totp, recoveryCodes, _count: { passkeys } }: FactorRow): AdministratorFactors {
  const [first] = recoveryCodes
  const left = recoveryCodes.filter(({ usedAt }) => usedAt === null).length
  return { totp, recoveryCodes: first === undefined ? null : { left, createdAt: first.createdAt }, passkeys }
}
