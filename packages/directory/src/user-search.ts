/** Finds the entries that a user's name stands for. */
import { type Entry, type SearchOptions } from 'ldapts'

import { type LdapConfiguration } from './configuration.ts'
import { LdapFailure } from './failure.ts'
import { fillFilter } from './filters.ts'

export interface FoundUser {
  readonly dn: string
  readonly attributes: Readonly<Record<string, readonly string[]>>
}

export type Search = (baseDn: string, options: SearchOptions) => Promise<Entry[]>

/** Two entries would do to see that a name is ambiguous; an alias may stand beside its entry. */
const mostEntries = 8
/** RFC 4512 §2.6.2: what an alias entry names. */
const aliasTarget = 'aliasedObjectName'

/**
 * The distinct entries that match, an alias counted as the entry that it names. References to other servers (RFC 4511
 * §4.5.3) are not followed: whoever wants users from there enters that server.
 * @throws LdapFailure
 */
export async function findUsers(
  configuration: Pick<LdapConfiguration, 'baseDn' | 'userLookup' | 'userAttributes'>,
  username: string,
  search: Search,
): Promise<FoundUser[]> {
  const { baseDn, userLookup, userAttributes = [] } = configuration
  if (userLookup.kind !== 'search') throw new Error('a template needs no search')
  const entries = await search(baseDn, {
    scope: 'sub',
    filter: fillFilter(userLookup.filter, username),
    attributes: [aliasTarget, ...userAttributes],
    sizeLimit: mostEntries,
  })
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
  const attributes: Record<string, readonly string[]> = {}
  let dn = entry.dn
  for (const [name, value] of Object.entries(entry)) {
    if (name === 'dn') continue
    const values = (Array.isArray(value) ? value : [value]).map((item) => item.toString())
    if (values.length === 0) continue
    if (name.toLowerCase() === aliasTarget.toLowerCase()) dn = values[0] ?? dn
    else attributes[name] = values
  }
  return { dn, attributes }
}
