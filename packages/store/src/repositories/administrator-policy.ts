/** What is asked of every administrator: one row, saved whole. */
import { administratorPolicy as schema } from '@sallyport/contract'
import type { AdministratorPolicyRepository } from '../administrator-factor-types.ts'
import { administratorPolicy } from '../settings-values.ts'
import type { Context } from './context.ts'
import { findSetting, savePlainSetting } from './save-setting.ts'

const policy = { name: 'administrator-policy', subjectKind: 'administrator-policy', read: administratorPolicy } as const

export function createAdministratorPolicyRepository(context: Context): AdministratorPolicyRepository {
  return {
    settings: async () => administratorPolicy(await findSetting(context.prisma, 'administrator-policy')),
    change: (input, actor) => savePlainSetting(context, schema.parse(input), policy, actor),
  }
}
