/** Opens what one run works with: a connection of its own to the database, and a file beside it for what is read from the directory. */
import type { Database } from 'better-sqlite3'
import type { OpenSyncState, SyncRoom } from '../directory-sync-types.ts'
import { openForWriting } from '../engine/connection.ts'
import { dataPaths } from '../paths.ts'
import { readKey } from '../sealing/key-file.ts'
import { createSealer } from '../sealing/sealer.ts'
import { ldapSettings, syncSettings, type SettingRow } from '../settings-values.ts'
import { StoreError } from '../store-error.ts'
import { prepareApply } from './apply.ts'
import { prepareCompare } from './compare.ts'
import { preparePlan } from './plan.ts'
import { prepareScratch } from './scratch.ts'

/** While others write this thread waits; nobody waits for it longer than its own transactions take. */
const busyTimeoutMs = 30_000

export interface OpenSyncRoomOptions {
  readonly dataDir: string
  readonly runId: string
  readonly clock?: () => Date
}

interface RunRow {
  readonly id: string
  readonly dryRun: 0 | 1
  readonly kind: 'full' | 'incremental'
  readonly state: OpenSyncState
  readonly adopt: 0 | 1
}

/** The run must be there: the main thread began it. */
export function openSyncRoom({ dataDir, runId, clock = () => new Date() }: OpenSyncRoomOptions): SyncRoom {
  const paths = dataPaths(dataDir)
  const key = readKey(paths.key)
  if (key === undefined) throw new StoreError('key-missing', `The key file ${paths.key} is gone. Put it back.`)
  const database = openForWriting(paths.database, busyTimeoutMs, true)
  database.pragma('foreign_keys = ON')
  // What is read may be larger than memory; the file has no name, and is gone with the connection.
  database.pragma('temp_store = FILE')
  const settingRow = database.prepare<[string], SettingRow>('SELECT value, sealed, version FROM Setting WHERE name = ?')
  const run = readRun(database, runId)
  const settings = syncSettings(settingRow.get('directory-sync'))
  const scratch = prepareScratch(database)
  const plan = preparePlan(database, runId)
  const compare = prepareCompare(database, settings, plan, run.dryRun)
  const adopt = run.adopt || settings.collisions === 'adopt'
  const apply = prepareApply(database, { id: run.id, adopt }, clock)
  const update = (columns: string, ...values: (string | number | null)[]) =>
    database.prepare(`UPDATE DirectorySyncRun SET ${columns} WHERE id = ?`).run(...values, runId)
  const end = (state: string, problem: string | null) =>
    update('state = ?, problem = ?, finishedAt = ?', state, problem, clock().getTime())

  return {
    run,
    settings,
    mapping: settings.mapping,
    ldap: ldapSettings(settingRow.get('ldap'), createSealer(key)),
    note: scratch.note,
    stage: scratch.stage,
    refuse: (entries) => {
      plan.write(entries.map((entry) => plan.keyed({ ...refused, ...entry })))
    },
    found: scratch.found,
    setServer: (server) => void update('server = ?', server),
    async compare(pause) {
      update("state = 'comparing', found = ?", scratch.found())
      await compare(pause)
      const counts = plan.counts()
      update(
        'added = ?, changed = ?, enabled = ?, disabled = ?, removed = ?, adopted = ?, refused = ?',
        ...[
          counts.added,
          counts.changed,
          counts.enabled,
          counts.disabled,
          counts.removed,
          counts.adopted,
          counts.refused,
        ],
      )
      return counts
    },
    setState: (state) => void update('state = ?', state),
    applySome: apply,
    finish: () => void end('done', null),
    fail: (problem) => void end('failed', problem),
    cancel: () => void end('cancelled', null),
    close: () => database.close(),
  }
}

const refused = { action: 'refuse', directoryId: '', userId: null, changes: {}, columns: null } as const

function readRun(database: Database, runId: string): SyncRoom['run'] {
  const row = database
    .prepare<[string], RunRow>('SELECT id, dryRun, kind, state, adopt FROM DirectorySyncRun WHERE id = ?')
    .get(runId)
  if (row === undefined) throw new Error('this run does not exist')
  return { ...row, dryRun: row.dryRun === 1, adopt: row.adopt === 1 }
}
