/** Whom the directory has: noted in a file of the run's own, so that memory stays what it is however many they are. */
import type { Database } from 'better-sqlite3'
import type { SeenPerson, StagedPerson, SyncRoom } from '../directory-sync-types.ts'

export function prepareScratch(database: Database): Pick<SyncRoom, 'note' | 'stage' | 'found'> {
  database.exec(`
    CREATE TEMP TABLE seen (directoryId TEXT PRIMARY KEY, position INTEGER NOT NULL, dn TEXT NOT NULL, person TEXT) WITHOUT ROWID;
    CREATE INDEX temp.seenInOrder ON seen (position, directoryId);
    CREATE TEMP TABLE claimed (usernameKey TEXT PRIMARY KEY, directoryId TEXT NOT NULL) WITHOUT ROWID;`)
  const note = database.prepare<[string, number, string]>(
    'INSERT INTO temp.seen (directoryId, position, dn) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const same = database.prepare<[string, string, string], { same: 1 }>(
    `SELECT 1 AS same FROM User WHERE directoryId = ? AND directoryDn = ? AND directoryStamp = ? AND directoryStamp <> ''
       AND NOT directoryDisabled`,
  )
  const stage = database.prepare<[string, number, string, string]>(
    `INSERT INTO temp.seen (directoryId, position, dn, person) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET person = excluded.person, dn = excluded.dn WHERE person IS NULL`,
  )
  const count = database.prepare<[], { found: number }>('SELECT count(*) AS found FROM temp.seen')

  const noteAll = database.transaction((people: readonly SeenPerson[], position: number): readonly string[] =>
    people.flatMap(({ directoryId, dn, stamp }) => {
      note.run(directoryId, position, dn)
      return same.get(directoryId, dn, stamp) === undefined ? [directoryId] : []
    }),
  )
  const stageAll = database.transaction((people: readonly StagedPerson[], position: number) => {
    for (const person of people) stage.run(person.directoryId, position, person.dn, JSON.stringify(person))
  })
  return {
    note: (people, position) => noteAll(people, position),
    stage: (people, position) => stageAll(people, position),
    found: () => count.get()?.found ?? 0,
  }
}
