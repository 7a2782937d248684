/** Knows a browser again that has no session yet: what one browser began, no other one ends. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { hostCookie } from './cookie-sessions.ts'
import { hashOfToken } from './token-hash.ts'

export interface BrowserMarkOptions {
  /** The cookie's name. */
  readonly name: string
  readonly secure: boolean
  readonly lifeSeconds: number
  readonly random: (lengthBytes: number) => Uint8Array
}

export interface BrowserMark {
  /** The hash of this browser's mark, which it gets where it has none. */
  readonly place: (request: FastifyRequest, reply: FastifyReply) => string
  /** The hash of the mark that the browser brought; undefined: none. */
  readonly read: (request: FastifyRequest) => string | undefined
}

export function createBrowserMark({ name, secure, lifeSeconds, random }: BrowserMarkOptions): BrowserMark {
  const cookie = hostCookie(name, secure)
  const valueIn = ({ cookies }: FastifyRequest) => {
    const value = cookies[cookie] ?? ''
    return /^[\w-]{43}$/.test(value) ? value : undefined
  }
  return {
    place(request, reply) {
      const value = valueIn(request) ?? Buffer.from(random(32)).toString('base64url')
      void reply.setCookie(cookie, value, {
        httpOnly: true,
        sameSite: 'strict',
        path: '/',
        secure,
        maxAge: lifeSeconds,
      })
      return hashOfToken(value)
    },
    read(request) {
      const value = valueIn(request)
      return value === undefined ? undefined : hashOfToken(value)
    },
  }
}
