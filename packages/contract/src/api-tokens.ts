/** What programs call this API with: a token with a role and an expiry, in `Authorization: Bearer`. */
import { z } from 'zod'
import { byId, id, timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, role } from './roles.ts'

export const apiTokenView = z.object({
  id,
  name: z.string(),
  /** Its first characters, to recognise it by. */
  prefix: z.string(),
  role,
  createdBy: z.string(),
  /** False: who drew it is no enabled administrator any more, and it is worth nothing. */
  counts: z.boolean(),
  createdAt: timestamp,
  expiresAt: timestamp,
  lastUsedAt: timestamp.nullable(),
  lastAddress: z.string().nullable(),
})
export type ApiTokenView = z.infer<typeof apiTokenView>

export const createApiTokenInput = z.strictObject({
  name: z.string().trim().min(1, 'Say what it is for.').max(100, 'At most 100 characters.'),
  role,
  expiresInDays: z
    .int('Enter a whole number of days.')
    .min(1, 'At least one day.')
    .max(366, 'At most 366 days: draw a new one in time.'),
})
export type CreateApiTokenInput = z.infer<typeof createApiTokenInput>

const common = { tag: 'API tokens', access: administratorsOnly, noTokens: true } as const

export const apiTokens = {
  list: endpoint({
    ...common,
    method: 'GET',
    path: '/api/api-tokens',
    summary: 'The API tokens, newest first, those that have expired among them.',
    response: z.object({ rows: z.array(apiTokenView) }),
  }),
  create: endpoint({
    ...common,
    reauthenticate: true,
    method: 'POST',
    path: '/api/api-tokens',
    summary: 'Draws an API token; it is shown this once.',
    body: createApiTokenInput,
    response: z.object({ token: z.string(), row: apiTokenView }),
  }),
  remove: endpoint({
    ...common,
    reauthenticate: true,
    method: 'DELETE',
    path: '/api/api-tokens/:id',
    summary: 'Revokes an API token: it is worth nothing from now on.',
    params: byId,
  }),
}
