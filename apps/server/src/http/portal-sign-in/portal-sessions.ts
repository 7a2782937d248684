/** Sessions of the portal: ten minutes idle, an hour in all, and none of whoever is kept out. */
import type { PortalSessionKind, PortalSessionRecord, PortalSessionRepository, UserRecord } from '@sallyport/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { createCookieSessions, hostCookie } from '../session/cookie-sessions.ts'

interface Owner {
  readonly userId: string
  readonly kind: PortalSessionKind
}

export interface PortalSessions {
  readonly start: (
    user: UserRecord,
    kind: PortalSessionKind,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<Date>
  /** Whose session this request belongs to; null where there is none that still counts, or its user is disabled or blocked. */
  readonly find: (request: FastifyRequest) => Promise<PortalSessionRecord | null>
  readonly end: (tokenHash: string, reply: FastifyReply) => Promise<void>
}

export interface PortalSessionDependencies {
  readonly sessions: PortalSessionRepository
  readonly clock: () => Date
  readonly random: (lengthBytes: number) => Uint8Array
  readonly secure: boolean
}

export function createPortalSessions(dependencies: PortalSessionDependencies): PortalSessions {
  // Of a name of its own, for console and portal may share a host.
  const cookie = hostCookie('sallyport-portal', dependencies.secure)
  const times = { idleMs: 10 * 60_000, absoluteMs: 60 * 60_000, touchEveryMs: 30_000 }
  const kept = createCookieSessions<PortalSessionRecord, Owner>({ ...dependencies, cookie, ...times })
  return {
    start: ({ id: userId }, kind, request, reply) => kept.start({ userId, kind }, request, reply),
    async find(request) {
      const session = await kept.find(request)
      return session?.user.enabled === true && session.user.block === null ? session : null
    },
    end: kept.end,
  }
}
