/** Who may call an endpoint: what its description names, and nobody else. */
import type { Endpoint } from '@sallyport/contract'
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import type { Caller, SignedInCaller } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'
import { bringsToken, type ApiTokens } from '../session/api-tokens.ts'
import type { Sessions } from '../session/sessions.ts'

const callers = new WeakMap<FastifyRequest, Caller>()

/** The caller whom `authorise` let in; null at public endpoints. */
export function callerOf(request: FastifyRequest): Caller | null {
  return callers.get(request) ?? null
}

/** For how long a proof of who somebody is counts. */
const provenForMs = 10 * 60_000

type Who = Pick<Endpoint, 'access' | 'stages' | 'reauthenticate' | 'noTokens'>

export interface AuthoriseDependencies {
  readonly sessions: Pick<Sessions, 'find'>
  readonly apiTokens: ApiTokens
  readonly clock: () => Date
}

/** A hook that runs before a body is read: no session and no token, no reading. */
export function createAuthorise({ sessions, apiTokens, clock }: AuthoriseDependencies) {
  /** Roles count for both; stages and proofs are a session's alone, which a token does not have. */
  const callerFor = async (request: FastifyRequest, { stages = ['full'], noTokens, reauthenticate }: Who) => {
    if (!bringsToken(request)) {
      const caller = await sessions.find(request)
      return caller !== null && stages.includes(caller.session.stage) ? caller : null
    }
    const caller = await apiTokens.find(request)
    // What a person has to prove again who they are for, nobody does who cannot.
    if (caller !== null && (noTokens === true || reauthenticate === true)) {
      throw new ApiProblem('not-allowed', { detail: 'API tokens may not do this, whatever their role.' })
    }
    return caller
  }
  return (who: Who): onRequestAsyncHookHandler =>
    async (request) => {
      if (who.access === 'public') return
      const caller = await callerFor(request, who)
      if (caller === null) throw new ApiProblem('sign-in-required')
      if (!who.access.includes(caller.administrator.role)) throw new ApiProblem('not-allowed')
      if (who.reauthenticate === true && isStale(caller, clock())) throw new ApiProblem('proof-needed')
      callers.set(request, caller)
    }
}

/** Only a session can hold a proof. */
function isStale(caller: Caller | SignedInCaller, now: Date): boolean {
  return !('session' in caller) || now.getTime() - caller.session.provenAt.getTime() >= provenForMs
}
