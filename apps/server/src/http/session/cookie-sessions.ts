/** Sessions of browsers: a random token in a cookie, its SHA-256 in the store, an idle and an absolute end. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { hashOfToken } from './token-hash.ts'

interface Lasting {
  readonly createdAt: Date
  readonly lastSeenAt: Date
  readonly expiresAt: Date
}

/** Where sessions are kept; `Owner`: the columns that say whose one is. */
interface SessionRows<Session extends Lasting, Owner extends object> {
  create(
    row: Owner & {
      readonly tokenHash: string
      readonly expiresAt: Date
      readonly address: string
      readonly userAgent: string
    },
  ): Promise<void>
  find(tokenHash: string): Promise<Session | null>
  touch(tokenHash: string, expiresAt: Date): Promise<void>
  remove(tokenHash: string): Promise<void>
  removeExpired(): Promise<number>
}

export interface CookieSessionOptions<Session extends Lasting, Owner extends object> {
  readonly sessions: SessionRows<Session, Owner>
  readonly clock: () => Date
  readonly random: (lengthBytes: number) => Uint8Array
  /** The cookie is sent over HTTPS alone. */
  readonly secure: boolean
  readonly cookie: string
  readonly idleMs: number
  readonly absoluteMs: number
  /** A session that is in use is kept awake this often at most: each time is a write. */
  readonly touchEveryMs: number
}

export interface CookieSessions<Session extends Lasting, Owner extends object> {
  /** Starts a session, under a token that nobody had before, and ends the one that the browser brought along. */
  readonly start: (owner: Owner, request: FastifyRequest, reply: FastifyReply, lastsMs?: number) => Promise<Date>
  /** The session of this request; null where there is none that still counts. Keeps it awake. */
  readonly find: (request: FastifyRequest) => Promise<(Session & { readonly tokenHash: string }) | null>
  readonly end: (tokenHash: string, reply: FastifyReply) => Promise<void>
}

/** RFC 6265bis §4.1.3.2: browsers take a `__Host-` cookie only with Secure, Path=/ and no Domain, so no neighbour can plant it. */
export function hostCookie(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name
}

export function createCookieSessions<Session extends Lasting, Owner extends object>({
  sessions,
  clock,
  random,
  secure,
  cookie,
  idleMs,
  absoluteMs,
  touchEveryMs,
}: CookieSessionOptions<Session, Owner>): CookieSessions<Session, Owner> {
  const cookieOptions = { httpOnly: true, sameSite: 'strict', path: '/', secure } as const
  return {
    async start(owner, request, reply, lastsMs = idleMs) {
      // A sign-in is rare and writes anyway: the moment to sweep.
      await sessions.removeExpired()
      const before = request.cookies[cookie]
      if (before !== undefined) await sessions.remove(hashOfToken(before))
      const token = Buffer.from(random(32)).toString('base64url')
      const expiresAt = new Date(clock().getTime() + lastsMs)
      await sessions.create({
        ...owner,
        tokenHash: hashOfToken(token),
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
      const tokenHash = hashOfToken(token)
      const session = await sessions.find(tokenHash)
      if (session === null) return null
      const nowMs = clock().getTime()
      const endsAtMs = session.createdAt.getTime() + absoluteMs
      if (session.expiresAt.getTime() <= nowMs || endsAtMs <= nowMs) return null
      if (nowMs - session.lastSeenAt.getTime() < touchEveryMs) return { ...session, tokenHash }
      const expiresAt = new Date(Math.min(nowMs + idleMs, endsAtMs))
      await sessions.touch(tokenHash, expiresAt)
      return { ...session, tokenHash, expiresAt }
    },
    async end(tokenHash, reply) {
      await sessions.remove(tokenHash)
      void reply.clearCookie(cookie, cookieOptions)
    },
  }
}
