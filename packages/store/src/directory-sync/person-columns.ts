/** A person of the directory and a user of ours: the columns that the one fills, and what differs from what the other has. */
import type { SyncRow } from '@sallyport/contract'
import type { StagedPerson, SyncPlanRow } from '../directory-sync-types.ts'
import { usernameKey } from '../username-key.ts'

/** The fields that a directory may own, as columns of the same names. */
export const ownedColumns = [
  ...['username', 'firstName', 'lastName', 'email', 'description'],
  ...['phone', 'phoneExtension', 'backupPhone', 'backupExtension'],
] as const
const keyColumns: Readonly<Record<string, string>> = {
  username: 'usernameKey',
  firstName: 'firstNameKey',
  lastName: 'lastNameKey',
  email: 'emailKey',
}

/** A user as the comparison reads them. */
export type PresentUser = Readonly<Record<(typeof ownedColumns)[number], string>> & {
  readonly id: string
  readonly usernameKey: string
  readonly enabled: 0 | 1
  readonly directoryId: string | null
  readonly directoryDn: string
  readonly directoryStamp: string
  readonly directoryDisabled: 0 | 1
  readonly directoryUnseen: 0 | 1
}

export const presentColumns = `id, usernameKey, enabled, directoryId, directoryDn, directoryStamp, directoryDisabled, directoryUnseen, ${ownedColumns.join(', ')}`

type Columns = Record<string, string | number | null>

/** The columns of a field, and of what it is found by. */
function columnsOf(field: string, value: string): Columns {
  const key = keyColumns[field]
  return { [field]: value, ...(key !== undefined && { [key]: usernameKey(value) }) }
}

/** What makes the user what the directory says: no columns where they are that already. `isNew`: they become the directory's now. */
export function differences(
  user: PresentUser,
  person: StagedPerson,
  { isNew = false } = {},
): Pick<SyncPlanRow, 'changes' | 'action'> & { readonly columns: Columns } {
  const changes: Record<string, SyncRow['changes'][string]> = {}
  const columns: Columns = isNew ? { directoryId: person.directoryId } : {}
  for (const [field, value] of Object.entries(person.fields)) {
    const before = user[field as (typeof ownedColumns)[number]]
    if (before === value) continue
    changes[field] = [before, value]
    Object.assign(columns, columnsOf(field, value))
  }
  if (user.directoryDn !== person.dn) {
    changes['dn'] = [user.directoryDn, person.dn]
    columns['directoryDn'] = person.dn
  }
  // Whoever was disabled here stays so, whatever the directory says.
  if (person.disabled && user.enabled === 1) {
    changes['enabled'] = [true, false]
    Object.assign(columns, { enabled: 0, directoryDisabled: 1 })
    return { action: 'disable', changes, columns }
  }
  if (!person.disabled && user.directoryDisabled === 1) {
    if (user.enabled === 0) changes['enabled'] = [false, true]
    Object.assign(columns, { enabled: 1, directoryDisabled: 0 })
    return { action: user.enabled === 0 ? 'enable' : 'change', changes, columns }
  }
  return { action: 'change', changes, columns }
}

/** All columns of a user who is new here; what the item says of methods and language comes to it. */
export function newColumns(person: StagedPerson, defaults: Columns): Columns {
  const columns: Columns = {}
  for (const field of ownedColumns) Object.assign(columns, columnsOf(field, person.fields[field] ?? ''))
  return {
    ...columns,
    ...defaults,
    enabled: person.disabled ? 0 : 1,
    directoryId: person.directoryId,
    directoryDn: person.dn,
    directoryStamp: person.stamp,
    directoryDisabled: person.disabled ? 1 : 0,
  }
}
