/** Looking for people in the directory, to import them by search. */
import { z } from 'zod'
import { id } from './common.ts'
import { syncReason } from './directory-sync.ts'
import { endpoint } from './endpoint.ts'
import { userFactorFields } from './people.ts'
import { helpDesk } from './roles.ts'

const searchFields = {
  /** Each of its words is in a name, the user name or the mail address; empty: everybody. */
  search: z.string().trim().max(200).default(''),
  /** Below this container or in this group; empty: below the base DN. */
  within: z.string().max(1000).default(''),
  withinKind: z.enum(['container', 'group']).default('container'),
}
const peopleSearch = z.strictObject(searchFields)
export type PeopleSearch = z.infer<typeof peopleSearch>

/** Whom to import: those who were ticked, or all whom a search finds. */
const peopleChoice = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('picked'),
    dns: z.array(z.string().min(3).max(1000)).min(1, 'Choose somebody.').max(500, 'At most 500 at once.'),
  }),
  z.strictObject({ kind: z.literal('all'), ...searchFields }),
])
export type PeopleChoice = z.infer<typeof peopleChoice>

const { factorMethods, callMode, textMode, textWithPin, appMode, language } = userFactorFields

export const importPeopleInput = z.strictObject({
  whom: peopleChoice,
  /** Users of the same name who do not come from the directory become these people; otherwise they stay as they are. */
  link: z.boolean(),
  /** For whoever is new here. */
  ...{ factorMethods, callMode, textMode, textWithPin, appMode, language },
  /** Goes before phone numbers that say no country: `+49`; empty: such numbers are not taken. */
  countryCode: z.string().regex(/^(\+[1-9]\d{0,3})?$/, 'A country code such as +49, or nothing.'),
})
export type ImportPeopleInput = z.infer<typeof importPeopleInput>

const directoryPerson = z.object({
  dn: z.string(),
  username: z.string(),
  name: z.string(),
  email: z.string(),
  disabled: z.boolean(),
  /** Why the entry can be nobody. */
  reason: syncReason.nullable(),
  /** Here already, by what the directory calls them for good. */
  user: z.object({ id, username: z.string() }).nullable(),
  /** Somebody else here has this name. */
  hasNamesake: z.boolean(),
})
export type DirectoryPerson = z.infer<typeof directoryPerson>

const tag = 'Users'

export const directoryPeople = {
  search: endpoint({
    method: 'GET',
    path: '/api/directory/people',
    summary: 'A page of the people in the directory whom a search finds; its cursor is good for two minutes.',
    tag,
    access: helpDesk,
    query: z.strictObject({ ...searchFields, cursor: z.string().max(100).optional() }),
    response: z.object({ people: z.array(directoryPerson), nextCursor: z.string().nullable() }),
  }),
  count: endpoint({
    method: 'GET',
    path: '/api/directory/people/count',
    summary: 'How many people a search finds in the directory, counted up to a limit.',
    tag,
    access: helpDesk,
    query: peopleSearch,
    response: z.object({ count: z.int(), isAll: z.boolean() }),
  }),
}
