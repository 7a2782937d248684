/** OATH Tokens: time-based one-time password generators (RFC 6238), in software or hardware. */
import { z } from 'zod'
import { byId, id, line, pageOf, pageQuery, timestamp, version, versionQuery } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, everyRole, helpDesk } from './roles.ts'

/** RFC 4648 Base32, spaces and dashes allowed, 16 to 128 octets when decoded; RFC 4226 §4 R6 asks for at least 128 bits. */
export const base32Secret = z
  .string()
  .transform((text) => text.toUpperCase().replace(/[\s-]/g, '').replace(/=+$/, ''))
  .pipe(
    z
      .string()
      .regex(/^[A-Z2-7]+$/, 'A secret key in Base32 has the letters A to Z and the digits 2 to 7 only.')
      .min(26, 'The secret key is too short: at least 26 Base32 characters (16 octets).')
      .max(205, 'The secret key is too long: at most 205 Base32 characters (128 octets).'),
  )

export const oathAlgorithm = z.enum(['SHA-1', 'SHA-256', 'SHA-512'])
export type OathAlgorithm = z.infer<typeof oathAlgorithm>

/** `totp`: codes by the clock (RFC 6238); `hotp`: one after the other, by a counter (RFC 4226). */
export const oathType = z.enum(['totp', 'hotp'])
export type OathType = z.infer<typeof oathType>

/** The counter of the next code of a HOTP token. */
const counter = z.int().min(0).max(2_000_000_000)

const tokenFields = {
  /** Unique; what is printed on a hardware token. */
  serialNumber: line(64),
  type: oathType.default('totp'),
  algorithm: oathAlgorithm,
  digits: z.union([z.literal(6), z.literal(7), z.literal(8)]),
  /** Of a TOTP token; 30 where codes are counted. */
  stepSeconds: z.union([z.literal(30), z.literal(60)]),
  manufacturer: line(64),
  model: line(64),
  /** No code counts before; null: always. */
  notBefore: timestamp.nullable().default(null),
}

/** `secret` absent: the server draws one and answers it once. `serialNumber` empty: the server makes one. */
export const createTokenInput = z.strictObject({
  ...tokenFields,
  secret: base32Secret.optional(),
  counter: counter.default(0),
  userId: id.nullable(),
})
export type CreateTokenInput = z.infer<typeof createTokenInput>

export const tokenView = z.object({
  ...tokenFields,
  id,
  user: z.object({ id, username: z.string() }).nullable(),
  /** Of the next code, as far as is known; null with TOTP. */
  counter: counter.nullable(),
  /** Steps that the token's clock was found to run ahead (+) or behind (−); 0 with HOTP. */
  driftSteps: z.int(),
  /** No code counts after; null: for ever. */
  notAfter: timestamp.nullable(),
  lastUsedAt: timestamp.nullable(),
  createdAt: timestamp,
  version,
})
export type TokenView = z.infer<typeof tokenView>

/** The only answer that ever holds a secret: the one to its own creation, and only where the server drew it. */
export const createdToken = z.object({
  token: tokenView,
  enrolment: z.object({ secret: z.string(), uri: z.string() }).nullable(),
})
export type CreatedToken = z.infer<typeof createdToken>

export const assignTokenInput = z.strictObject({ userId: id.nullable(), version })
export type AssignTokenInput = z.infer<typeof assignTokenInput>

export const oathCode = z
  .string()
  .transform((text) => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6,8}$/, 'Enter the 6 to 8 digits that the token shows.'))

/**
 * `outOfStepSteps` is how far the token's clock runs ahead (+) or behind (−), in steps, where the code was found; of a HOTP token,
 * how many codes were skipped.
 */
export const testCodeResult = z.object({
  outcome: z.enum(['right', 'right-but-used', 'right-but-out-of-step', 'right-but-not-valid', 'wrong']),
  outOfStepSteps: z.int().nullable(),
})
export type TestCodeResult = z.infer<typeof testCodeResult>

/** Two codes in a row, as the token shows them. */
export const resynchroniseInput = z.strictObject({ firstCode: oathCode, secondCode: oathCode })
export type ResynchroniseInput = z.infer<typeof resynchroniseInput>

/** Up to 1,000 tokens that somebody selected. */
const tokenIds = z.array(id).min(1).max(1000)
export const assignTokensInput = z.strictObject({ ids: tokenIds, userId: id.nullable() })
export type AssignTokensInput = z.infer<typeof assignTokensInput>
export const removeTokensInput = z.strictObject({ ids: tokenIds })
/** How many were there to be changed. */
export const tokensChanged = z.object({ count: z.int() })

export const tokenListQuery = z.strictObject({
  ...pageQuery,
  /** Matches the beginning of the serial number or of the user's name. */
  search: z.string().trim().max(200).optional(),
  userId: id.optional(),
  assigned: z.enum(['true', 'false']).optional(),
  type: oathType.optional(),
})
export type TokenListQuery = z.infer<typeof tokenListQuery>

const tag = 'OATH Tokens'

export const oathTokens = {
  list: endpoint({
    method: 'GET',
    path: '/api/oath-tokens',
    summary: 'A page of tokens, by serial number.',
    tag,
    access: everyRole,
    query: tokenListQuery,
    response: pageOf(tokenView),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/oath-tokens',
    summary: 'Adds a token, from a secret or with a new one that the answer shows once.',
    tag,
    access: helpDesk,
    body: createTokenInput,
    response: createdToken,
  }),
  assign: endpoint({
    method: 'PUT',
    path: '/api/oath-tokens/:id/user',
    summary: 'Gives a token to a user, or to nobody.',
    tag,
    access: helpDesk,
    params: byId,
    body: assignTokenInput,
    response: tokenView,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/oath-tokens/:id',
    summary: 'Removes a token and its secret.',
    tag,
    access: helpDesk,
    params: byId,
    query: versionQuery,
  }),
  assignMany: endpoint({
    method: 'POST',
    path: '/api/oath-tokens/assign',
    summary: 'Gives many tokens to one user, or to nobody; those that are gone are left out.',
    tag,
    access: helpDesk,
    body: assignTokensInput,
    response: tokensChanged,
  }),
  removeMany: endpoint({
    method: 'POST',
    path: '/api/oath-tokens/remove',
    summary: 'Removes many tokens and their secrets; those that are gone are left out.',
    tag,
    access: helpDesk,
    body: removeTokensInput,
    response: tokensChanged,
  }),
  resynchronise: endpoint({
    method: 'POST',
    path: '/api/oath-tokens/:id/resynchronise',
    summary:
      'Finds a token whose clock or counter has run away by two codes in a row, and remembers where it is; both are used up.',
    tag,
    access: helpDesk,
    params: byId,
    body: resynchroniseInput,
    response: tokenView,
  }),
  testCode: endpoint({
    method: 'POST',
    path: '/api/oath-tokens/:id/test',
    summary:
      'Says whether a code is right, without using it up; the token locks its tests after ten wrong ones in a minute.',
    tag,
    access: helpDesk,
    params: byId,
    body: z.strictObject({ code: oathCode }),
    response: testCodeResult,
  }),
  showCode: endpoint({
    method: 'GET',
    path: '/api/oath-tokens/:id/code',
    summary: 'The code that a token of the demonstration’s sample site shows now; 404 everywhere else.',
    tag,
    access: administratorsOnly,
    params: byId,
    /** `secondsLeft` null: codes of this token go by a counter. */
    response: z.object({ code: z.string(), secondsLeft: z.int().nullable() }),
  }),
}
