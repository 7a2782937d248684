/** Finds the entries that a user's name stands for. */
import { type LdapConfiguration } from './configuration.ts'
import { LdapFailure } from './failure.ts'
import { type Entry } from './wire/decode.ts'
import { prepareSearch, type PreparedSearch } from './wire/encode.ts'
import { parseFilter } from './wire/filter.ts'

export interface FoundUser {
  readonly dn: string
  readonly attributes: Readonly<Record<string, readonly string[]>>
}

/** Two entries would do to see that a name is ambiguous; an alias may stand beside its entry. */
const mostEntries = 8
/** RFC 4512 §2.6.2: what an alias entry names. */
const aliasTarget = 'aliasedObjectName'

/**
 * The search for users of this configuration; undefined where a template makes their DNs.
 * @throws Error where the filter is none
 */
export function prepareUserSearch(configuration: LdapConfiguration): PreparedSearch | undefined {
  const { baseDn, userLookup, userAttributes = [] } = configuration
  if (userLookup.kind !== 'search') return undefined
  const filter = parseFilter(userLookup.filter)
  if (!filter) throw new Error('The configuration’s filter is no LDAP filter.')
  return prepareSearch({
    baseDn,
    scope: 'sub',
    filter,
    attributes: [aliasTarget, ...userAttributes],
    sizeLimit: mostEntries,
  })
}

/**
 * The distinct users among the entries that were found, an alias counted as the entry that it names. References to
 * other servers (RFC 4511 §4.5.3) are not followed: whoever wants users from there enters that server.
 * @throws LdapFailure
 */
export function usersAmong(entries: readonly Entry[]): FoundUser[] {
  const found = new Map<string, FoundUser>()
  for (const entry of entries) {
    const user = toUser(entry)
    // RFC 4513 §5.1.1: a bind with an empty name is nobody's.
    if (user.dn === '') throw new LdapFailure('misconfigured', 'The search found an entry without a DN.')
    const key = user.dn.toLowerCase()
    if (!found.has(key) || entry.dn === user.dn) found.set(key, user)
  }
  return [...found.values()]
}

function toUser(entry: Entry): FoundUser {
  // Without a prototype, as in the entry: what a server calls `__proto__` is a name like any other.
  const attributes = Object.create(null) as Record<string, readonly string[]>
  let dn = entry.dn
  for (const [name, values] of Object.entries(entry.attributes)) {
    const [first] = values
    if (first === undefined) continue
    if (name.toLowerCase() === aliasTarget.toLowerCase()) dn = first
    else attributes[name] = values
  }
  return { dn, attributes }
}
