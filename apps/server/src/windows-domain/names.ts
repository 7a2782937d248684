/** The ways in which people write their name in a Windows domain, and what to look for in the directory. */

export interface Domain {
  /** DNS name, in lower case. */
  readonly domain: string
  readonly netbiosName: string
}

/**
 * What to search for, in this order: `alice` of `CORP\alice`; `alice@corp.example` as it is, and `alice` where the suffix is the
 * domain's own, for then it may be no more than the account's name. Empty for another domain's name.
 */
export function searchedNames(typed: string, { domain, netbiosName }: Domain): readonly string[] {
  const slash = typed.indexOf('\\')
  if (slash >= 0) {
    const [prefix, name] = [typed.slice(0, slash), typed.slice(slash + 1)]
    const isOurs = [domain, netbiosName.toLowerCase()].includes(prefix.toLowerCase())
    return isOurs && name !== '' && !name.includes('\\') ? [name] : []
  }
  const at = typed.lastIndexOf('@')
  if (at <= 0 || typed.slice(at + 1).toLowerCase() !== domain) return typed === '' ? [] : [typed]
  return [typed, typed.slice(0, at)]
}

/** A user of the domain by account name or UPN; computers are no persons. */
export const userFilter =
  '(&(objectCategory=person)(objectClass=user)(|(sAMAccountName={username})(userPrincipalName={username})))'
export const nameAttributes = ['sAMAccountName', 'userPrincipalName'] as const

/** `DC=corp,DC=example` of `corp.example`. */
export function baseDnOf(domain: string): string {
  return domain
    .split('.')
    .map((label) => `DC=${label}`)
    .join(',')
}
