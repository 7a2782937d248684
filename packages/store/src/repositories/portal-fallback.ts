/** What lets people into the portal without their second factor: one row, saved whole. */
import { portalFallbackSettings as schema } from '@sallyport/contract'
import type { PortalFallbackRepository } from '../fallback-types.ts'
import { portalFallbackSettings } from '../settings-values.ts'
import type { Context } from './context.ts'
import { findSetting, savePlainSetting } from './save-setting.ts'

const fallback = { name: 'portal-fallback', subjectKind: 'portal-fallback', read: portalFallbackSettings } as const

export function createPortalFallbackRepository(context: Context): PortalFallbackRepository {
  return {
    read: async () => portalFallbackSettings(await findSetting(context.prisma, 'portal-fallback')),
    change: (input, actor) => savePlainSetting(context, schema.parse(input), fallback, actor),
  }
}
