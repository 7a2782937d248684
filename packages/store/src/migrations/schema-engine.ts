/** Prisma's schema engine as WebAssembly: it applies migrations and compares schemas, with nothing to download. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'

export type SchemaEngine = bindings.SchemaEngine
/** Everything in the database belongs to us. */
export const noFilter = { externalTables: [], externalEnums: [] }

/** @param factory the connections that it uses; it never closes them */
export function openSchemaEngine(factory: SqlMigrationAwareDriverAdapterFactory): Promise<SchemaEngine> {
  load()
  return bindings.SchemaEngine.new(
    { datamodels: [['schema.prisma', 'datasource db {\n  provider = "sqlite"\n}\n']] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  )
}

let loaded = false

/** The part of WebAssembly that is used here; the types of Node 20 leave it out. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> }
}

/** The package's own entry leaves loading to bundlers; in Node it is done by hand. */
function load(): void {
  if (loaded) return
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const module = new Module(readFileSync(join(folder, 'schema_engine_bg.wasm')))
  const { exports } = new Instance(module, { './schema_engine_bg.js': bindings })
  const { __wbg_set_wasm: setWasm } = bindings as unknown as { __wbg_set_wasm: (exports: object) => void }
  setWasm(exports)
  const start = exports['__wbindgen_start'] as () => void
  start()
  loaded = true
}
