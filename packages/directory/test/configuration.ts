/** The configuration that this package's tests vary. */
import { type RunningSlapd } from '@sallyport/tooling/servers'

import { type LdapConfiguration } from '../src/configuration.ts'

type Served = Pick<RunningSlapd, 'url' | 'baseDn' | 'bindDn' | 'bindPassword'>

/** Search and bind in the clear, at these servers and with the first one's accounts. */
export function configurationFor(
  servers: readonly [Served, ...Served[]],
  changes: Partial<LdapConfiguration> = {},
): LdapConfiguration {
  const [{ baseDn, bindDn, bindPassword }] = servers
  return {
    servers: servers.map(({ url }) => ({ url })),
    tls: 'none',
    verifyCertificate: true,
    baseDn,
    userLookup: { kind: 'search', filter: '(uid={username})' },
    queryBind: { kind: 'simple', dn: bindDn, password: bindPassword },
    connectTimeoutMs: 2_000,
    operationTimeoutMs: 2_000,
    sizeLimit: 100,
    ...changes,
  }
}

/** What a scripted server stands in for. */
export function scripted(url: string): Served {
  return { url, baseDn: 'dc=sallyport,dc=test', bindDn: 'cn=query,dc=sallyport,dc=test', bindPassword: 'querypw' }
}
