/** The last sign-ins under one's own name, and saying of one that it was not one's own. */
import { z } from 'zod'
import { id, timestamp } from '../common.ts'
import { factorKind } from '../sign-in.ts'
import { portalEndpoint } from './access.ts'

export const ownSignIns = z.object({
  /** Of the last week, the newest first; at most ten. */
  rows: z.array(
    z.object({
      id,
      at: timestamp,
      /** Empty: the portal itself. */
      application: z.string(),
      /** Where it came from, as far as the device said. */
      callingStation: z.string().nullable(),
      factor: factorKind.nullable(),
      accepted: z.boolean(),
      reported: z.boolean(),
    }),
  ),
  /** Whether they may be reported, and whether that blocks whoever reports. */
  fraud: z.object({ allowed: z.boolean(), blocks: z.boolean() }),
})
export type OwnSignIns = z.infer<typeof ownSignIns>

const tag = 'Own sign-ins'

export const signIns = {
  read: portalEndpoint({
    method: 'GET',
    path: '/api/portal/sign-ins',
    summary: 'The last sign-ins of whoever is signed in; to who came by a link, none.',
    tag,
    access: 'user',
    response: ownSignIns,
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
