/** Looks at people of the directory who are to be imported: what it says of them, and how whoever comes this way is asked. */
import { setImmediate as giveWay } from 'node:timers/promises'
import type { ImportPeopleInput, SyncReason } from '@sallyport/contract'
import { LdapFailure } from '@sallyport/directory'
import type { StagedUser, Store } from '@sallyport/store'
import type { PeopleInDirectory, ReadPerson } from '../../../bus/people-in-directory.ts'
import { ImportFault } from '../import-fault.ts'

/** Sentences that the console knows in each of its languages. */
const reasons: Readonly<Partial<Record<SyncReason, string>>> = {
  'no-unique-id': 'The entry has nothing to know it by again: see the unique identifier in Directory Integration.',
  'no-username': 'The entry has no user name: see the attributes in Directory Integration.',
  gone: 'The directory has no such person any more.',
  'bad-phone': 'A phone number could not be read, and is left out.',
}

const rowsAtOnce = 250
const tooMany = 'More people are found than can be imported at once: narrow the search.'

interface Rooms {
  readonly imports: Store['userImports']
  readonly people: Pick<PeopleInDirectory, 'count' | 'read'>
  readonly isClosing: () => boolean
}

/** Nothing counts unless all were read. */
export async function lookAtPeople(
  { imports, people, isClosing }: Rooms,
  id: string,
  input: ImportPeopleInput,
): Promise<void> {
  const { whom, countryCode, link } = input
  try {
    const { count, isAll } = whom.kind === 'all' ? await people.count(whom) : { count: whom.dns.length, isAll: true }
    if (!isAll) throw new ImportFault('too-many', tooMany)
    await imports.expect(id, count)
    let line = 0
    for await (const piece of people.read(whom, countryCode)) {
      if (isClosing()) return
      const rows = piece.map((person) => readPerson(person, ++line, input))
      for (let from = 0; from < rows.length; from += rowsAtOnce) {
        await imports.stage(id, rows.slice(from, from + rowsAtOnce), line, { link })
      }
      await giveWay()
    }
    await imports.checked(id, null)
  } catch (error) {
    const isTold = error instanceof ImportFault || error instanceof LdapFailure
    await imports.checked(id, isTold ? error.message : 'The directory could not be read: the server’s log says why.')
    if (!isTold) throw error
  }
}

function readPerson(person: ReadPerson, line: number, input: ImportPeopleInput): StagedUser {
  const remark = (reason: SyncReason | null) =>
    reason === null ? [] : [{ column: null, message: reasons[reason] ?? reason }]
  if ('refused' in person) {
    const { dn, username, reason } = person.refused
    return { line, username: (username || dn).slice(0, 253), user: null, pin: '', remarks: remark(reason) }
  }
  const { fields, disabled } = person
  const { factorMethods, callMode, textMode, textWithPin, appMode, language } = input
  const { username = '', firstName = '', lastName = '', email = '', description = '' } = fields
  const { phone = '', phoneExtension = '', backupPhone = '', backupExtension = '' } = fields
  return {
    ...{ line, username, pin: '', remarks: remark(person.remark), person },
    user: {
      ...{ username, firstName, lastName, email, description, enabled: !disabled },
      ...{ phone, phoneExtension, backupPhone, backupExtension },
      ...{ factorMethods, callMode, textMode, textWithPin, appMode, language, oathToken: '' },
    },
  }
}
