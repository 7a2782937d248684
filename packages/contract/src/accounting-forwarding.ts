/** Accounting on its way to the servers of the target: what waits, since when, and giving it up. */
import { z } from 'zod'
import { timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, everyRole } from './roles.ts'

export const accountingForwardingView = z.object({
  /** Records that were answered and that no server has acknowledged yet. */
  waiting: z.int(),
  /** With so many waiting, further ones are not answered. */
  limit: z.int(),
  /** When the oldest of them came; null where none waits. */
  since: timestamp.nullable(),
  /** Sessions that servers do not acknowledge though they live; they are tried again, up to 15 minutes apart. */
  refusedSessions: z.int(),
  /** Whether any server takes accounting. */
  taken: z.boolean(),
})
export type AccountingForwardingView = z.infer<typeof accountingForwardingView>

const tag = 'RADIUS Authentication'

export const accountingForwarding = {
  read: endpoint({
    method: 'GET',
    path: '/api/radius/accounting-forwarding',
    summary: 'What waits to be forwarded to the accounting ports of the target’s servers.',
    tag,
    access: everyRole,
    response: accountingForwardingView,
  }),
  discard: endpoint({
    method: 'POST',
    path: '/api/radius/accounting-forwarding/discard',
    summary: 'Gives up what waits to be forwarded; the reports here keep it.',
    tag,
    access: administratorsOnly,
    response: accountingForwardingView,
  }),
}
