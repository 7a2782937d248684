/** Appends what the engine has to say: when `append` returns, it is on disk. */
import type { Journal } from '../engine-types.ts'
import { openJournalFile } from './journal-file.ts'

export function openJournal({ dataDir }: { readonly dataDir: string }): Journal {
  const database = openJournalFile(dataDir)
  // The mover checkpoints; an append never does.
  database.pragma('wal_autocheckpoint = 0')
  const insert = database.prepare<[string]>('INSERT INTO JournalGroup (body) VALUES (?)')
  return {
    append: (records) => {
      if (records.length > 0) insert.run(JSON.stringify(records))
    },
    close: () => database.close(),
  }
}
