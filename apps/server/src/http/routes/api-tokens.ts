/** The API tokens: drawn, listed, revoked. */
import type { api, ApiTokenView } from '@sallyport/contract'
import type { ApiTokenRecord, Store } from '@sallyport/store'
import type { Handlers } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'
import { drawApiToken } from '../session/api-tokens.ts'

export interface ApiTokenDependencies {
  readonly store: Pick<Store, 'apiTokens'>
  readonly clock: () => Date
  readonly random: (lengthBytes: number) => Uint8Array
}

const dayMs = 24 * 3_600_000

export function apiTokenHandlers({ store, clock, random }: ApiTokenDependencies): Handlers<typeof api.apiTokens> {
  return {
    async list() {
      return { rows: (await store.apiTokens.list()).map(view) }
    },
    async create({ body: { name, role, expiresInDays }, caller }) {
      const { token, prefix, tokenHash } = drawApiToken(random)
      const expiresAt = new Date(clock().getTime() + expiresInDays * dayMs)
      const row = await store.apiTokens.create({ name, role, prefix, tokenHash, expiresAt }, caller.actor)
      return { token, row: view(row) }
    },
    async remove({ params, caller }) {
      if (!(await store.apiTokens.remove(params.id, caller.actor))) {
        throw new ApiProblem('not-found', { detail: 'This token was revoked already.' })
      }
      return undefined
    },
  }
}

function view({ createdAt, expiresAt, lastUsedAt, ...row }: ApiTokenRecord): ApiTokenView {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }
}
