/** The OpenID Connect provider of administrators: its settings and their test, and whose account is whose. The sign-in is in `openid/`. */
import type { api } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'
import { lookAtProvider } from '../openid/look-at-provider.ts'
import { completed, openIdSettingsView } from '../openid/settings-input.ts'
import { ApiProblem } from '../problems.ts'

export interface OpenIdRouteDependencies {
  readonly store: Pick<Store, 'administrators' | 'openId'>
  /** Where the provider sends browsers back to; null: the console's own address is not known. */
  readonly redirectUri: string | null
}

export function openIdHandlers({
  store,
  redirectUri,
}: OpenIdRouteDependencies): Omit<Handlers<typeof api.openId>, 'begin' | 'finish'> {
  return {
    async read() {
      return openIdSettingsView(await store.openId.settings(), redirectUri)
    },
    async change({ body, caller }) {
      const complete = completed(body, await store.openId.settings())
      const outcome = await store.openId.change(complete, caller.actor)
      const saved = changed(outcome, {
        view: (current) => openIdSettingsView(current, redirectUri),
        gone: 'These settings exist always.',
      })
      return openIdSettingsView(saved, redirectUri)
    },
    async test({ body }) {
      return lookAtProvider(completed(body, await store.openId.settings()))
    },
    async unpin({ params, caller }) {
      if (!(await store.administrators.forgetIdentity(params.id, caller.actor))) {
        throw new ApiProblem('not-found', { detail: 'No account of the provider signs in as this administrator.' })
      }
      return undefined
    },
  }
}
