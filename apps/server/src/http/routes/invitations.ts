/** Mails that invite a user to set up a second factor. */
import type { api, InvitationHindrance, InvitationView } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import { isPortalReachable } from '../../portal-reachable.ts'
import type { Handlers } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'

export interface InvitationDependencies {
  readonly store: Pick<Store, 'invitations' | 'gateways'>
  /** Where people's browsers find the portal: an origin. */
  readonly portalUrl: () => string
}

const why: Readonly<Record<InvitationHindrance, string>> = {
  'no-gateway': 'No mail gateway is enabled.',
  'no-portal-address': 'The portal’s address is one that nobody but this machine can reach.',
  disabled: 'This user is disabled.',
  blocked: 'This user is blocked.',
  'has-factor': 'This user has a second factor already.',
  'no-address': 'This user has no mail address.',
  'under-way': 'An invitation is on its way already.',
  'too-many': 'This user was invited three times within a day.',
}

export function invitationHandlers({ store, portalUrl }: InvitationDependencies): Handlers<typeof api.invitations> {
  const gone = () => new ApiProblem('not-found', { detail: 'This user does not exist any more.' })
  const ofSite = async (): Promise<InvitationHindrance | null> => {
    const hasGateway = (await store.gateways.list()).some(({ kind, enabled }) => kind === 'mail' && enabled)
    if (!hasGateway) return 'no-gateway'
    return isPortalReachable(portalUrl()) ? null : 'no-portal-address'
  }
  const view = async (id: string): Promise<InvitationView> => {
    const found = await store.invitations.ofUser(id)
    if (found === null) throw gone()
    const { invitation, hindrance } = found
    return {
      invitation: invitation && {
        ...invitation,
        createdAt: invitation.createdAt.toISOString(),
        sentAt: invitation.sentAt?.toISOString() ?? null,
        expiresAt: invitation.expiresAt?.toISOString() ?? null,
      },
      hindrance: (await ofSite()) ?? hindrance,
    }
  }
  return {
    read: ({ params }) => view(params.id),
    async send({ params, caller }) {
      const hindrance = (await ofSite()) ?? (await store.invitations.invite(params.id, caller.actor))
      if (hindrance === undefined) throw gone()
      if (hindrance !== null) {
        const code = hindrance === 'too-many' ? 'too-many-requests' : 'invalid-input'
        throw new ApiProblem(code, { detail: why[hindrance] })
      }
      return view(params.id)
    },
  }
}
