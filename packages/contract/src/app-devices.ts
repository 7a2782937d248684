/** Adding the mobile app to somebody’s device, for administrators. */
import { z } from 'zod'
import { byId, timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { helpDesk } from './roles.ts'

const tag = 'Mobile apps'

/** Shown once: `code` typed at the app under `url`, or `link` scanned, which holds both. */
export const appActivation = z.object({
  code: z.string(),
  url: z.string(),
  link: z.string(),
  expiresAt: timestamp,
})
export type AppActivation = z.infer<typeof appActivation>

export const appDevices = {
  activate: endpoint({
    method: 'POST',
    path: '/api/users/:id/app-activations',
    summary: 'Makes a code that adds the mobile app on one device, once, within ten minutes.',
    tag,
    access: helpDesk,
    params: byId,
    response: appActivation,
  }),
} as const
