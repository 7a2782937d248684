/** Taking over another product's configuration: a file is read, kept sealed for an hour, and forgotten once something was taken. */
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { mostProductRows, type api, type ProductImport, type ProductImportRow } from '@sallyport/contract'
import type { ProductImportRecord, Store } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import type { ProductImportControl } from '../../bus/product-import-control.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'
import { ImportFault, refuseFile } from '../import/import-fault.ts'
import { readWhole } from '../import/read-whole.ts'
import { ApiProblem, invalidInput } from '../problems.ts'

export interface ProductImportRouteDependencies {
  readonly store: Pick<Store, 'productImports'>
  readonly engine: EngineControl
  readonly productImports: ProductImportControl
  readonly clock: () => Date
  readonly onReady: (begin: () => Promise<void>) => void
  readonly onClose: (end: () => Promise<void>) => void
}

const maximumOctets = 4 * 1024 * 1024
const keepMs = 60 * 60_000
const lookMs = 5 * 60_000
const mostKept = 5

export function productImportHandlers(
  dependencies: ProductImportRouteDependencies,
): Handlers<typeof api.productImports> {
  const { store, engine, productImports, clock, onReady, onClose } = dependencies
  const since = () => new Date(clock().getTime() - keepMs)
  const forgetOld = () => store.productImports.forgetBefore(since())
  let timer: NodeJS.Timeout | undefined
  onReady(async () => {
    await forgetOld()
    // What fails now is tried again; and nothing older than an hour is shown meanwhile.
    timer = setInterval(() => void forgetOld().catch(() => undefined), lookMs).unref()
  })
  onClose(() => {
    clearInterval(timer)
    return Promise.resolve()
  })

  const find = async (id: string) => {
    const found = await store.productImports.open(id, since())
    if (found !== null) return found
    throw new ApiProblem('not-found', { detail: 'This file is not kept any more: choose it again.' })
  }
  return {
    async upload({ query, caller, http }) {
      const body = http.request.body
      if (!(body instanceof Readable)) throw new ApiProblem('invalid-input', { detail: 'There is no file.' })
      await forgetOld()
      if ((await store.productImports.count()) >= mostKept) {
        const detail = 'Other files wait to be looked at: discard one, or wait until it is forgotten.'
        throw new ApiProblem('too-many-requests', { detail, retryAfterSeconds: 60 })
      }
      try {
        const file = await readWhole(body, maximumOctets, 'The file is larger than 4 MB: use the command line.')
        const rows = await productImports.read(query.product, file)
        if (typeof rows === 'string') throw new ImportFault('no-configuration', rows)
        if (rows.length === 0) throw new ImportFault('empty', 'There is nothing in this file that could be taken over.')
        if (rows.length > mostProductRows) {
          throw new ImportFault('too-many', `More than ${mostProductRows} rows: use the command line.`)
        }
        const record = await store.productImports.keep({ id: randomUUID(), ...query, file }, caller.actor)
        return importView(record, rows)
      } catch (error) {
        refuseFile(error)
      }
    },

    async read({ params }) {
      const { record, file } = await find(params.id)
      const rows = await productImports.read(record.product, file)
      if (typeof rows === 'string') throw new ApiProblem('not-found', { detail: rows })
      return importView(record, rows)
    },

    async take({ params, body, caller }) {
      const { record, file } = await find(params.id)
      const outcome = await productImports.take(record.product, file, body.rows, caller.actor)
      if (typeof outcome !== 'number') throw invalidInput(...outcome)
      await store.productImports.taken(params.id, outcome, caller.actor)
      for (const topic of ['clients', 'target'] as const) await putInForce(engine, { topic })
      return { added: outcome }
    },

    async discard({ params }) {
      if (await store.productImports.forget(params.id)) return undefined
      throw new ApiProblem('not-found', { detail: 'This file is not kept any more.' })
    },
  }
}

function importView(record: ProductImportRecord, rows: readonly ProductImportRow[]): ProductImport {
  const expiresAt = new Date(record.at.getTime() + keepMs).toISOString()
  return { ...record, at: record.at.toISOString(), expiresAt, rows: [...rows] }
}
