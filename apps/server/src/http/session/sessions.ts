/** Sessions of the console: a random token in a cookie, its SHA-256 in the store, an idle and an absolute end. */
import { createHash } from 'node:crypto'
import type { AdministratorRecord, SessionRepository } from '@sallyport/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../handlers.ts'

export const idleMs = 30 * 60_000
export const absoluteMs = 12 * 3_600_000
const touchEveryMs = 60_000

/** RFC 6265bis §4.1.3.2: browsers take a `__Host-` cookie only with Secure, Path=/ and no Domain, so no neighbour can plant it. */
export function cookieName(secure: boolean): string {
  return secure ? '__Host-sallyport' : 'sallyport'
}

export interface Sessions {
  /** Starts a session, under a token that nobody had before, and ends the one that the browser brought along. */
  readonly start: (administrator: AdministratorRecord, request: FastifyRequest, reply: FastifyReply) => Promise<Date>
  /** Who this request's session belongs to; null where there is none that still counts. Keeps it awake. */
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

export function createSessions({ sessions, clock, random, secure, noteAddress }: SessionDependencies): Sessions {
  const cookie = cookieName(secure)
  const cookieOptions = { httpOnly: true, sameSite: 'strict', path: '/', secure } as const
  return {
    async start(administrator, request, reply) {
      // A sign-in is rare and writes anyway: the moment to sweep.
      await sessions.removeExpired()
      const before = request.cookies[cookie]
      if (before !== undefined) await sessions.remove(hashOf(before))
      const token = Buffer.from(random(32)).toString('base64url')
      const expiresAt = new Date(clock().getTime() + idleMs)
      await sessions.create({
        tokenHash: hashOf(token),
        administratorId: administrator.id,
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
      if (session === null) return null
      const nowMs = clock().getTime()
      const endsAtMs = session.createdAt.getTime() + absoluteMs
      if (session.expiresAt.getTime() <= nowMs || endsAtMs <= nowMs) return null
      let { expiresAt } = session
      if (nowMs - session.lastSeenAt.getTime() >= touchEveryMs) {
        expiresAt = new Date(Math.min(nowMs + idleMs, endsAtMs))
        await sessions.touch(tokenHash, expiresAt)
      }
      const { administrator } = session
      noteAddress(administrator.id, request.ip)
      const actor = { id: administrator.id, name: administrator.username, address: request.ip }
      return { administrator, tokenHash, expiresAt, actor }
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
