/** Everybody in a group, those too who are in it by way of other groups: read member by member, so that nothing is taken for granted. */
import { LdapFailure } from './failure.ts'
import { valuesOf, type DirectoryEntry, type DirectoryReader } from './reader.ts'

export interface MembersQuery {
  readonly groupDn: string
  /** Who of the members is a person, and what is a group; what is neither is passed over. RFC 4515. */
  readonly personFilter: string
  readonly groupFilter: string
  readonly attributes: readonly string[]
}

const memberAttributes = ['member', 'uniqueMember'] as const
/** Read at a time: OpenLDAP takes up to a hundred requests that wait. */
const atOnce = 48
const mostGroups = 10_000

/**
 * Persons in pieces; one who is in several groups may come several times. Whoever a group names and the directory has not is passed over.
 * @throws LdapFailure, also where the group itself is not there
 */
export async function* membersOf(
  reader: DirectoryReader,
  query: MembersQuery,
): AsyncGenerator<readonly DirectoryEntry[], void, undefined> {
  const { groupDn, personFilter, groupFilter, attributes } = query
  const isThere = await reader.entry(groupDn, '(objectClass=*)', ['1.1'])
  if (!isThere) throw new LdapFailure('misconfigured', `The group ${groupDn} does not exist, or may not be seen.`)
  const known = new Set([groupDn.toLowerCase()])
  const asked = new Set<string>()
  const waiting = [groupDn]
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    yield* primaryMembers(reader, group, query)
    for await (const dns of memberDns(reader, group)) {
      const fresh = dns.filter((dn) => !asked.has(dn.toLowerCase()))
      for (let from = 0; from < fresh.length; from += atOnce) {
        const piece = fresh.slice(from, from + atOnce)
        const persons = await Promise.all(piece.map((dn) => reader.entry(dn, personFilter, attributes)))
        yield persons.filter((person) => person !== undefined)
        const others = piece.filter((_, at) => persons[at] === undefined)
        for (const dn of others) asked.add(dn.toLowerCase())
        const groups = await Promise.all(others.map((dn) => reader.entry(dn, groupFilter, ['1.1'])))
        for (const found of groups) {
          if (!found || known.has(found.dn.toLowerCase())) continue
          if (known.size >= mostGroups)
            throw new LdapFailure('misconfigured', `More than ${mostGroups} groups in ${groupDn}.`)
          known.add(found.dn.toLowerCase())
          waiting.push(found.dn)
        }
      }
    }
  }
}

/** The DNs that a group names. Active Directory gives a long list in ranges ([MS-ADTS] §3.1.1.3.1.3.3). */
async function* memberDns(reader: DirectoryReader, group: string): AsyncGenerator<readonly string[], void, undefined> {
  const asked = await reader.entry(group, '(objectClass=*)', memberAttributes)
  if (!asked) return
  for (const name of memberAttributes) {
    yield valuesOf(asked, name)
    let range = rangeOf(asked, name)
    while (range) {
      yield range.values
      if (range.next === undefined) break
      const more = await reader.entry(group, '(objectClass=*)', [`${name};range=${String(range.next)}-*`])
      range = more && rangeOf(more, name)
    }
  }
}

/** `member;range=0-1499`, and where the next begins; undefined after `member;range=1500-*`. */
function rangeOf({ attributes }: DirectoryEntry, name: string) {
  const pattern = new RegExp(`^${name};range=\\d+-(\\d+|\\*)$`, 'i')
  for (const [key, values] of Object.entries(attributes)) {
    const end = pattern.exec(key)?.[1]
    if (end !== undefined) return { values, next: end === '*' ? undefined : Number(end) + 1 }
  }
  return undefined
}

/** Active Directory: whose primary group it is, its list of members does not name. */
async function* primaryMembers(
  reader: DirectoryReader,
  group: string,
  { personFilter, attributes }: MembersQuery,
): AsyncGenerator<readonly DirectoryEntry[], void, undefined> {
  if (reader.facts.kind !== 'active-directory') return
  const entry = await reader.entry(group, '(objectClass=*)', ['objectSid'])
  const rid = entry && /-(\d+)$/.exec(valuesOf(entry, 'objectSid')[0] ?? '')?.[1]
  const domain = /(?:^|,)(dc=[^,]+(?:,dc=[^,]+)*)$/i.exec(group)?.[1]
  if (rid === undefined || domain === undefined) return
  yield* reader.pages({
    baseDn: domain,
    scope: 'sub',
    filter: `(&${personFilter}(primaryGroupID=${rid}))`,
    attributes,
  })
}
