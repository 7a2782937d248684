/** Pending now: who is being asked for a second factor at this moment. */
import { z } from 'zod'
import { byId, id, timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { everyRole, helpDesk } from './roles.ts'
import { factorKind } from './sign-in.ts'

export const pendingView = z.object({
  id,
  signInId: z.string(),
  user: z.object({ id: z.string(), username: z.string() }),
  method: factorKind,
  applicationName: z.string(),
  /** Where the person calls from, as the device says; null: it did not say. */
  callingStation: z.string().nullable(),
  startedAt: timestamp,
  expiresAt: timestamp,
})
export type PendingView = z.infer<typeof pendingView>

const tag = 'Pending now'

export const pending = {
  list: endpoint({
    method: 'GET',
    path: '/api/pending',
    summary: 'The people who are being asked at this moment, who began first first; at most 500.',
    tag,
    access: everyRole,
    response: z.object({ now: timestamp, rows: z.array(pendingView), total: z.int() }),
  }),
  cancel: endpoint({
    method: 'POST',
    path: '/api/pending/:id/cancel',
    summary: 'Cancels a sign-in whose person is being asked: it is refused.',
    tag,
    access: helpDesk,
    params: byId,
  }),
}
