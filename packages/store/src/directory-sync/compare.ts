/**
 * Holds what was read against the users who are here, in keyset batches, and writes down what is to be done. Nothing is done yet, so that
 * whatever fails up to here has changed nothing.
 */
import type { Database } from 'better-sqlite3'
import type { SyncReason, SyncSettings } from '@sallyport/contract'
import type { StagedPerson, SyncPlanRow } from '../directory-sync-types.ts'
import { usernameKey } from '../username-key.ts'
import { differences, newColumns, presentColumns, type PresentUser } from './person-columns.ts'
import type { Plan } from './plan.ts'

const batch = 500

interface SeenRow {
  readonly seenId: string
  readonly position: number
  readonly person: string | null
}
type KnownRow = SeenRow & PresentUser

export function prepareCompare(
  database: Database,
  settings: SyncSettings,
  plan: Plan,
  isDryRun: boolean,
): (pause: () => Promise<void>) => Promise<void> {
  const columns = presentColumns.replace(/\w+/g, (name) => `u.${name}`)
  const known = database.prepare<[string, number], KnownRow>(
    `SELECT s.directoryId AS seenId, s.position, s.person, ${columns} FROM temp.seen s JOIN User u ON u.directoryId = s.directoryId
     WHERE s.directoryId > ? ORDER BY s.directoryId LIMIT ?`,
  )
  const strangers = database.prepare<[number, string, number], SeenRow>(
    `SELECT s.directoryId AS seenId, s.position, s.person FROM temp.seen s
     WHERE (s.position, s.directoryId) > (?, ?) AND s.person IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM User u WHERE u.directoryId = s.directoryId)
     ORDER BY s.position, s.directoryId LIMIT ?`,
  )
  const gone = database.prepare<[string, number], PresentUser & { readonly directoryId: string }>(
    `SELECT ${columns} FROM User u WHERE u.directoryId > ? AND NOT u.directoryUnseen AND NOT EXISTS
       (SELECT 1 FROM temp.seen s WHERE s.directoryId = u.directoryId) ORDER BY u.directoryId LIMIT ?`,
  )
  const claim = database.prepare<[string, string]>(
    'INSERT INTO temp.claimed (usernameKey, directoryId) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const restamp = database.prepare<[string, string]>(
    'UPDATE User SET directoryStamp = ?, directoryUnseen = 0 WHERE id = ?',
  )
  const holder = database.prepare<[string], PresentUser>(`SELECT ${presentColumns} FROM User WHERE usernameKey = ?`)
  const isSeen = database.prepare<[string], { seen: 1 }>('SELECT 1 AS seen FROM temp.seen WHERE directoryId = ?')
  /** Entries that changed in nothing that is ours. */
  const stamped: (readonly [string, string])[] = []
  const claims = (key: string, id: string) => claim.run(key, id).changes === 1

  /** Why nobody new can have this name; a user who was here before may become its owner. */
  function nameProblem(key: string, directoryId: string): SyncReason | PresentUser | null {
    if (!claims(key, directoryId)) return 'same-name'
    const has = holder.get(key)
    if (has === undefined || has.directoryId === directoryId) return null
    if (has.directoryId === null) return has
    // Somebody else of the directory who has another name now gives it up in this same run.
    if (isSeen.get(has.directoryId) !== undefined) return null
    return settings.whenGone === 'remove' ? null : 'name-of-removed'
  }

  function refuse(person: StagedPerson, reason: SyncReason, userId: string | null): SyncPlanRow {
    const { dn, directoryId } = person
    const username = person.fields.username ?? ''
    return plan.keyed({ action: 'refuse', reason, username, dn, directoryId, userId, changes: {}, columns: null })
  }

  function ofKnown(row: KnownRow): SyncPlanRow | null {
    if (row.person === null) return null
    const person = JSON.parse(row.person) as StagedPerson
    const username = person.fields.username ?? row.username
    const key = usernameKey(username)
    if (key !== row.usernameKey) {
      const problem = nameProblem(key, person.directoryId)
      if (problem !== null) {
        claims(row.usernameKey, person.directoryId)
        return refuse(person, typeof problem === 'string' ? problem : 'name-taken', row.id)
      }
    }
    const { action, changes, columns: changed } = differences(row, person)
    const { dn, directoryId, stamp } = person
    const isUnseen = row.directoryUnseen === 1
    const isOtherStamp = stamp !== row.directoryStamp || isUnseen
    if (Object.keys(changed).length === 0) {
      if (isOtherStamp) stamped.push([stamp, row.id])
      return null
    }
    if (isOtherStamp) changed['directoryStamp'] = stamp
    if (isUnseen) changed['directoryUnseen'] = 0
    const reason = action === 'disable' ? 'disabled-there' : person.remark
    return plan.keyed({ action, reason, username, dn, directoryId, userId: row.id, changes, columns: changed })
  }

  function ofStranger(row: SeenRow): SyncPlanRow {
    const person = JSON.parse(row.person ?? '') as StagedPerson
    const username = person.fields.username ?? ''
    const problem = nameProblem(usernameKey(username), person.directoryId)
    const { dn, directoryId, remark } = person
    if (problem === null) {
      const made = newColumns(person, defaultsOf(settings, row.position))
      return plan.keyed({
        action: 'add',
        reason: remark,
        username,
        dn,
        directoryId,
        userId: null,
        changes: {},
        columns: made,
      })
    }
    if (typeof problem === 'string') return refuse(person, problem, null)
    if (settings.collisions === 'leave') return refuse(person, 'name-taken', problem.id)
    const { changes, columns: changed } = differences(problem, person, { isNew: true })
    changed['directoryStamp'] = person.stamp
    return plan.keyed({
      action: 'adopt',
      reason: remark,
      username,
      dn,
      directoryId,
      userId: problem.id,
      changes,
      columns: changed,
    })
  }

  function ofGone(user: PresentUser): SyncPlanRow | null {
    const { id: userId, username, directoryDn: dn, directoryId } = user
    const known = { username, dn, directoryId: directoryId ?? '', userId, reason: 'gone' as const }
    if (settings.whenGone === 'remove') return plan.keyed({ ...known, action: 'remove', changes: {}, columns: null })
    if (user.enabled === 0) return null
    const changes = { enabled: [true, false] as [boolean, boolean] }
    return plan.keyed({ ...known, action: 'disable', changes, columns: { enabled: 0, directoryDisabled: 1 } })
  }

  const claimKept = database.transaction((rows: readonly KnownRow[]) => {
    for (const { person, usernameKey: key, seenId } of rows) {
      const name = person === null ? undefined : (JSON.parse(person) as StagedPerson).fields.username
      if (name === undefined || usernameKey(name) === key) claims(key, seenId)
    }
  })

  const restampAll = database.transaction((all: typeof stamped) => {
    for (const [stamp, id] of all) restamp.run(stamp, id)
  })

  function planKnown(rows: readonly KnownRow[]): void {
    plan.write(present(rows.map(ofKnown)))
    const all = stamped.splice(0)
    if (all.length > 0 && !isDryRun) restampAll.immediate(all)
  }

  /** Batch by batch, from the position that the last row of one gives for the next. */
  async function each<Row, Position>(
    read: (after: Position) => readonly Row[],
    work: (rows: readonly Row[]) => void,
    first: Position,
    positionOf: (row: Row) => Position,
    pause: () => Promise<void>,
  ): Promise<void> {
    for (let after = first; ;) {
      const rows = read(after)
      work(rows)
      const last = rows.at(-1)
      if (last === undefined || rows.length < batch) return
      after = positionOf(last)
      await pause()
    }
  }

  return async (pause) => {
    const readKnown = (after: string) => known.all(after, batch)
    const seenId = (row: SeenRow) => row.seenId
    // Whoever keeps a name has it before whoever comes to it.
    await each(readKnown, claimKept, '', seenId, pause)
    await each(readKnown, planKnown, '', seenId, pause)
    await each(
      ([position, id]: readonly [number, string]) => strangers.all(position, id, batch),
      (rows) => plan.write(rows.map(ofStranger)),
      [-1, ''] as const,
      (row) => [row.position, row.seenId] as const,
      pause,
    )
    if (settings.whenGone === 'keep') return
    await each(
      (after: string) => gone.all(after, batch),
      (rows) => plan.write(present(rows.map(ofGone))),
      '',
      (user) => user.directoryId,
      pause,
    )
  }
}

function present<T>(rows: readonly (T | null)[]): readonly T[] {
  return rows.filter((row) => row !== null)
}

function defaultsOf({ items }: SyncSettings, position: number): Record<string, string | number | null> {
  const item = items[position]
  if (item === undefined) throw new Error('an item that is not there')
  const { factorMethods, callMode, textMode, textWithPin, appMode, language } = item
  return {
    ...{ factorMethods: JSON.stringify(factorMethods), callMode, textMode, appMode, language },
    textWithPin: textWithPin === null ? null : Number(textWithPin),
  }
}
