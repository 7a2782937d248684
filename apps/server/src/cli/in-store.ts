/** For commands that look into a data folder's database, or change it, beside a running server or without one. */
import { examineData, openStore, type Store } from '@sallyport/store'
import type { CommandContext } from './command.ts'

/** @returns what `act` does, or 1 where there is no database */
export async function inStore(
  { config, migrationsDir, terminal }: CommandContext,
  act: (store: Store) => Promise<number>,
): Promise<number> {
  const { dataDir } = config()
  // Opening makes a database where there is none: nobody is found in that.
  if (examineData({ dataDir, migrationsDir, readThroughBelow: 0 }).state === 'absent') {
    terminal.complain(`${dataDir} holds no database. Name the data folder of the server (SALLYPORT_DATA_DIR).`)
    return 1
  }
  const store = await openStore({ dataDir, ...(migrationsDir === undefined ? {} : { migrationsDir }) })
  try {
    return await act(store)
  } finally {
    await store.close()
  }
}
