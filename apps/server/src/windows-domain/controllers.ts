/** Which domain controllers to ask: those that were named, or those that the domain's DNS names (RFC 2782). */
import { randomInt } from 'node:crypto'
import { Resolver } from 'node:dns/promises'
import { isIPv6 } from 'node:net'

import type { LdapConfiguration } from '@sallyport/directory'
import type { WindowsDomainSettings } from '@sallyport/store/engine'

import { baseDnOf, nameAttributes, userFilter } from './names.ts'

export interface SrvResolver {
  resolveSrv(name: string): Promise<readonly { name: string; priority: number; weight: number }[]>
}

const dnsTimeoutMs = 2_000
const controllersAtMost = 8

export function createSrvResolver(): SrvResolver {
  return new Resolver({ timeout: dnsTimeoutMs, tries: 2 })
}

/**
 * Host names, in the order in which they are asked. Throws where DNS has no answer: the caller keeps what it had.
 * @param random 0 to 1, for the order among equals
 */
export async function findControllers(
  { domain, controllers }: Pick<WindowsDomainSettings, 'domain' | 'controllers'>,
  resolver: SrvResolver,
  random: () => number = () => randomInt(2 ** 32) / 2 ** 32,
): Promise<readonly string[]> {
  if (controllers.length > 0) return controllers
  const records = await resolver.resolveSrv(`_ldap._tcp.dc._msdcs.${domain}`)
  // RFC 2782: lowest priority first; among equals, the heavier the likelier to come first.
  const ranked = records.map((record) => ({ ...record, rank: random() ** (1 / Math.max(1, record.weight)) }))
  ranked.sort((one, other) => one.priority - other.priority || other.rank - one.rank)
  return [...new Set(ranked.map(({ name }) => name.toLowerCase()))].slice(0, controllersAtMost)
}

/** The directory package's shape of the domain. */
export function toLdapConfiguration(
  { domain, tls, caPem, account }: Omit<WindowsDomainSettings, 'configured'>,
  hosts: readonly string[],
  furtherAttributes: readonly string[] = [],
): LdapConfiguration {
  const scheme = tls === 'ldaps' ? 'ldaps' : 'ldap'
  return {
    servers: hosts.map((host) => ({ url: `${scheme}://${isIPv6(host) ? `[${host}]` : host}` })),
    tls,
    ...(caPem === null ? {} : { caPem }),
    verifyCertificate: true,
    baseDn: baseDnOf(domain),
    userLookup: { kind: 'search', filter: userFilter },
    queryBind: { kind: 'simple', dn: account.username, password: account.password },
    userAttributes: [...nameAttributes, ...furtherAttributes],
    connectTimeoutMs: 3_000,
    operationTimeoutMs: 5_000,
    sizeLimit: 10,
  }
}
