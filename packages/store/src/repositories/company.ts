/** Company Settings: one row, saved whole. */
import { companySettings as schema } from '@sallyport/contract'
import { appendAudit } from '../audit/append.ts'
import { differences } from '../audit/differences.ts'
import { companySettings } from '../settings-values.ts'
import type { CompanyRepository } from '../standing-types.ts'
import { changedMeanwhile, done, type Context, type Transaction } from './context.ts'

const name = 'company'

export function createCompanyRepository({ prisma, clock }: Context): CompanyRepository {
  const read = async (from: Transaction) =>
    companySettings((await from.setting.findUnique({ where: { name } })) ?? undefined)
  return {
    settings: () => read(prisma),
    change: (input, actor) =>
      prisma.$transaction(async (tx) => {
        const current = await read(tx)
        const { version, ...values } = schema.parse(input)
        if (current.version !== version) return changedMeanwhile(current)
        const data = { value: JSON.stringify(values), sealed: null, version: version + 1, updatedAt: clock() }
        const saved = companySettings(
          await tx.setting.upsert({ where: { name }, create: { name, ...data }, update: data }),
        )
        const { before, after } = differences(current, { ...values, version })
        await appendAudit(tx, clock(), actor, {
          ...{ action: 'changed', subjectKind: 'company', subjectId: null, subjectName: null, before, after },
        })
        return done(saved)
      }),
  }
}
