/** Mails that invite a user to set up a second factor by a link that works once. */
import { z } from 'zod'
import { byId, timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { everyRole, helpDesk } from './roles.ts'

/** `replaced`: a newer link took the place of the one in the mail; `withdrawn`: it was not to be sent any more when its turn came. */
export const invitationState = z.enum(['waiting', 'sent', 'used', 'expired', 'replaced', 'failed', 'withdrawn'])
export type InvitationState = z.infer<typeof invitationState>

/** Why nobody can be invited now, or this user cannot. `under-way`: one waits already; `too-many`: three within a day. */
export const invitationHindrance = z.enum([
  'no-gateway',
  'no-portal-address',
  'disabled',
  'blocked',
  'has-factor',
  'no-address',
  'under-way',
  'too-many',
])
export type InvitationHindrance = z.infer<typeof invitationHindrance>

const view = z.object({
  /** The last one; null: there was none. */
  invitation: z
    .object({
      state: invitationState,
      invitedBy: z.string(),
      createdAt: timestamp,
      /** To which the mail went, or was to go; empty: none was written. */
      address: z.string(),
      sentAt: timestamp.nullable(),
      expiresAt: timestamp.nullable(),
      /** What the mail server said, shortened; of a withdrawn one, its reason. */
      problem: z.string().nullable(),
    })
    .nullable(),
  /** Null: an invitation can be sent. */
  hindrance: invitationHindrance.nullable(),
})
export type InvitationView = z.infer<typeof view>

const tag = 'User Portal'

export const invitations = {
  read: endpoint({
    method: 'GET',
    path: '/api/users/:id/invitation',
    summary: 'The last mail that invited this user to set up a second factor, and whether one can be sent now.',
    tag,
    access: everyRole,
    params: byId,
    response: view,
  }),
  send: endpoint({
    method: 'POST',
    path: '/api/users/:id/invitation',
    summary:
      'Puts a mail to this user in line, with a link that lets them in once within three days to set up a second factor.',
    tag,
    access: helpDesk,
    params: byId,
    response: view,
  }),
}
