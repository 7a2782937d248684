/** What administrators see and change of themselves: the authenticator app, recovery codes, sessions. */
import type { api, PasskeyRow } from '@sallyport/contract'
import type { Actor, AdministratorFactors, PasskeyRecord, Store } from '@sallyport/store'
import { encodeBase32, otpauthUri } from '../../oath/otpauth.ts'
import { matchTotp } from '../../oath/totp.ts'
import type { Handlers } from '../handlers.ts'
import { drawRecoveryCodes, foldRecoveryCode } from '../portal-fallback/recovery-code.ts'
import { createDrawnSecrets } from '../portal-factors/drawn-secrets.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import { firstProof, type CompleteSignIn } from '../session/complete-sign-in.ts'
import type { Passkeys } from '../session/passkeys.ts'
import { appToken, hasFactor } from '../session/second-factor.ts'
import { sessionRow } from '../session/session-row.ts'
import type { ViewSession } from '../session/session-view.ts'
import type { Throttle } from '../session/throttle.ts'

export interface AccountDependencies {
  readonly store: Pick<
    Store,
    'administrators' | 'administratorFactors' | 'administratorPolicy' | 'passkeys' | 'sessions'
  >
  readonly complete: CompleteSignIn
  readonly viewSession: ViewSession
  readonly passkeys: Passkeys
  /** Codes that shall prove a new authenticator app, by administrator. */
  readonly throttle: Throttle
  readonly clock: () => Date
  readonly random: (lengthBytes: number) => Uint8Array
}

/** RFC 4226 §4 R6 recommends 160 bits. */
const secretBytes = 20
const noSuchSession = 'This session has ended already.'

export function accountHandlers(dependencies: AccountDependencies): Handlers<typeof api.account> {
  const { store, complete, viewSession, passkeys, throttle, clock, random } = dependencies
  const { administratorFactors: factors } = store
  const drawn = createDrawnSecrets(clock)
  const drawCodes = async (id: string, actor: Actor) => {
    const codes = drawRecoveryCodes(random)
    await factors.replaceRecoveryCodes(id, codes.map(foldRecoveryCode), actor)
    return [...codes]
  }
  /** @param without what somebody would have left */
  const lastOneStays = async (id: string, without: (own: AdministratorFactors) => AdministratorFactors) => {
    const own = await factors.ofAdministrator(id)
    const { secondFactorRequired } = await store.administratorPolicy.settings()
    if (!secondFactorRequired || hasFactor(without(own))) return
    throw new ApiProblem('in-use', {
      detail: 'Every administrator needs a second factor: set up another one first, or replace this one.',
    })
  }
  return {
    async read({ caller: { administrator } }) {
      const [record, own, policy, keys] = await Promise.all([
        store.administrators.byId(administrator.id),
        factors.ofAdministrator(administrator.id),
        store.administratorPolicy.settings(),
        store.passkeys.ofAdministrator(administrator.id),
      ])
      const { totp, recoveryCodes: codes } = own
      return {
        username: administrator.username,
        lastSignInAt: record?.lastSignInAt?.toISOString() ?? null,
        totp: totp === null ? null : { createdAt: totp.createdAt.toISOString() },
        recoveryCodes: codes === null ? null : { left: codes.left, createdAt: codes.createdAt.toISOString() },
        passkeys: keys.map(passkeyRow),
        secondFactorRequired: policy.secondFactorRequired,
      }
    },

    async passkeyOptions({ caller }) {
      return { options: { ...(await passkeys.askNew(caller)) } }
    },

    addPasskey: async ({ body, caller }) => passkeyRow(await passkeys.add(caller, body)),

    async removePasskey({ params, caller: { administrator, session, actor } }) {
      await lastOneStays(administrator.id, (own) => ({ ...own, passkeys: own.passkeys - 1 }))
      if (!(await store.passkeys.remove(administrator.id, params.id, session.tokenHash, actor))) {
        throw new ApiProblem('not-found', { detail: 'This passkey was removed already.' })
      }
      return undefined
    },

    // eslint-disable-next-line @typescript-eslint/require-await -- handlers are asynchronous; this one has nothing to wait for
    async beginTotp({ caller: { administrator, session } }) {
      const secret = random(secretBytes)
      const expiresAt = drawn.keep(session.tokenHash, secret)
      if (expiresAt === undefined) throw new ApiProblem('unavailable')
      const token = { ...appToken, secret, account: administrator.username, type: 'totp', counter: 0 } as const
      return { uri: otpauthUri(token), secret: encodeBase32(secret), expiresAt: expiresAt.toISOString() }
    },

    async confirmTotp({ body: { code }, caller: { administrator, session, actor }, address, http }) {
      const retryAfterSeconds = throttle.take(administrator.id)
      if (retryAfterSeconds > 0) throw new ApiProblem('too-many-requests', { retryAfterSeconds })
      const secret = drawn.peek(session.tokenHash)
      if (secret === undefined) {
        throw new ApiProblem('not-found', { detail: 'This code is too old: begin again with a new one.' })
      }
      const match = matchTotp({ ...appToken, secret, code, nowMs: clock().getTime(), window: 1, afterStep: null })
      if (match.kind !== 'right') {
        throw invalidInput({ path: 'code', message: 'This is not the code that the app shows now.' })
      }
      drawn.forget(session.tokenHash)
      throttle.clear(administrator.id)
      const before = await factors.ofAdministrator(administrator.id)
      // Somebody else with the password was faster: theirs is asked for now.
      if (session.stage !== 'full' && hasFactor(before)) throw new ApiProblem('sign-in-required')
      await factors.setTotp(administrator.id, { secret, step: match.step, keepSession: session.tokenHash }, actor)
      const isFirst = before.recoveryCodes === null
      const recoveryCodes = isFirst ? await drawCodes(administrator.id, actor) : null
      if (session.stage === 'full') {
        return { recoveryCodes, session: await viewSession(administrator, session.expiresAt) }
      }
      // What was missing is there: the sign-in is done.
      const proof = { by: [firstProof(session), 'totp'], identity: session.identity } as const
      return { recoveryCodes, session: await complete.finish(session.administrator, proof, { address, http }) }
    },

    async removeTotp({ caller: { administrator, actor } }) {
      await lastOneStays(administrator.id, (own) => ({ ...own, totp: null }))
      if (!(await factors.removeTotp(administrator.id, actor))) throw new ApiProblem('not-found')
      return undefined
    },

    async drawRecoveryCodes({ caller: { administrator, actor } }) {
      if (!hasFactor(await factors.ofAdministrator(administrator.id))) {
        throw new ApiProblem('not-found', { detail: 'Set up a second factor first: recovery codes stand in for it.' })
      }
      return { codes: await drawCodes(administrator.id, actor) }
    },

    async sessions({ caller: { administrator, session } }) {
      const rows = await store.sessions.ofAdministrator(administrator.id)
      return { rows: rows.map((row) => sessionRow(row, session)) }
    },

    async endSession({ params, caller: { administrator, actor } }) {
      const own = await store.sessions.ofAdministrator(administrator.id)
      const isOwn = own.some(({ id }) => id === params.id)
      if (!isOwn || !(await store.sessions.revoke(params.id, actor))) {
        throw new ApiProblem('not-found', { detail: noSuchSession })
      }
      return undefined
    },

    async endOtherSessions({ caller: { administrator, session, actor } }) {
      await store.sessions.revokeAll(administrator.id, session.tokenHash, actor)
      return undefined
    },
  }
}

function passkeyRow({ id, name, createdAt, lastUsedAt }: PasskeyRecord): PasskeyRow {
  return { id, name, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null }
}
