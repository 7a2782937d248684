/** One's own PIN, which some methods ask for beside their own proof. */
import { z } from 'zod'
import { timestamp } from '../common.ts'
import { portalEndpoint } from './access.ts'

export const ownPin = z.object({
  isSet: z.boolean(),
  changedAt: timestamp.nullable(),
  /** Another one has to be chosen: an administrator set it, or it is too old. */
  mustChange: z.boolean(),
  /** The way in which this user is asked wants a PIN. */
  isWanted: z.boolean(),
  minimumLength: z.int(),
})
export type OwnPin = z.infer<typeof ownPin>

const tag = 'PIN'
const digits = z.string().regex(/^[0-9]{1,12}$/, 'At most twelve digits.')

export const pin = {
  read: portalEndpoint({
    method: 'GET',
    path: '/api/portal/pin',
    summary: 'Whether there is a PIN, and what one has to be.',
    tag,
    access: 'user',
    response: ownPin,
  }),
  change: portalEndpoint({
    method: 'PUT',
    path: '/api/portal/pin',
    summary:
      'Sets a PIN where there is none, or changes it; a wrong present one counts towards the lock of the second factor.',
    tag,
    access: 'user',
    /** `present`: null where there is none. */
    body: z.strictObject({ present: digits.nullable(), pin: digits }),
    response: ownPin,
  }),
} as const
