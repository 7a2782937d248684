/** What the directory says of a user is changed there: here it would be undone by the next synchronization. */
import { mappedFields, type MappedField } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import { invalidInput } from './problems.ts'

type Values = Readonly<Record<string, unknown>>

/** The fields of a user that belong to one that is mapped. */
const fieldsOf: Readonly<Record<MappedField, readonly string[]>> = {
  username: ['username'],
  firstName: ['firstName'],
  lastName: ['lastName'],
  email: ['email'],
  description: ['description'],
  phone: ['phone', 'phoneExtension'],
  backupPhone: ['backupPhone', 'backupExtension'],
}

/** @throws ApiProblem `invalid-input` with each field that is the directory’s and would change */
export async function refuseOwned(
  store: Pick<Store, 'directorySync'>,
  user: { readonly directory: { readonly disabled: boolean } | null },
  present: Values,
  input: Values,
): Promise<void> {
  if (user.directory === null) return
  const { mapping } = await store.directorySync.settings()
  const owned = mappedFields.filter((field) => mapping[field].length > 0).flatMap((field) => fieldsOf[field])
  const faults = owned
    .filter((field) => field in input && input[field] !== present[field])
    .map((path) => ({ path, message: 'This comes from the directory: change it there.' }))
  if (user.directory.disabled && input['enabled'] === true) {
    faults.push({ path: 'enabled', message: 'The directory has disabled this person, or has them no more.' })
  }
  if (faults.length > 0) throw invalidInput(...faults)
}
