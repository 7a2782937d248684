/** Checks an LDAP configuration without asking any server, and names the field and the fix of every fault. */
import { type X509Certificate } from 'node:crypto'

import { readCertificates } from './authorities.ts'
import { type LdapConfiguration } from './configuration.ts'
import { isDn } from './syntax.ts'
import { fillTemplate, hasPlaceholder } from './templates.ts'
import { parseLdapUrl } from './url.ts'
import { parseFilter } from './wire/filter.ts'

/** A fault: where it is, such as `servers.1.url`, and a sentence that names the fix. */
export interface ConfigurationFault {
  readonly path: string
  readonly message: string
}

/**
 * The faults of a configuration; none means that `createLdapTarget` takes it.
 * @param now the date that certificates must be valid on
 */
export function validateLdapConfiguration(configuration: LdapConfiguration, now = new Date()): ConfigurationFault[] {
  return [
    ...serverFaults(configuration),
    ...authorityFaults(configuration.caPem, now),
    ...baseFaults(configuration),
    ...lookupFaults(configuration.userLookup),
    ...queryBindFaults(configuration.queryBind),
    ...limitFaults(configuration),
  ]
}

function* serverFaults({ servers, tls }: LdapConfiguration): Generator<ConfigurationFault> {
  if (servers.length === 0)
    yield { path: 'servers', message: 'Enter at least one server, such as ldap://dc1.example.com.' }
  const seen = new Set<string>()
  for (const [index, { url }] of servers.entries()) {
    const path = `servers.${index}.url`
    const address = parseLdapUrl(url)
    if ('problem' in address) {
      yield { path, message: address.problem }
      continue
    }
    if (seen.has(address.url)) yield { path, message: 'This server is in the list already.' }
    seen.add(address.url)
    if (address.secure && tls === 'starttls') {
      yield { path, message: 'StartTLS begins on an ldap:// address: write ldap://, or choose LDAPS instead.' }
    } else if (address.secure && tls === 'none') {
      yield { path, message: 'An ldaps:// address needs LDAPS as the encryption.' }
    } else if (!address.secure && tls === 'ldaps') {
      yield { path, message: 'LDAPS needs an ldaps:// address: write ldaps://, or choose StartTLS instead.' }
    }
  }
}

function* authorityFaults(caPem: string | undefined, now: Date): Generator<ConfigurationFault> {
  if (caPem === undefined) return
  const path = 'caPem'
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(caPem)) {
    yield { path, message: 'This holds a private key: paste only the CA’s certificate, and treat that key as exposed.' }
    return
  }
  let certificates: X509Certificate[]
  try {
    certificates = readCertificates(caPem)
  } catch {
    yield { path, message: 'This is damaged: copy the whole certificate, from BEGIN CERTIFICATE to END CERTIFICATE.' }
    return
  }
  if (certificates.length === 0) {
    yield { path, message: 'This is no PEM certificate: it has to begin with -----BEGIN CERTIFICATE-----.' }
  }
  for (const certificate of certificates) {
    const name = certificate.subject.split('\n').at(-1) ?? ''
    if (new Date(certificate.validTo) < now) {
      yield { path, message: `The certificate “${name}” expired on ${day(certificate.validTo)}: paste its successor.` }
    } else if (new Date(certificate.validFrom) > now) {
      yield {
        path,
        message: `The certificate “${name}” is valid only from ${day(certificate.validFrom)}: check this machine’s clock.`,
      }
    }
  }
}

function day(date: string): string {
  return new Date(date).toISOString().slice(0, 10)
}

function* baseFaults({ baseDn, userLookup }: LdapConfiguration): Generator<ConfigurationFault> {
  const path = 'baseDn'
  if (baseDn.trim() === '') {
    if (userLookup.kind === 'search')
      yield { path, message: 'Enter the DN to search below, such as dc=example,dc=com.' }
  } else if (!isDn(baseDn)) {
    yield { path, message: 'This is no DN: write it like dc=example,dc=com.' }
  }
}

/** The place for the name is a value's, or the rest is refused: braces and the sample name are no attributes. */
function* lookupFaults(lookup: LdapConfiguration['userLookup']): Generator<ConfigurationFault> {
  if (lookup.kind === 'search') {
    const path = 'userLookup.filter'
    if (!hasPlaceholder(lookup.filter)) {
      yield { path, message: 'The filter must say where the user name goes: (uid={username}).' }
    } else if (!parseFilter(lookup.filter)) {
      yield { path, message: 'This is no LDAP filter: check its parentheses. An example: (uid={username}).' }
    }
    return
  }
  const path = 'userLookup.dn'
  const isLogin = /^([^\\@={}]+\\\{username\}|\{username\}@[^\\@={}]+)$/.test(lookup.dn)
  if (!hasPlaceholder(lookup.dn)) {
    yield {
      path,
      message: 'The template must say where the user name goes: uid={username},ou=people,dc=example,dc=com.',
    }
  } else if (!isLogin && !isDn(fillTemplate(lookup.dn, ',') ?? '')) {
    yield {
      path,
      message:
        'This is neither a DN, such as uid={username},dc=example,dc=com, nor a login name, such as {username}@example.com.',
    }
  }
}

function* queryBindFaults(queryBind: LdapConfiguration['queryBind']): Generator<ConfigurationFault> {
  if (queryBind.kind === 'anonymous') return
  const isLogin = /^[^\\@=]+[\\@][^\\@=]+$/.test(queryBind.dn)
  if (queryBind.dn.trim() === '') {
    yield { path: 'queryBind.dn', message: 'Enter the DN of the account that searches, or choose an anonymous bind.' }
  } else if (!isLogin && !isDn(queryBind.dn)) {
    yield {
      path: 'queryBind.dn',
      message: 'This is no DN: write it like cn=reader,dc=example,dc=com or reader@example.com.',
    }
  }
  // RFC 4513 §5.1.2: with an empty password the server would take the bind for an anonymous one.
  if (queryBind.password === '') {
    yield { path: 'queryBind.password', message: 'Enter the password of the account that searches.' }
  }
}

function* limitFaults(configuration: LdapConfiguration): Generator<ConfigurationFault> {
  for (const path of ['connectTimeoutMs', 'operationTimeoutMs'] as const) {
    const value = configuration[path]
    if (!Number.isInteger(value) || value < 100 || value > 60_000) {
      yield { path, message: 'Enter a time between 0.1 and 60 seconds.' }
    }
  }
  if (
    !Number.isInteger(configuration.sizeLimit) ||
    configuration.sizeLimit < 0 ||
    configuration.sizeLimit > 1_000_000
  ) {
    yield { path: 'sizeLimit', message: 'Enter a number of entries between 0 (no limit of ours) and 1,000,000.' }
  }
}
