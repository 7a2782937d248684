/** Sessions of the console: half an hour idle, twelve in all; where administrators work is noted. */
import type { AdministratorRecord, SessionRecord, SessionRepository } from '@sallyport/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../handlers.ts'
import { createCookieSessions, hostCookie } from './cookie-sessions.ts'

export const idleMs = 30 * 60_000
export const absoluteMs = 12 * 3_600_000

export function cookieName(secure: boolean): string {
  return hostCookie('sallyport', secure)
}

export interface Sessions {
  readonly start: (administrator: AdministratorRecord, request: FastifyRequest, reply: FastifyReply) => Promise<Date>
  /** Who this request's session belongs to; null where there is none that still counts. */
  readonly find: (request: FastifyRequest) => Promise<Caller | null>
  readonly end: (tokenHash: string, reply: FastifyReply) => Promise<void>
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
  const cookie = cookieName(dependencies.secure)
  const kept = createCookieSessions<SessionRecord, { readonly administratorId: string }>({
    ...dependencies,
    cookie,
    idleMs,
    absoluteMs,
    touchEveryMs: 60_000,
  })
  return {
    start: ({ id: administratorId }, request, reply) => kept.start({ administratorId }, request, reply),
    async find(request) {
      const session = await kept.find(request)
      if (session === null) return null
      const { administrator, tokenHash, expiresAt } = session
      noteAddress(administrator.id, request.ip)
      const actor = { id: administrator.id, name: administrator.username, address: request.ip }
      return { administrator, tokenHash, expiresAt, actor }
    },
    end: kept.end,
  }
}
