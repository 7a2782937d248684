/** The way into the portal without a second factor, as administrators see it: what is allowed, and what a user has of it. */
import type { api } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'

export interface PortalFallbackDependencies {
  readonly store: Pick<Store, 'portalFallback' | 'recoveryCodes' | 'securityAnswers' | 'users'>
}

export function portalFallbackHandlers({ store }: PortalFallbackDependencies): Handlers<typeof api.portalFallback> {
  const gone = () => new ApiProblem('not-found', { detail: 'There is nothing to remove any more.' })
  return {
    readSettings: () => store.portalFallback.read(),
    async changeSettings({ body, caller }) {
      const outcome = await store.portalFallback.change(body, caller.actor)
      return changed(outcome, { view: (settings) => settings, gone: 'These settings do not exist any more.' })
    },
    async ofUser({ params: { id } }) {
      if ((await store.users.byId(id)) === null)
        throw new ApiProblem('not-found', { detail: 'This user does not exist any more.' })
      const [codes, answers] = await Promise.all([store.recoveryCodes.standing(id), store.securityAnswers.list(id)])
      const [first] = answers
      return {
        recoveryCodes: codes && { left: codes.left, createdAt: codes.createdAt.toISOString() },
        securityQuestions: first ? { count: answers.length, createdAt: first.createdAt.toISOString() } : null,
      }
    },
    async removeRecoveryCodes({ params, caller }) {
      if (!(await store.recoveryCodes.remove(params.id, caller.actor))) throw gone()
      return undefined
    },
    async removeSecurityQuestions({ params, caller }) {
      if (!(await store.securityAnswers.remove(params.id, caller.actor))) throw gone()
      return undefined
    },
  }
}
