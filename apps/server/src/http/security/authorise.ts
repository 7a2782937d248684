/** Who may call an endpoint: what its description names, and nobody else. */
import type { Endpoint } from '@sallyport/contract'
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import type { Caller } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'
import type { Sessions } from '../session/sessions.ts'

const callers = new WeakMap<FastifyRequest, Caller>()

/** The caller whom `authorise` let in; null at public endpoints. */
export function callerOf(request: FastifyRequest): Caller | null {
  return callers.get(request) ?? null
}

/** For how long a proof of who somebody is counts. */
const provenForMs = 10 * 60_000

function isProven({ session }: Caller, now: Date): boolean {
  return now.getTime() - session.provenAt.getTime() < provenForMs
}

type Who = Pick<Endpoint, 'access' | 'stages' | 'reauthenticate'>

/** A hook that runs before a body is read: no session, no reading. */
export function createAuthorise(sessions: Sessions, clock: () => Date) {
  return ({ access, stages = ['full'], reauthenticate }: Who): onRequestAsyncHookHandler =>
    async (request) => {
      if (access === 'public') return
      const caller = await sessions.find(request)
      if (caller === null || !stages.includes(caller.session.stage)) throw new ApiProblem('sign-in-required')
      if (!access.includes(caller.administrator.role)) throw new ApiProblem('not-allowed')
      if (reauthenticate === true && !isProven(caller, clock())) throw new ApiProblem('proof-needed')
      callers.set(request, caller)
    }
}
