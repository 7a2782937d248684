/** Appends what the engine has to say: when `append` returns, it is on disk. */
import type { Journal } from '../engine-types.ts'
import { encodeRecords } from './encoding.ts'
import { openJournalFile } from './journal-file.ts'

/** Rows that go with an append: more than come in, so that the file stops growing. */
const forgottenAnAppend = 8
const forgottenATidy = 64

export function openJournal({ dataDir }: { readonly dataDir: string }): Journal {
  const database = openJournalFile(dataDir)
  // The mover checkpoints; an append never does.
  database.pragma('wal_autocheckpoint = 0')
  const insert = database.prepare<[string]>('INSERT INTO JournalGroup (body) VALUES (?)')
  const remove = database.prepare<[number, number]>(
    'DELETE FROM JournalGroup WHERE n <= (SELECT min(?, min(n) + ?) FROM JournalGroup)',
  )
  /** Groups up to this number may go; 0: none is left that may. */
  let passed = 0
  const forgetSome = (groups: number) => {
    if (remove.run(passed, groups - 1).changes < groups) passed = 0
  }
  const insertAndForget = database.transaction((body: string) => {
    insert.run(body)
    forgetSome(forgottenAnAppend)
  })

  const appendEncoded = (body: string) => {
    if (body === '') return
    if (passed > 0) insertAndForget.immediate(body)
    else insert.run(body)
  }

  return {
    append: (records) => appendEncoded(encodeRecords(records)),
    appendEncoded,
    forget: (movedUpTo) => {
      passed = Math.max(passed, movedUpTo)
    },
    tidy: () => {
      if (passed > 0) forgetSome(forgottenATidy)
      return passed > 0
    },
    close: () => database.close(),
  }
}
