/** Company Settings: one row, saved whole. */
import { companySettings as schema } from '@sallyport/contract'
import { companySettings } from '../settings-values.ts'
import type { CompanyRepository } from '../standing-types.ts'
import type { Context } from './context.ts'
import { findSetting, savePlainSetting } from './save-setting.ts'

const company = { name: 'company', subjectKind: 'company', read: companySettings } as const

export function createCompanyRepository(context: Context): CompanyRepository {
  return {
    settings: async () => companySettings(await findSetting(context.prisma, 'company')),
    change: (input, actor) => savePlainSetting(context, schema.parse(input), company, actor),
  }
}
