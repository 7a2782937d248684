/** User Portal, as administrators see it: its settings, and the links that let somebody in to enrol. */
import type { api, PortalSettings } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'
import { hashOfToken } from '../session/token-hash.ts'
import { ApiProblem } from '../problems.ts'

export interface PortalAdministrationDependencies {
  readonly store: Pick<Store, 'portalSettings' | 'enrolmentLinks'>
  readonly clock: () => Date
  readonly random: (lengthBytes: number) => Uint8Array
  /** Where people's browsers find the portal: an origin. */
  readonly portalUrl: () => string
}

const linkLifeMs = 24 * 3600_000

export function portalAdministrationHandlers(
  dependencies: PortalAdministrationDependencies,
): Handlers<typeof api.portalAdministration> {
  const { store, clock, random, portalUrl } = dependencies
  const view = (settings: PortalSettings) => ({ ...settings, url: portalUrl() })
  return {
    readSettings: async () => view(await store.portalSettings.read()),
    async changeSettings({ body, caller }) {
      const outcome = await store.portalSettings.change(body, caller.actor)
      return view(changed(outcome, { view, gone: 'These settings do not exist any more.' }))
    },
    async createLink({ params, caller }) {
      const token = Buffer.from(random(32)).toString('base64url')
      const expiresAt = new Date(clock().getTime() + linkLifeMs)
      const link = { tokenHash: hashOfToken(token), userId: params.id, expiresAt }
      if (!(await store.enrolmentLinks.create(link, caller.actor))) {
        throw new ApiProblem('not-found', { detail: 'This user does not exist any more.' })
      }
      // Behind the #: browsers keep it from every server, and from its logs.
      return { url: `${portalUrl()}/enrol#${token}`, expiresAt: expiresAt.toISOString() }
    },
  }
}
