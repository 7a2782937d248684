/** Built-in users: what they may sign in with, and their passwords, in force when the answer goes out. */
import type { api, BuiltInView } from '@sallyport/contract'
import type { BuiltInSettings, Store } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'
import { ApiProblem } from '../problems.ts'
import type { Passwords } from '../session/passwords.ts'
import { keptPassword } from '../user-passwords.ts'
import { userView } from '../user-view.ts'

export interface BuiltInRouteDependencies {
  readonly store: Pick<Store, 'builtIn' | 'users'>
  readonly engine: EngineControl
  readonly passwords: Pick<Passwords, 'hash'>
}

const userWords = { view: userView, gone: 'This user does not exist any more.' }

export function builtInHandlers({ store, engine, passwords }: BuiltInRouteDependencies): Handlers<typeof api.builtIn> {
  const view = async (settings: BuiltInSettings): Promise<BuiltInView> => ({
    ...settings,
    ...(await store.builtIn.counts()),
  })
  return {
    async read() {
      return view(await store.builtIn.settings())
    },
    async change({ body, caller }) {
      const outcome = await store.builtIn.changeSettings(body, caller.actor)
      const current = outcome.ok || outcome.problem !== 'changed-meanwhile' ? null : await view(outcome.current)
      const settings = changed(outcome, { view: () => current, gone: 'The settings do not exist.' })
      await putInForce(engine, { topic: 'target' })
      return view(settings)
    },
    async setPassword({ params, body, caller }) {
      const user = await store.users.byId(params.id)
      if (user === null) throw new ApiProblem('not-found', { detail: userWords.gone })
      const kept = await keptPassword(passwords, body, user.username, 'password')
      const outcome = await store.builtIn.setPassword(user.id, kept, caller.actor)
      // The engine reads a password when it is asked for: there is nothing to tell it.
      return userView(changed(outcome, userWords))
    },
    async removePassword({ params, caller }) {
      return userView(changed(await store.builtIn.removePassword(params.id, caller.actor), userWords))
    },
  }
}
