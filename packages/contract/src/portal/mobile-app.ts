/** Setting up the mobile app from the portal: a code for the device, and a code of the device that proves that it is its owner's. */
import { z } from 'zod'
import { appActivation } from '../app-devices.ts'
import { id, timestamp } from '../common.ts'
import { oathCode } from '../oath.ts'
import { portalEndpoint } from './access.ts'
import { ownFactors } from './factors.ts'

/** A device that was registered and counts for nothing yet; null: none was. */
export const mobileAppCandidate = z.object({
  device: z.object({ id, name: z.string(), createdAt: timestamp, expiresAt: timestamp }).nullable(),
})
export type MobileAppCandidate = z.infer<typeof mobileAppCandidate>

const tag = 'Mobile app'

export const mobileApp = {
  begin: portalEndpoint({
    method: 'POST',
    path: '/api/portal/mobile-app',
    summary: 'Makes a code that adds the mobile app on one device, once, within ten minutes. Earlier ones are void.',
    tag,
    access: 'user',
    /** The only answer that ever holds the code. */
    response: appActivation,
  }),
  read: portalEndpoint({
    method: 'GET',
    path: '/api/portal/mobile-app',
    summary: 'Whether a device has used the code.',
    tag,
    access: 'user',
    response: mobileAppCandidate,
  }),
  confirm: portalEndpoint({
    method: 'POST',
    path: '/api/portal/mobile-app/confirm',
    summary: 'Makes the device one’s second factor, once a code that it shows is right. The code is used up.',
    tag,
    access: 'user',
    body: z.strictObject({ id, code: oathCode }),
    response: ownFactors,
  }),
  discard: portalEndpoint({
    method: 'POST',
    path: '/api/portal/mobile-app/discard',
    summary: 'Throws away the code, and the device that used it.',
    tag,
    access: 'user',
  }),
} as const
