/** OATH tokens: add, assign, test a code; their secrets go out once, at birth, and never again. */
import type { api, CreateTokenInput, TokenView } from '@sallyport/contract'
import type { Store, TokenRecord } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { decodeBase32, encodeBase32, otpauthUri } from '../../oath/otpauth.ts'
import { totpCode } from '../../oath/totp.ts'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import type { Throttle } from '../session/throttle.ts'
import { testCode } from '../test-code.ts'

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
    const { algorithm, digits, stepSeconds, lastUsedStep } = token
    return { secret, algorithm, digits, stepSeconds, lastUsedStep }
  }
  return {
    async list({ query }) {
      const page = await tokens.list(query)
      return { ...page, rows: page.rows.map(tokenView) }
    },
    async create({ body, caller }) {
      const { secret: typed, ...fields } = body
      const secret = typed === undefined ? random(20) : octetsOf(typed)
      const serialNumber = fields.serialNumber === '' ? drawSerialNumber(random) : fields.serialNumber
      const token = changed(await tokens.create({ ...fields, serialNumber, secret }, caller.actor), words)
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
    async testCode({ params, body }) {
      const waitSeconds = throttle.take(params.id)
      if (waitSeconds > 0) {
        const detail = 'Too many wrong codes were tried with this token.'
        throw new ApiProblem('too-many-requests', { detail, retryAfterSeconds: waitSeconds })
      }
      const result = testCode(await open(params.id), body.code, clock().getTime())
      if (result.outcome !== 'wrong') throttle.clear(params.id)
      return result
    },
    async showCode({ params }) {
      if (!sampleSite) throw new ApiProblem('not-found')
      const token = await open(params.id)
      const nowMs = clock().getTime()
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

function enrolment(token: TokenRecord, { algorithm, digits, stepSeconds }: CreateTokenInput, secret: Uint8Array) {
  const account = token.user?.username ?? token.serialNumber
  return { secret: encodeBase32(secret), uri: otpauthUri({ secret, account, algorithm, digits, stepSeconds }) }
}

/** 50 random bits: as good as unique, and short enough to read out. */
function drawSerialNumber(random: (lengthBytes: number) => Uint8Array): string {
  return `SP-${encodeBase32(random(10)).slice(0, 10)}`
}

function tokenView(record: TokenRecord): TokenView {
  return {
    id: record.id,
    serialNumber: record.serialNumber,
    algorithm: record.algorithm,
    // The store keeps plain numbers; nothing but what the contract lets in was ever put there.
    digits: record.digits as TokenView['digits'],
    stepSeconds: record.stepSeconds as TokenView['stepSeconds'],
    manufacturer: record.manufacturer,
    model: record.model,
    user: record.user,
    lastUsedAt: record.lastUsedAt?.toISOString() ?? null,
    createdAt: record.createdAt.toISOString(),
    version: record.version,
  }
}
