/** OATH tokens: add, assign, test a code; their secrets go out once, at birth, and never again. */
import type { api, createTokenInput, TokenView } from '@sallyport/contract'
import type { Store, TokenRecord } from '@sallyport/store'
import type { z } from 'zod'
import type { EngineControl } from '../../bus/notices.ts'
import { decodeBase32, encodeBase32, otpauthUri } from '../../oath/otpauth.ts'
import { hotpCode } from '../../oath/hotp.ts'
import { nextCounter } from '../../oath/looked-at.ts'
import { resynchronise } from '../../oath/resynchronise.ts'
import { drawSerialNumber } from '../../oath/serial-number.ts'
import { totpCode } from '../../oath/totp.ts'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import type { Throttle } from '../session/throttle.ts'
import { testCode } from '../test-code.ts'

type CreateInput = z.output<typeof createTokenInput>

export interface TokenRouteDependencies {
  readonly store: Pick<Store, 'oathTokens'>
  readonly engine: EngineControl
  readonly clock: () => Date
  readonly random: (lengthBytes: number) => Uint8Array
  /** Wrong codes at *Test*, by token. */
  readonly throttle: Throttle
  readonly sampleSite: boolean
}

const words = {
  view: tokenView,
  gone: 'This token, or the user, does not exist any more.',
  taken: { serialNumber: 'A token with this serial number exists already.' },
}

export function oathTokenHandlers(dependencies: TokenRouteDependencies): Handlers<typeof api.oathTokens> {
  const { store, engine, clock, random, throttle, sampleSite } = dependencies
  const tokens = store.oathTokens
  /** Users whose tokens changed; nobody where a token belongs to nobody. */
  const inForce = async (...ids: readonly (string | null | undefined)[]) => {
    const named = [...new Set(ids)].filter((id) => typeof id === 'string')
    if (named.length > 0) await putInForce(engine, { topic: 'users', ids: named })
  }
  const open = async (id: string) => {
    const [token, secret] = await Promise.all([tokens.byId(id), tokens.secret(id)])
    if (token === null || secret === null) throw new ApiProblem('not-found', { detail: words.gone })
    return { ...token, secret }
  }
  /** Wrong codes at *Test* and at *Resynchronise* count together: each is a guess. */
  const throttled = (id: string) => {
    const waitSeconds = throttle.take(id)
    if (waitSeconds === 0) return
    const detail = 'Too many wrong codes were tried with this token.'
    throw new ApiProblem('too-many-requests', { detail, retryAfterSeconds: waitSeconds })
  }
  return {
    async list({ query }) {
      const page = await tokens.list(query)
      return { ...page, rows: page.rows.map(tokenView) }
    },
    async create({ body, caller }) {
      const { secret: typed, counter, notBefore, ...fields } = body
      const secret = typed === undefined ? random(20) : octetsOf(typed)
      const position = {
        lastUsedStep: body.type === 'hotp' && counter > 0 ? counter - 1 : null,
        notBefore: notBefore === null ? null : new Date(notBefore),
      }
      const serialNumber = fields.serialNumber === '' ? drawSerialNumber(random) : fields.serialNumber
      const token = changed(await tokens.create({ ...fields, ...position, serialNumber, secret }, caller.actor), words)
      await inForce(token.userId)
      return { token: tokenView(token), enrolment: typed === undefined ? enrolment(token, body, secret) : null }
    },
    async assign({ params, body, caller }) {
      // The version guards this: had the token moved since, the change would be refused.
      const before = await tokens.byId(params.id)
      const token = changed(await tokens.assign(params.id, body.userId, body.version, caller.actor), words)
      await inForce(before?.userId, token.userId)
      return tokenView(token)
    },
    async remove({ params, query, caller }) {
      const before = await tokens.byId(params.id)
      changed(await tokens.remove(params.id, query.version, caller.actor), words)
      await inForce(before?.userId)
      return undefined
    },
    async assignMany({ body, caller }) {
      const many = await tokens.assignMany([...new Set(body.ids)], body.userId, caller.actor)
      if (many === null) throw new ApiProblem('not-found', { detail: 'This user does not exist any more.' })
      await inForce(...many.userIds)
      return { count: many.count }
    },
    async removeMany({ body, caller }) {
      const { count, userIds } = await tokens.removeMany([...new Set(body.ids)], caller.actor)
      await inForce(...userIds)
      return { count }
    },
    async resynchronise({ params, body, caller }) {
      throttled(params.id)
      const found = resynchronise(await open(params.id), [body.firstCode, body.secondCode], clock().getTime())
      if (found === undefined) {
        throw invalidInput({
          path: 'secondCode',
          message: 'The token does not show these codes one after the other, or they were used: enter the next two.',
        })
      }
      throttle.clear(params.id)
      const token = changed(await tokens.resynchronise(params.id, found, caller.actor), words)
      await inForce(token.userId)
      return tokenView(token)
    },
    async testCode({ params, body }) {
      throttled(params.id)
      const result = testCode(await open(params.id), body.code, clock().getTime())
      if (result.outcome !== 'wrong') throttle.clear(params.id)
      return result
    },
    async showCode({ params }) {
      if (!sampleSite) throw new ApiProblem('not-found')
      const token = await open(params.id)
      const nowMs = clock().getTime()
      if (token.type === 'hotp') return { code: hotpCode(token, nextCounter(token)), secondsLeft: null }
      const stepMs = token.stepSeconds * 1000
      return { code: totpCode(token, nowMs), secondsLeft: Math.ceil((stepMs - (nowMs % stepMs)) / 1000) }
    },
  }
}

function octetsOf(base32: string): Uint8Array {
  const octets = decodeBase32(base32)
  if (octets !== undefined && octets.length >= 16) return octets
  throw invalidInput({
    path: 'secret',
    message: 'This secret key is no whole Base32: a character is missing or was mistyped.',
  })
}

function enrolment(
  token: TokenRecord,
  { type, algorithm, digits, stepSeconds, counter }: CreateInput,
  secret: Uint8Array,
) {
  const account = token.user?.username ?? token.serialNumber
  const uri = otpauthUri({ secret, account, type, algorithm, digits, stepSeconds, counter })
  return { secret: encodeBase32(secret), uri }
}

function tokenView(record: TokenRecord): TokenView {
  return {
    id: record.id,
    serialNumber: record.serialNumber,
    type: record.type,
    algorithm: record.algorithm,
    // The store keeps plain numbers; nothing but what the contract lets in was ever put there.
    digits: record.digits as TokenView['digits'],
    stepSeconds: record.stepSeconds as TokenView['stepSeconds'],
    manufacturer: record.manufacturer,
    model: record.model,
    user: record.user,
    counter: record.type === 'hotp' ? nextCounter(record) : null,
    driftSteps: Math.round(record.driftSteps),
    notBefore: record.notBefore?.toISOString() ?? null,
    notAfter: record.notAfter?.toISOString() ?? null,
    lastUsedAt: record.lastUsedAt?.toISOString() ?? null,
    createdAt: record.createdAt.toISOString(),
    version: record.version,
  }
}
