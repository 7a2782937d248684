/**
 * All groups that an entry belongs to, those too that it is in by way of other groups. Active Directory follows them by itself, and
 * has one group more for everybody, the primary one, which names no members; any other directory is asked level by level.
 */
import { type FoundUser } from './user-search.ts'
import { type Entry } from './wire/decode.ts'
import { prepareSearch, type PreparedSearch } from './wire/encode.ts'
import { parseFilter } from './wire/filter.ts'

/** What a directory calls the groups of an entry; OpenLDAP names it only to whom asks for it by name. */
export const groupAttribute = 'memberOf'
/** What a search has to ask for, so that {@link groupsOf} can go on from there. */
export const groupAttributes = [groupAttribute, 'objectSid', 'primaryGroupID'] as const

/** Asks one server; `name` stands in the filter’s place for one. */
type Search = (search: PreparedSearch, name: string) => Promise<readonly Entry[]>

// [MS-ADTS] §3.1.1.3.4.4.3: LDAP_MATCHING_RULE_TRANSITIVE_EVAL, once called IN_CHAIN.
const memberOfChain = '(member:1.2.840.113556.1.4.1941:={username})'
const memberOfOne = '(|(member={username})(uniqueMember={username}))'
/** RFC 4511 §4.5.1.8: no attributes. The names of groups are all that is wanted. */
const nothing = ['1.1']
const mostGroups = 1_000
/** Without Active Directory: so many levels, and so many groups whose own groups are asked for. */
const mostLevels = 10
const mostAsked = 100

/**
 * DNs without repetition, as the directory writes them.
 * @param user found by a search for {@link groupAttributes}
 * @param baseDn where groups are looked for, except in Active Directory, where it is the whole domain
 * @throws LdapFailure
 */
export async function groupsOf(user: FoundUser, baseDn: string, search: Search): Promise<readonly string[]> {
  const found = new Map<string, string>()
  const add = (dns: readonly string[]): string[] => {
    const isNew = (dn: string) => dn !== '' && !found.has(dn.toLowerCase())
    const fresh = dns.filter(isNew)
    for (const dn of fresh) found.set(dn.toLowerCase(), dn)
    return fresh
  }
  const direct = add(valuesOf(user, groupAttribute))
  const [sid = ''] = valuesOf(user, 'objectSid')
  const [primary = ''] = valuesOf(user, 'primaryGroupID')
  if (sid !== '') {
    const domain = domainOf(user.dn)
    const inDomain = (filter: string) => prepared(domain === '' ? baseDn : domain, filter)
    const own = primary === '' ? [] : dnsOf(await search(inDomain(`(objectSid=${withRid(sid, primary)})`), ''))
    add(own)
    const chains = [user.dn, ...own].map((dn) => search(inDomain(memberOfChain), dn))
    for (const entries of await Promise.all(chains)) add(dnsOf(entries))
  } else {
    const parents = prepared(baseDn, memberOfOne)
    let asked = 0
    let level = [user.dn, ...direct]
    for (let depth = 0; depth < mostLevels && level.length > 0; depth++) {
      const asking = level.slice(0, mostAsked - asked)
      asked += asking.length
      const answers = await Promise.all(asking.map((dn) => search(parents, dn)))
      level = answers.flatMap((entries) => add(dnsOf(entries)))
    }
  }
  return [...found.values()].slice(0, mostGroups)
}

function prepared(baseDn: string, text: string): PreparedSearch {
  const filter = parseFilter(text)
  if (!filter) throw new Error('a filter of ours is none')
  return prepareSearch({ baseDn, scope: 'sub', filter, attributes: nothing, sizeLimit: mostGroups })
}

function dnsOf(entries: readonly Entry[]): string[] {
  return entries.map(({ dn }) => dn)
}

function valuesOf({ attributes }: FoundUser, name: string): readonly string[] {
  const key = Object.keys(attributes).find((each) => each.toLowerCase() === name.toLowerCase())
  return key === undefined ? [] : (attributes[key] ?? [])
}

/** `DC=corp,DC=example` of a DN in that domain; empty where it ends in something else. */
function domainOf(dn: string): string {
  return /(?:^|,)(dc=[^,]+(?:,dc=[^,]+)*)$/i.exec(dn)?.[1] ?? ''
}

/** The SID of another account of the same domain, as octets of a filter ([MS-DTYP] §2.4.2.2): every directory takes those. */
function withRid(sid: string, rid: string): string {
  const [revision = 0, authority = 0, ...parts] = sid.split('-').slice(1).map(Number)
  const octets = Buffer.alloc(8 + 4 * parts.length)
  octets[0] = revision
  octets[1] = parts.length
  octets.writeUIntBE(authority, 2, 6)
  for (const [at, part] of [...parts.slice(0, -1), Number(rid)].entries()) octets.writeUInt32LE(part, 8 + 4 * at)
  return octets.toString('hex').replace(/../g, '\\$&')
}
