/** First-run set-up, and an administrator's session. */
import type { api, SessionView } from '@sallyport/contract'
import type { AdministratorRecord, Store } from '@sallyport/store'
import type { Handlers } from '../handlers.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import type { Passwords } from '../session/passwords.ts'
import type { Sessions } from '../session/sessions.ts'
import type { SetUpCode } from '../session/set-up-code.ts'
import type { SignIn } from '../session/sign-in.ts'
import { networkOf, type Throttle } from '../session/throttle.ts'

export interface SessionRouteDependencies {
  readonly store: Pick<Store, 'administrators'>
  readonly passwords: Passwords
  readonly sessions: Sessions
  readonly setUpCode: SetUpCode
  readonly signIn: SignIn
  /** Tries of the set-up code and of one's own present password, by network and by administrator. */
  readonly throttle: Throttle
  readonly sampleSite: boolean
}

export function sessionHandlers(dependencies: SessionRouteDependencies): Handlers<typeof api.session> {
  const { store, passwords, sessions, setUpCode, throttle, sampleSite } = dependencies
  const view = (administrator: AdministratorRecord, expiresAt: Date): SessionView => ({
    administrator: { id: administrator.id, username: administrator.username, role: administrator.role },
    expiresAt: expiresAt.toISOString(),
    sampleSite,
  })
  return {
    async readSetUp() {
      return { needed: (await store.administrators.count()) === 0 }
    },
    async setUp({ body, address, http, log }) {
      if ((await store.administrators.count()) > 0) throw new ApiProblem('set-up-done')
      takeTry(throttle, `set-up ${networkOf(address)}`)
      if (setUpCode.check(body.code) === 'wrong') {
        log.warn({ address }, 'somebody tried a wrong set-up code')
        throw new ApiProblem('set-up-code-wrong', {
          detail: 'That is not the set-up code. The one in use is in the server’s log.',
        })
      }
      const passwordHash = await passwords.hash(body.password)
      const actor = { id: null, name: 'set-up', address }
      const made = await store.administrators.createFirst({ username: body.username, passwordHash }, actor)
      if (!made.ok) throw new ApiProblem('set-up-done')
      setUpCode.spend()
      const own = { id: made.value.id, name: made.value.username, address }
      await store.administrators.noteSignIn(made.value.id, own)
      return view(made.value, await sessions.start(made.value, http.request, http.reply))
    },
    async signIn({ body, address, http }) {
      const administrator = await dependencies.signIn({ ...body, address })
      return view(administrator, await sessions.start(administrator, http.request, http.reply))
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- handlers are asynchronous; this one has nothing to wait for
    async read({ caller }) {
      return view(caller.administrator, caller.expiresAt)
    },
    async signOut({ caller, http }) {
      await sessions.end(caller.tokenHash, http.reply)
      return undefined
    },
    async changePassword({ body, caller }) {
      const key = `password ${caller.administrator.id}`
      takeTry(throttle, key)
      if (!(await passwords.verify(caller.administrator.passwordHash, body.currentPassword))) {
        throw invalidInput({ path: 'currentPassword', message: 'This is not your present password.' })
      }
      throttle.clear(key)
      const passwordHash = await passwords.hash(body.newPassword)
      await store.administrators.changeOwnPassword(
        caller.administrator.id,
        passwordHash,
        caller.tokenHash,
        caller.actor,
      )
      return undefined
    },
  }
}

function takeTry(throttle: Throttle, key: string): void {
  const waitSeconds = throttle.take(key)
  if (waitSeconds > 0) throw new ApiProblem('too-many-requests', { retryAfterSeconds: waitSeconds })
}
