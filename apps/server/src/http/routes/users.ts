/** Users: the people who sign in through RADIUS clients. */
import type { api } from '@sallyport/contract'
import { usernameKey, type Store } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'
import { refuseOwned } from '../directory-owned.ts'
import { csvOfUsers } from '../export/users-csv.ts'
import { exportFile } from '../export/export-file.ts'
import { putInForce } from '../in-force.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import type { Passwords } from '../session/passwords.ts'
import { keptPassword } from '../user-passwords.ts'
import { userView } from '../user-view.ts'

export interface UserRouteDependencies {
  readonly store: Pick<Store, 'users' | 'directorySync'>
  readonly engine: EngineControl
  readonly passwords: Pick<Passwords, 'hash'>
  readonly clock: () => Date
}

const words = {
  view: userView,
  gone: 'This user does not exist any more.',
  taken: { username: 'A user with this name exists already; capital letters and accents make no difference.' },
}

export function userHandlers({ store, engine, passwords, clock }: UserRouteDependencies): Handlers<typeof api.users> {
  const inForce = (...ids: string[]) => putInForce(engine, { topic: 'users', ids })
  return {
    async list({ query }) {
      const page = await store.users.list(query)
      return { ...page, rows: page.rows.map(userView) }
    },
    async read({ params }) {
      const user = await store.users.byId(params.id)
      if (user === null) throw new ApiProblem('not-found', { detail: words.gone })
      return userView(user)
    },
    async create({ body, caller }) {
      refuseInvisibleName(body.username)
      const { password, ...fields } = body
      const kept = password && (await keptPassword(passwords, password, body.username, 'password.password'))
      const user = changed(
        await store.users.create({ ...fields, ...(kept && { password: kept }) }, caller.actor),
        words,
      )
      await inForce(user.id)
      return userView(user)
    },
    async change({ params, body, caller }) {
      refuseInvisibleName(body.username)
      const present = await store.users.byId(params.id)
      if (present !== null) await refuseOwned(store, present, { ...present }, body)
      const user = changed(await store.users.change(params.id, body, caller.actor), words)
      await inForce(user.id)
      return userView(user)
    },
    async remove({ params, query, caller }) {
      changed(await store.users.remove(params.id, query.version, caller.actor), words)
      await inForce(params.id)
      return undefined
    },
    async unlockFactor({ params, caller }) {
      const user = changed(await store.users.unlockFactor(params.id, caller.actor), words)
      await inForce(user.id)
      return userView(user)
    },
    export() {
      // Pulled: a piece is read when the browser has taken the one before, and no more once it has gone.
      return Promise.resolve(exportFile('users', clock(), 'csv', csvOfUsers(store.users.stream())))
    },
  }
}

/** A name of which nothing is left when it is matched would match nobody, or everybody like it. */
function refuseInvisibleName(username: string): void {
  if (usernameKey(username) === '') {
    throw invalidInput({ path: 'username', message: 'Enter a name with letters or digits in it.' })
  }
}
