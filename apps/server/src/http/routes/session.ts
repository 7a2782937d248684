/** First-run set-up, and an administrator's session: the sign-in in its steps, and proving again who one is. */
import type { api } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import type { Handlers } from '../handlers.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import type { BrowserMark } from '../session/browser-mark.ts'
import { firstProof, type CompleteSignIn } from '../session/complete-sign-in.ts'
import type { Passkeys } from '../session/passkeys.ts'
import type { Passwords } from '../session/passwords.ts'
import { hasFactor, type ProveFactor } from '../session/second-factor.ts'
import type { ViewSession } from '../session/session-view.ts'
import type { Sessions } from '../session/sessions.ts'
import type { SetUpCode } from '../session/set-up-code.ts'
import type { SignIn } from '../session/sign-in.ts'
import { networkOf, type Throttle } from '../session/throttle.ts'

export interface SessionRouteDependencies {
  readonly store: Pick<Store, 'administrators' | 'administratorFactors' | 'openId' | 'sessions'>
  readonly passwords: Passwords
  readonly sessions: Sessions
  readonly setUpCode: SetUpCode
  readonly signIn: SignIn
  readonly complete: CompleteSignIn
  /** Whether a provider could send browsers back: the console's own address is known. */
  readonly hasAddress: boolean
  readonly proveFactor: ProveFactor
  readonly passkeys: Passkeys
  /** Which browser asks for a sign-in by passkey. */
  readonly passkeyMark: BrowserMark
  /** Tries of the set-up code and of one's own present password, by network and by administrator. */
  readonly throttle: Throttle
  readonly viewSession: ViewSession
}

export function sessionHandlers(dependencies: SessionRouteDependencies): Handlers<typeof api.session> {
  const { store, passwords, sessions, setUpCode, throttle, proveFactor, passkeys, passkeyMark, viewSession, complete } =
    dependencies

  const presentPassword = async (id: string, typed: string, path: string) => {
    const key = `password ${id}`
    takeTry(throttle, key)
    const administrator = await store.administrators.byId(id)
    if (!(await passwords.verify(administrator?.passwordHash ?? null, typed))) {
      throw invalidInput({ path, message: 'This is not your present password.' })
    }
    throttle.clear(key)
  }

  return {
    async readSetUp() {
      const { enabled, label } = await store.openId.settings()
      const provider = enabled && dependencies.hasAddress ? { label } : null
      return { needed: (await store.administrators.count()) === 0, passkeys: passkeys.available, provider }
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
      // The second factor is asked for at the next sign-in: who reads the server's log is at work on nothing else yet.
      return complete.finish(made.value, { by: ['set-up-code'] }, { address, http })
    },
    async signIn({ body, address, http }) {
      const administrator = await dependencies.signIn({ ...body, address })
      return complete.goOn(administrator, { identity: null }, { address, http })
    },
    async proveFactor({ body, caller: { session }, address, http }) {
      const { administrator, identity } = session
      const proof = await proveFactor({ administratorId: administrator.id, code: body.code, address })
      return complete.finish(administrator, { by: [firstProof(session), proof], identity }, { address, http })
    },
    async passkeyOptions({ http: { request, reply } }) {
      return { options: { ...(await passkeys.askAny(passkeyMark.place(request, reply))) } }
    },
    async signInByPasskey({ body, address, http }) {
      const { administrator } = await passkeys.checkAny(passkeyMark.read(http.request), body.response, address)
      return complete.finish(administrator, { by: ['passkey'] }, { address, http })
    },
    async proofPasskeyOptions({ caller }) {
      return { options: { ...(await passkeys.askOwn(caller)) } }
    },
    async proveAgainByPasskey({ body, caller }) {
      await passkeys.checkOwn(caller, body.response)
      await store.sessions.prove(caller.session.tokenHash)
      return undefined
    },
    async proveAgain({ body: { password, code }, caller: { administrator, session }, address }) {
      await presentPassword(administrator.id, password, 'password')
      if (hasFactor(await store.administratorFactors.ofAdministrator(administrator.id))) {
        if (code === undefined) throw invalidInput({ path: 'code', message: 'Enter a code too.' })
        await proveFactor({ administratorId: administrator.id, code, address })
      }
      await store.sessions.prove(session.tokenHash)
      return undefined
    },
    read: ({ caller: { administrator, session } }) => viewSession(administrator, session.expiresAt),
    async signOut({ caller, http }) {
      await sessions.end(caller.session.tokenHash, http.reply)
      return undefined
    },
    async changePassword({ body, caller: { administrator, session, actor } }) {
      await presentPassword(administrator.id, body.currentPassword, 'currentPassword')
      const passwordHash = await passwords.hash(body.newPassword)
      await store.administrators.changeOwnPassword(administrator.id, passwordHash, session.tokenHash, actor)
      return undefined
    },
  }
}

function takeTry(throttle: Throttle, key: string): void {
  const waitSeconds = throttle.take(key)
  if (waitSeconds > 0) throw new ApiProblem('too-many-requests', { retryAfterSeconds: waitSeconds })
}
