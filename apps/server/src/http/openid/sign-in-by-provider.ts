/** The sign-in by a provider: sends a browser there, and lets in whom it says, where that is an administrator of ours. */
import { randomBytes } from 'node:crypto'
import { openIdRefusals as said, type api } from '@sallyport/contract'
import type { AdministratorRecord, IdentityRefusal, ProviderIdentity, Store } from '@sallyport/store'
import type { Handlers } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'
import type { BrowserMark } from '../session/browser-mark.ts'
import type { CompleteSignIn } from '../session/complete-sign-in.ts'
import type { KnownAddresses } from '../session/known-addresses.ts'
import { networkOf, type Throttle } from '../session/throttle.ts'
import type { ProviderAccount } from './account.ts'
import { createBegunSignIns } from './begun-sign-ins.ts'
import { createProvider } from './provider.ts'

/** The page of the console where the provider sends browsers back to; null: nobody said where browsers find the console. */
export function redirectUriAt(consoleOrigin: string | undefined): string | null {
  return consoleOrigin === undefined ? null : `${consoleOrigin}/sign-in/provider`
}

export interface SignInByProviderDependencies {
  readonly store: Pick<Store, 'administrators' | 'openId'>
  /** The console's origin as browsers have it; undefined: none is configured. */
  readonly origin: string | undefined
  readonly mark: BrowserMark
  readonly complete: CompleteSignIn
  /** Tries of sign-ins by network. */
  readonly throttle: Throttle
  readonly knownAddresses: KnownAddresses
  readonly clock: () => Date
  readonly random?: (lengthBytes: number) => Uint8Array
}

export type SignInByProvider = Pick<Handlers<typeof api.openId>, 'begin' | 'finish'>

export function createSignInByProvider(dependencies: SignInByProviderDependencies): SignInByProvider {
  const { store, origin, mark, complete, throttle, clock, random = randomBytes } = dependencies
  const begun = createBegunSignIns(clock)
  const redirectUri = redirectUriAt(origin)
  const asked = redirectUri === null ? null : createProvider(redirectUri, clock)
  const draw = () => Buffer.from(random(32)).toString('base64url')
  const inUse = async () => {
    const settings = await store.openId.settings()
    if (asked === null || !settings.enabled) throw new ApiProblem('not-found', { detail: said.off })
    return { settings, provider: asked }
  }
  return {
    async begin({ http: { request, reply }, log }) {
      const { settings, provider } = await inUse()
      const from = request.headers.origin
      // It would come back to where this browser has no mark.
      if (from !== undefined && from !== origin) {
        throw new ApiProblem('unavailable', { detail: said.elsewhere })
      }
      const state = draw()
      const signIn = {
        ...{ browser: mark.place(request, reply), nonce: draw(), codeVerifier: draw() },
        settingsVersion: settings.version,
      }
      const address = await provider.addressFor(settings, signIn, state)
      if (address.outcome !== 'address') {
        log.warn({ why: address.why }, 'the OpenID provider cannot be used')
        throw new ApiProblem('unavailable', { detail: said.down })
      }
      begun.keep(state, signIn)
      return { url: address.url }
    },

    async finish({ body, address, http, log }) {
      const retryAfterSeconds = throttle.take(networkOf(address))
      if (retryAfterSeconds > 0) throw new ApiProblem('too-many-requests', { retryAfterSeconds })
      const { settings, provider } = await inUse()
      const answer = new URLSearchParams(body.answer)
      const signIn = begun.take(answer.get('state') ?? '', mark.read(http.request))
      if (signIn?.settingsVersion !== settings.version) throw new ApiProblem('sign-in-failed', { detail: said.stale })
      const result = await provider.accountFor(settings, signIn, answer)
      if (result.outcome !== 'account') {
        log.warn({ why: result.why, address }, `a sign-in by the OpenID provider: ${result.outcome}`)
        if (result.outcome === 'unreachable') throw new ApiProblem('unavailable', { detail: said.down })
        throw new ApiProblem('sign-in-failed', { detail: said[result.outcome] })
      }
      const found = await administratorFor(dependencies, result.account, address)
      if (found.why !== null) {
        const { identity, username } = result.account
        log.warn({ why: found.why, identity, username, address }, 'an account of the OpenID provider was not let in')
        throw new ApiProblem('sign-in-failed', { detail: said.nobody })
      }
      const { identity, isMultifactor } = result.account
      return complete.goOn(found.administrator, { identity, isMultifactor }, { address, http })
    },
  }
}

type Found =
  { readonly administrator: AdministratorRecord; readonly why: null } | { readonly why: IdentityRefusal | 'unknown' }

/** Whose account it is: who it signed in as before, else whom it names, if nobody has signed in as them by another one. */
async function administratorFor(
  { store: { administrators }, knownAddresses, clock }: SignInByProviderDependencies,
  { identity, username }: ProviderAccount,
  address: string,
): Promise<Found> {
  const administrator =
    (await administrators.byIdentity(identity)) ??
    (username === null ? null : await administrators.byUsername(username))
  if (administrator === null) return { why: 'unknown' }
  const { id, lockedUntil } = administrator
  const isLocked = lockedUntil !== null && lockedUntil > clock() && !knownAddresses.has(id, address)
  const why = refusal(administrator, identity, isLocked)
  if (why === null) return { administrator, why }
  await administrators.noteRefusedIdentity(id, why, identity, { id: null, name: 'sign-in', address })
  return { why }
}

function refusal(
  { identity: own, enabled }: AdministratorRecord,
  { issuer, subject }: ProviderIdentity,
  isLocked: boolean,
): IdentityRefusal | null {
  if (own !== null && (own.issuer !== issuer || own.subject !== subject)) return 'other-account'
  if (!enabled) return 'disabled'
  return isLocked ? 'locked' : null
}
