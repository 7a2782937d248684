/** What people change about their own second factors: devices and language; and whether they have any factor at all. */
import { companySettings } from '../settings-values.ts'
import { appendAudit } from '../audit/append.ts'
import type { AuditFields } from '../audit/differences.ts'
import type { OwnFactorRepository } from '../portal-types.ts'
import type { Actor } from '../types.ts'
import type { Context, Transaction } from './context.ts'

export function createOwnFactorRepository({ prisma, clock }: Context): OwnFactorRepository {
  const audit = async (
    tx: Transaction,
    user: { readonly id: string; readonly username: string },
    actor: Actor,
    before: AuditFields | null,
    after: AuditFields | null,
  ) =>
    appendAudit(tx, clock(), actor, {
      action: 'changed',
      subjectKind: 'user',
      subjectId: user.id,
      subjectName: user.username,
      before,
      after,
    })

  /** Does something with one of the user's own devices; another's is as good as none. */
  const withDevice = (
    userId: string,
    deviceId: string,
    actor: Actor,
    work: (tx: Transaction, name: string) => Promise<AuditFields | null>,
  ) =>
    prisma.$transaction(async (tx) => {
      const device = await tx.appDevice.findUnique({ where: { id: deviceId }, include: { user: true } })
      if (device === null || device.userId !== userId) return false
      const after = await work(tx, device.name)
      await audit(tx, device.user, actor, { device: device.name }, after)
      return true
    })

  return {
    read: async (userId) => {
      const user = await prisma.user.findUnique({
        where: { id: userId },
        include: { devices: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] } },
      })
      if (user === null) return null
      const devices = user.devices.map(({ id, name, createdAt, lastSeenAt, tokenId }) => ({
        ...{ id, name, createdAt, lastSeenAt, tokenId },
      }))
      return { language: user.language, devices }
    },

    hasAny: (userId) => hasAnyFactor(prisma, userId),

    setLanguage: (userId, language, actor) =>
      prisma.$transaction(async (tx) => {
        const user = await tx.user.findUnique({ where: { id: userId } })
        if (user === null || user.language === language) return
        const data = { language, version: user.version + 1, updatedAt: clock() }
        await tx.user.update({ where: { id: userId }, data })
        await audit(tx, user, actor, { language: user.language }, { language })
      }),

    renameDevice: (userId, deviceId, name, actor) =>
      withDevice(userId, deviceId, actor, async (tx) => {
        await tx.appDevice.update({ where: { id: deviceId }, data: { name } })
        return { device: name }
      }),

    removeDevice: (userId, deviceId, actor) =>
      withDevice(userId, deviceId, actor, async (tx) => {
        const { tokenId } = await tx.appDevice.delete({ where: { id: deviceId } })
        if (tokenId !== null) await tx.oathToken.deleteMany({ where: { id: tokenId } })
        return { device: null }
      }),
  }
}

/** Whether the user has anything that counts as a second factor; true where the user is gone. */
export async function hasAnyFactor(from: Transaction, userId: string): Promise<boolean> {
  const user = await from.user.findUnique({
    where: { id: userId },
    include: { tokens: { select: { id: true }, take: 1 }, devices: { select: { id: true }, take: 1 } },
  })
  if (user === null) return true
  const setting = await from.setting.findUnique({ where: { name: 'company' } })
  const { methods } = companySettings(setting ?? undefined)
  const byPhone = user.phone !== '' && methods.some((method) => method === 'text' || method === 'call')
  const byMail = user.email !== '' && methods.includes('email')
  return user.tokens.length > 0 || user.devices.length > 0 || byPhone || byMail
}
