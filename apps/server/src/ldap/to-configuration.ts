/** Between the LDAP settings as they are saved and the directory package that goes by them. */
import type { LdapConfiguration } from '@sallyport/directory'
import type { LdapSettings } from '@sallyport/store/engine'

/** The directory package's shape of what the console saved. */
export function toConfiguration(
  settings: Omit<LdapSettings, 'configured' | 'version'>,
  userAttributes: readonly string[] = [],
): LdapConfiguration {
  const { servers, tls, caPem, baseDn, userLookup, queryBind, connectTimeoutMs, operationTimeoutMs, sizeLimit } =
    settings
  return {
    servers,
    tls,
    verifyCertificate: true,
    ...(caPem === null ? {} : { caPem }),
    baseDn,
    userLookup,
    queryBind,
    userAttributes,
    connectTimeoutMs,
    operationTimeoutMs,
    sizeLimit,
  }
}
