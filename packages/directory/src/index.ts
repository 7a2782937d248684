/** LDAP directories: validate and test a configuration, and check passwords by a bind. */
export { type LdapConfiguration, type QueryBind, type TlsMode, type UserLookup } from './configuration.ts'
export { type FailureKind } from './failure.ts'
export { escapeDnValue, escapeFilterValue } from './filters.ts'
export { type ServerHealth } from './health.ts'
export { type BindOutcome, type RefusalKind } from './outcomes.ts'
export { createLdapTarget, type AuthenticateOptions, type LdapTarget, type LdapTargetOptions } from './target.ts'
export { parseLdapUrl, type LdapAddress } from './url.ts'
