/** Sessions of the portal: a random token in a cookie, its SHA-256 in the store, an idle and an absolute end. */
import { createHash } from 'node:crypto'
import type { PortalSessionKind, PortalSessionRecord, PortalSessionRepository, UserRecord } from '@sallyport/store'
import type { FastifyReply, FastifyRequest } from 'fastify'

const idleMs = 10 * 60_000
const absoluteMs = 60 * 60_000
const touchEveryMs = 30_000

export interface PortalSessions {
  /** Starts a session, under a token that nobody had before, and ends the one that the browser brought along. */
  readonly start: (
    user: UserRecord,
    kind: PortalSessionKind,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<Date>
  /** Whose session this request belongs to; null where there is none that still counts. Keeps it awake. */
  readonly find: (request: FastifyRequest) => Promise<PortalSessionRecord | null>
  readonly end: (tokenHash: string, reply: FastifyReply) => Promise<void>
}

export interface PortalSessionDependencies {
  readonly sessions: PortalSessionRepository
  readonly clock: () => Date
  readonly random: (lengthBytes: number) => Uint8Array
  readonly secure: boolean
}

export function createPortalSessions({ sessions, clock, random, secure }: PortalSessionDependencies): PortalSessions {
  // RFC 6265bis §4.1.3.2; of a name of its own, for console and portal may share a host.
  const cookie = secure ? '__Host-sallyport-portal' : 'sallyport-portal'
  const cookieOptions = { httpOnly: true, sameSite: 'strict', path: '/', secure } as const
  return {
    async start(user, kind, request, reply) {
      await sessions.removeExpired()
      const before = request.cookies[cookie]
      if (before !== undefined) await sessions.remove(hashOf(before))
      const token = Buffer.from(random(32)).toString('base64url')
      const expiresAt = new Date(clock().getTime() + idleMs)
      await sessions.create({
        tokenHash: hashOf(token),
        userId: user.id,
        kind,
        expiresAt,
        address: request.ip,
        userAgent: (request.headers['user-agent'] ?? '').slice(0, 256),
      })
      void reply.setCookie(cookie, token, cookieOptions)
      return expiresAt
    },
    async find(request) {
      const token = request.cookies[cookie]
      if (token === undefined || token === '') return null
      const tokenHash = hashOf(token)
      const session = await sessions.find(tokenHash)
      if (session === null || !session.user.enabled) return null
      const nowMs = clock().getTime()
      const endsAtMs = session.createdAt.getTime() + absoluteMs
      if (endsAtMs <= nowMs) return null
      if (nowMs - session.lastSeenAt.getTime() < touchEveryMs) return session
      const expiresAt = new Date(Math.min(nowMs + idleMs, endsAtMs))
      await sessions.touch(tokenHash, expiresAt)
      return { ...session, expiresAt }
    },
    async end(tokenHash, reply) {
      await sessions.remove(tokenHash)
      void reply.clearCookie(cookie, cookieOptions)
    },
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
