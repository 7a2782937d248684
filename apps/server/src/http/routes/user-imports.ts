/** Importing users from CSV: a file comes in, its columns are told, its rows are looked at, then taken; the log of what came of each. */
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { api, UserImport } from '@sallyport/contract'
import type { Store, UserImportRecord } from '@sallyport/store'
import type { FastifyBaseLogger } from 'fastify'
import type { DirectorySyncControl } from '../../bus/directory-sync-control.ts'
import type { EngineControl } from '../../bus/notices.ts'
import { createArgon2id } from '../../passwords/argon2id.ts'
import { refuseUnconfigured } from '../directory-answers.ts'
import { exportFile } from '../export/export-file.ts'
import { csvOfUserImport } from '../export/user-import-csv.ts'
import type { Handlers } from '../handlers.ts'
import { createUserImports } from '../import/users/user-imports.ts'
import { ApiProblem } from '../problems.ts'

export interface UserImportRouteDependencies {
  readonly store: Pick<Store, 'userImports' | 'oathTokens' | 'company' | 'settings'>
  readonly engine: EngineControl
  readonly directorySync: Pick<DirectorySyncControl, 'people'>
  readonly clock: () => Date
  readonly logger?: FastifyBaseLogger
  readonly onReady: (begin: () => Promise<void>) => void
  readonly onClose: (end: () => Promise<void>) => void
}

export function userImportHandlers(dependencies: UserImportRouteDependencies): Handlers<typeof api.userImports> {
  const { store, engine, directorySync, clock, logger, onReady, onClose } = dependencies
  const onError = (error: unknown) => logger?.error({ error }, 'importing users')
  const imports = createUserImports({
    ...{ store, engine, clock, onError, people: directorySync.people, hash: createArgon2id().hash },
  })
  onReady(() => imports.resume())
  onClose(() => imports.close())
  const find = async (id: string) => {
    const record = await store.userImports.byId(id)
    if (record === null) throw new ApiProblem('not-found', { detail: 'This import is not there any more.' })
    return record
  }
  const viewOf = async (id: string) => importView(await find(id))
  return {
    async list({ query }) {
      const page = await store.userImports.list(query)
      return { ...page, rows: page.rows.map(importView) }
    },
    read: ({ params }) => viewOf(params.id),
    async rows({ params, query }) {
      await find(params.id)
      const page = await store.userImports.rows(params.id, query)
      return { ...page, rows: [...page.rows] }
    },
    async export({ params }) {
      await find(params.id)
      return exportFile('user-import', clock(), 'csv', csvOfUserImport(store.userImports.stream(params.id)))
    },
    async begin({ body, caller }) {
      await imports.forgetOld()
      const id = randomUUID()
      await store.userImports.create({ id, fileName: body.fileName }, caller.actor)
      return { id }
    },
    async upload({ params, http }) {
      const file = http.request.body
      if (!(file instanceof Readable)) throw new ApiProblem('invalid-input', { detail: 'There is no file.' })
      await imports.upload(params.id, file)
      return viewOf(params.id)
    },
    async fromDirectory({ body, caller }) {
      await refuseUnconfigured(store)
      await imports.forgetOld()
      const { whom } = body
      const about = whom.kind === 'picked' ? '' : [whom.search, whom.within].filter((text) => text !== '').join(' · ')
      return { id: await imports.fromDirectory(body, about.slice(0, 200), caller.actor) }
    },
    async columns({ params, query }) {
      const { columns, ...look } = await imports.columns(await find(params.id), query)
      return { ...look, columns: [...columns] }
    },
    async check({ params, body }) {
      await find(params.id)
      await imports.check(params.id, body)
      return viewOf(params.id)
    },
    async take({ params, caller }) {
      await imports.take(params.id, caller.actor)
      return viewOf(params.id)
    },
    async discard({ params }) {
      if (await store.userImports.discard(params.id)) return undefined
      throw new ApiProblem('not-found', { detail: 'This import was taken, is being read, or is not there any more.' })
    },
  }
}

function importView(record: UserImportRecord): UserImport {
  return { ...record, at: record.at.toISOString(), finishedAt: record.finishedAt?.toISOString() ?? null }
}
