/** User Portal's settings: one row, saved whole. */
import { portalSettings as schema } from '@sallyport/contract'
import { appendAudit } from '../audit/append.ts'
import { differences } from '../audit/differences.ts'
import type { PortalSettingsRepository } from '../portal-types.ts'
import { portalSettings } from '../settings-values.ts'
import { changedMeanwhile, done, type Context, type Transaction } from './context.ts'

const name = 'portal'

export function createPortalSettingsRepository({ prisma, clock }: Context): PortalSettingsRepository {
  const read = async (from: Transaction) =>
    portalSettings((await from.setting.findUnique({ where: { name } })) ?? undefined)
  return {
    read: () => read(prisma),
    change: (input, actor) =>
      prisma.$transaction(async (tx) => {
        const current = await read(tx)
        const { version, ...values } = schema.parse(input)
        if (current.version !== version) return changedMeanwhile(current)
        const data = { value: JSON.stringify(values), sealed: null, version: version + 1, updatedAt: clock() }
        const saved = portalSettings(
          await tx.setting.upsert({ where: { name }, create: { name, ...data }, update: data }),
        )
        const { before, after } = differences(current, { ...values, version })
        await appendAudit(tx, clock(), actor, {
          ...{ action: 'changed', subjectKind: 'portal-settings', subjectId: null, subjectName: null, before, after },
        })
        return done(saved)
      }),
  }
}
