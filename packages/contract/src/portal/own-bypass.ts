/** A one-time bypass that somebody gives themselves, and reporting a sign-in of one's own name that was not one's own. */
import { z } from 'zod'
import { id, timestamp } from '../common.ts'
import { portalEndpoint } from './access.ts'

export const ownBypassView = z.object({
  /** How long one may last; 0: nobody gives themselves any. */
  secondsAtMost: z.int(),
  /** Until when the one that is there can be used; null: there is none. */
  openUntil: timestamp.nullable(),
  /** How many more may be given today. */
  left: z.int(),
  /** Whether sign-ins may be reported, and whether that blocks whoever reports. */
  fraud: z.object({ allowed: z.boolean(), blocks: z.boolean() }),
})
export type OwnBypassView = z.infer<typeof ownBypassView>

const tag = 'Bypass and fraud'

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
  reportFraud: portalEndpoint({
    method: 'POST',
    path: '/api/portal/fraud-reports',
    summary: 'Says of a sign-in under one’s own name that it was not one’s own.',
    tag,
    access: 'user',
    body: z.strictObject({ signInId: id }),
    /** `blocked`: every session and sign-in of this person ends until somebody unblocks them. */
    response: z.object({ blocked: z.boolean() }),
  }),
} as const
