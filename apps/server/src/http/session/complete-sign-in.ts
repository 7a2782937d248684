/** What follows the first step of a sign-in, whichever it was: the second factor, setting one up, or nothing any more. */
import type { SessionView, SignInAnswer } from '@sallyport/contract'
import type { AdministratorRecord, ProviderIdentity, SignInProof, Store } from '@sallyport/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiProblem } from '../problems.ts'
import { hasFactor } from './second-factor.ts'
import { ownFactors, type ViewSession } from './session-view.ts'
import type { Sessions } from './sessions.ts'
import { networkOf, type Throttle } from './throttle.ts'

/** The first step that somebody took. */
export interface FirstStep {
  /** The account at the provider; null: it was the password. */
  readonly identity: ProviderIdentity | null
  /** That it was both factors at once. */
  readonly isMultifactor?: boolean
}

/** Where the sign-in comes from, and what its cookies are set on. */
interface Place {
  readonly address: string
  readonly http: { readonly request: FastifyRequest; readonly reply: FastifyReply }
}

export interface CompleteSignIn {
  readonly goOn: (administrator: AdministratorRecord, first: FirstStep, place: Place) => Promise<SignInAnswer>
  /** The sign-in is done: a session that may do everything, and its entry in the audit trail. */
  readonly finish: (
    administrator: AdministratorRecord,
    proof: { readonly by: readonly SignInProof[]; readonly identity?: ProviderIdentity | null },
    place: Place,
  ) => Promise<SessionView>
}

export interface CompleteSignInDependencies {
  readonly store: Pick<Store, 'administrators' | 'administratorFactors' | 'administratorPolicy'>
  readonly sessions: Sessions
  readonly viewSession: ViewSession
  /** Tries of sign-ins by network: cleared once one is done. */
  readonly throttle: Throttle
}

/** How the first step of a half-done sign-in was proven. */
export function firstProof({ identity }: { readonly identity: ProviderIdentity | null }): SignInProof {
  return identity === null ? 'password' : 'openid-connect'
}

export function createCompleteSignIn(dependencies: CompleteSignInDependencies): CompleteSignIn {
  const { store, sessions, viewSession, throttle } = dependencies
  const finish: CompleteSignIn['finish'] = async (administrator, { by, identity = null }, { address, http }) => {
    const actor = { id: administrator.id, name: administrator.username, address }
    // Another account was the first to sign in as them, while this one was on its way.
    if (!(await store.administrators.noteSignIn(administrator.id, actor, by, identity))) {
      throw new ApiProblem('sign-in-failed')
    }
    throttle.clear(networkOf(address))
    return viewSession(administrator, await sessions.start(administrator, 'full', http.request, http.reply))
  }
  return {
    finish,
    async goOn(administrator, { identity, isMultifactor = false }, place) {
      const { request, reply } = place.http
      const proof = { by: [firstProof({ identity })], identity }
      if (isMultifactor) return { next: 'nothing', session: await finish(administrator, proof, place) }
      const factors = await store.administratorFactors.ofAdministrator(administrator.id)
      if (hasFactor(factors)) {
        await sessions.start(administrator, 'factor', request, reply, identity)
        return { next: 'factor', factors: [...ownFactors(factors)] }
      }
      if ((await store.administratorPolicy.settings()).secondFactorRequired) {
        await sessions.start(administrator, 'enrolment', request, reply, identity)
        return { next: 'enrolment' }
      }
      return { next: 'nothing', session: await finish(administrator, proof, place) }
    },
  }
}
