/** Looking for people in the directory: who they are, and which of them are users already. */
import type { api, DirectoryPerson } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import type { PeopleInDirectory, ReadPerson } from '../../bus/people-in-directory.ts'
import { refuseUnconfigured, told } from '../directory-answers.ts'
import type { Handlers } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'

export interface DirectoryPeopleRouteDependencies {
  readonly store: Pick<Store, 'settings' | 'userImports'>
  readonly people: Pick<PeopleInDirectory, 'page' | 'count'>
}

export function directoryPeopleHandlers({
  store,
  people,
}: DirectoryPeopleRouteDependencies): Handlers<typeof api.directoryPeople> {
  return {
    async search({ query: { cursor, ...search } }) {
      await refuseUnconfigured(store)
      const page = await told(people.page(search, cursor))
      if (page === undefined) throw new ApiProblem('not-found', { detail: 'This took too long: search again.' })
      const views = page.people.map(({ entry, person }) => viewOf(entry.dn, person))
      const here = await store.userImports.whoIsHere(
        page.people.map(({ person }, at) => ({
          id: 'refused' in person ? '' : person.directoryId,
          username: views[at]?.username ?? '',
        })),
      )
      return {
        people: views.map((view, at) => {
          const { user = null, namesake = null } = here[at] ?? {}
          return { ...view, user, hasNamesake: view.reason === null && namesake !== null }
        }),
        nextCursor: page.nextCursor,
      }
    },
    async count({ query }) {
      await refuseUnconfigured(store)
      return told(people.count(query))
    },
  }
}

function viewOf(dn: string, person: ReadPerson): Omit<DirectoryPerson, 'user' | 'hasNamesake'> {
  if ('refused' in person) {
    const { username, reason } = person.refused
    return { dn, username, name: '', email: '', disabled: false, reason }
  }
  const { disabled, fields } = person
  const { username = '', firstName = '', lastName = '', email = '' } = fields
  return { dn, username, name: `${firstName} ${lastName}`.trim(), email, disabled, reason: null }
}
