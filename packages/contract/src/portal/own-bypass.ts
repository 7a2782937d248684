/** A one-time bypass that somebody gives themselves. */
import { z } from 'zod'
import { timestamp } from '../common.ts'
import { portalEndpoint } from './access.ts'

export const ownBypassView = z.object({
  /** How long one may last; 0: nobody gives themselves any. */
  secondsAtMost: z.int(),
  /** Until when the one that is there can be used; null: there is none. */
  openUntil: timestamp.nullable(),
  /** How many more may be given today. */
  left: z.int(),
})
export type OwnBypassView = z.infer<typeof ownBypassView>

const tag = 'Bypass'

export const ownBypass = {
  read: portalEndpoint({
    method: 'GET',
    path: '/api/portal/bypass',
    summary: 'Whether one may sign in once without a second factor, and until when.',
    tag,
    access: 'user',
    response: ownBypassView,
  }),
  give: portalEndpoint({
    method: 'POST',
    path: '/api/portal/bypass',
    summary: 'Lets whoever is signed in sign in once without a second factor, anywhere but here.',
    tag,
    access: 'user',
    body: z.strictObject({ seconds: z.int('Whole seconds.').min(10, 'At least 10 seconds.').max(3600) }),
    response: ownBypassView,
  }),
  end: portalEndpoint({
    method: 'POST',
    path: '/api/portal/bypass/end',
    summary: 'Takes back the bypass that was not used.',
    tag,
    access: 'user',
    response: ownBypassView,
  }),
} as const
