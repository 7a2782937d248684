/** The files of a data folder, by name. */
import { join } from 'node:path'

export interface DataPaths {
  readonly database: string
  readonly journal: string
  readonly key: string
}

export function dataPaths(dataDir: string): DataPaths {
  return {
    database: join(dataDir, 'sallyport.db'),
    journal: join(dataDir, 'journal.db'),
    key: join(dataDir, 'sallyport.key'),
  }
}
