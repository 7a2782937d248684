/** Importing OATH tokens: a file comes in and is looked at, then taken; the log of what came of each row. */
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { api, TokenImport } from '@sallyport/contract'
import type { Store, TokenImportRecord } from '@sallyport/store'
import type { FastifyBaseLogger } from 'fastify'
import type { EngineControl } from '../../bus/notices.ts'
import { exportFilename } from '../export/filename.ts'
import { csvOfTokenImport } from '../export/token-import-csv.ts'
import type { Handlers } from '../handlers.ts'
import { createTokenImports } from '../import/tokens/token-imports.ts'
import { ApiProblem } from '../problems.ts'

export interface TokenImportRouteDependencies {
  readonly store: Pick<Store, 'oathImports'>
  readonly engine: EngineControl
  readonly clock: () => Date
  readonly logger?: FastifyBaseLogger
  readonly onReady: (begin: () => Promise<void>) => void
  readonly onClose: (end: () => Promise<void>) => void
}

export function oathImportHandlers(dependencies: TokenImportRouteDependencies): Handlers<typeof api.oathImports> {
  const { store, engine, clock, logger, onReady, onClose } = dependencies
  const { oathImports } = store
  const onError = (error: unknown) => logger?.error({ error }, 'importing OATH tokens')
  const imports = createTokenImports({ store, engine, clock, newId: randomUUID, onError })
  onReady(() => imports.resume())
  onClose(() => imports.close())
  const find = async (id: string) => {
    const record = await oathImports.byId(id)
    if (record === null) throw new ApiProblem('not-found', { detail: 'This import is not there any more.' })
    return record
  }
  return {
    async list({ query }) {
      const page = await oathImports.list(query)
      return { ...page, rows: page.rows.map(importView) }
    },
    read: async ({ params }) => importView(await find(params.id)),
    async rows({ params, query }) {
      await find(params.id)
      const page = await oathImports.rows(params.id, query)
      return { ...page, rows: [...page.rows] }
    },
    async export({ params }) {
      await find(params.id)
      return {
        filename: exportFilename('token-import', clock()),
        content: Readable.from(csvOfTokenImport(oathImports.stream(params.id)), { objectMode: true, highWaterMark: 1 }),
      }
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- handlers are asynchronous; this one has nothing to wait for
    async begin({ body, caller }) {
      const { fileName, secretFormat } = body
      const key = body.key.kind === 'key' ? { kind: 'key' as const, key: Buffer.from(body.key.key, 'hex') } : body.key
      return { id: imports.begin({ fileName, secretFormat, key, administratorId: caller.administrator.id }) }
    },
    async upload({ params, caller, http }) {
      const file = http.request.body
      if (!(file instanceof Readable)) throw new ApiProblem('invalid-input', { detail: 'There is no file.' })
      return importView(await imports.read(params.id, file, caller.actor, caller.administrator.id))
    },
    async take({ params, caller }) {
      await imports.take(params.id, caller.actor)
      return importView(await find(params.id))
    },
    async discard({ params }) {
      if (await oathImports.discard(params.id)) return undefined
      throw new ApiProblem('not-found', { detail: 'This import was taken, or is not there any more.' })
    },
  }
}

function importView(record: TokenImportRecord): TokenImport {
  return { ...record, at: record.at.toISOString(), finishedAt: record.finishedAt?.toISOString() ?? null }
}
