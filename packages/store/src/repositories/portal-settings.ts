/** User Portal's settings: one row, saved whole. */
import { portalSettings as schema } from '@sallyport/contract'
import type { PortalSettingsRepository } from '../portal-types.ts'
import { portalSettings } from '../settings-values.ts'
import type { Context } from './context.ts'
import { findSetting, savePlainSetting } from './save-setting.ts'

const portal = { name: 'portal', subjectKind: 'portal-settings', read: portalSettings } as const

export function createPortalSettingsRepository(context: Context): PortalSettingsRepository {
  return {
    read: async () => portalSettings(await findSetting(context.prisma, 'portal')),
    change: (input, actor) => savePlainSetting(context, schema.parse(input), portal, actor),
  }
}
