/** Sessions of the console: half an hour idle, twelve in all, ten minutes for a sign-in that is not done; where administrators work is noted. */
import type {
  AdministratorRecord,
  ProviderIdentity,
  SessionRecord,
  SessionRepository,
  SessionStage,
} from '@sallyport/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SignedInCaller } from '../handlers.ts'
import { createCookieSessions, hostCookie } from './cookie-sessions.ts'

export const idleMs = 30 * 60_000
export const absoluteMs = 12 * 3_600_000
const halfWayMs = 10 * 60_000

export function cookieName(secure: boolean): string {
  return hostCookie('sallyport', secure)
}

export interface Sessions {
  /**
   * Every stage has a token of its own: a sign-in that goes on begins a session, and ends the one before. `identity`: the provider's
   * account that was the first step of what is half done.
   */
  readonly start: (
    administrator: AdministratorRecord,
    stage: SessionStage,
    request: FastifyRequest,
    reply: FastifyReply,
    identity?: ProviderIdentity | null,
  ) => Promise<Date>
  /** Who this request's session belongs to, at whatever stage; null where there is none that still counts. */
  readonly find: (request: FastifyRequest) => Promise<SignedInCaller | null>
  readonly end: (tokenHash: string, reply: FastifyReply) => Promise<void>
}

interface SessionOwner {
  readonly administratorId: string
  readonly stage: SessionStage
  readonly identity: ProviderIdentity | null
}

export interface SessionDependencies {
  readonly sessions: SessionRepository
  readonly clock: () => Date
  readonly random: (lengthBytes: number) => Uint8Array
  readonly secure: boolean
  /** Told of every address from which an administrator is at work. */
  readonly noteAddress: (administratorId: string, address: string) => void
}

export function createSessions({ noteAddress, ...dependencies }: SessionDependencies): Sessions {
  const { clock } = dependencies
  const cookie = cookieName(dependencies.secure)
  const kept = createCookieSessions<SessionRecord, SessionOwner>({
    ...dependencies,
    cookie,
    idleMs,
    absoluteMs,
    touchEveryMs: 60_000,
  })
  return {
    start: ({ id: administratorId }, stage, request, reply, identity = null) => {
      if (stage === 'full') noteAddress(administratorId, request.ip)
      return kept.start({ administratorId, stage, identity }, request, reply, stage === 'full' ? idleMs : halfWayMs)
    },
    async find(request) {
      const session = await kept.find(request)
      if (session === null) return null
      const { administrator } = session
      const isDone = session.stage === 'full'
      if (isDone) noteAddress(administrator.id, request.ip)
      // What is half done neither lasts longer by being used nor counts as being at work.
      else if (clock().getTime() - session.createdAt.getTime() >= halfWayMs) return null
      const actor = { id: administrator.id, name: administrator.username, address: request.ip }
      return { administrator, session, actor }
    },
    end: kept.end,
  }
}
