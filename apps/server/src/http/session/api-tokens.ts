/** Tokens of programs: drawn, recognised in a request, and when they were used last. */
import type { ApiTokenRecord, ApiTokenRepository } from '@sallyport/store'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'
import { networkOf, type Throttle } from './throttle.ts'
import { hashOfToken } from './token-hash.ts'

/** By which people and scanners of secrets recognise one. */
const mark = 'sallyport_'
const secretBytes = 32
const shownCharacters = mark.length + 6
/** Each note is a write. */
const noteEveryMs = 60_000

export interface DrawnApiToken {
  readonly token: string
  readonly prefix: string
  readonly tokenHash: string
}

export function drawApiToken(random: (lengthBytes: number) => Uint8Array): DrawnApiToken {
  const token = `${mark}${Buffer.from(random(secretBytes)).toString('base64url')}`
  return { token, prefix: token.slice(0, shownCharacters), tokenHash: hashOfToken(token) }
}

export interface ApiTokens {
  /**
   * Whose token this request carries; null where it is none that counts. Its cookies are not looked at then. Throws ApiProblem
   * `too-many-requests` at wrong tokens beyond what a mistake explains; right ones from the same network are not hurt by them.
   */
  readonly find: (request: FastifyRequest) => Promise<Caller | null>
}

/** Whether a request comes with a token of its own: no page can make a browser send one along, as it can a name and a password (Basic). */
export function bringsToken({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return /^Bearer(\s|$)/i.test(headers.authorization ?? '')
}

export function createApiTokens(
  tokens: Pick<ApiTokenRepository, 'find' | 'noteUse'>,
  clock: () => Date,
  wrong: Throttle,
): ApiTokens {
  const refuse = (address: string) => {
    const retryAfterSeconds = wrong.take(networkOf(address))
    if (retryAfterSeconds > 0) throw new ApiProblem('too-many-requests', { retryAfterSeconds })
    return null
  }
  return {
    async find(request) {
      const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
      const found = token?.startsWith(mark) === true ? await tokens.find(hashOfToken(token)) : null
      if (found === null) return refuse(request.ip)
      if (isLongAgo(found, clock())) await tokens.noteUse(found.id, request.ip)
      const username = `${found.name} (API token)`
      return {
        administrator: { id: found.id, username, role: found.role },
        actor: { id: found.id, name: username, address: request.ip },
      }
    },
  }
}

function isLongAgo({ lastUsedAt }: ApiTokenRecord, now: Date): boolean {
  return lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= noteEveryMs
}
