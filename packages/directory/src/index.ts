/** LDAP directories: validate and test a configuration, and check passwords by a bind. */
export { type LdapConfiguration, type QueryBind, type TlsMode, type UserLookup } from './configuration.ts'
export { LdapFailure, type FailureKind } from './failure.ts'
export { escapeFilterValue } from './filter-value.ts'
export { groupAttribute, groupAttributes } from './groups.ts'
export { escapeDnValue } from './templates.ts'
export { type ServerHealth } from './health.ts'
export { membersOf, type MembersQuery } from './members.ts'
export { type BindOutcome } from './outcomes.ts'
export {
  openDirectoryReader,
  valuesOf,
  type DirectoryEntry,
  type DirectoryFacts,
  type DirectoryQuery,
  type DirectoryReader,
} from './reader.ts'
export { type RefusalKind } from './refusals.ts'
export { isDn, isFilter } from './syntax.ts'
export { createLdapTarget, type AuthenticateOptions, type LdapTarget, type LdapTargetOptions } from './target.ts'
export { testLdapConfiguration, type TestCredentials, type TestStep } from './test-connection.ts'
export { parseLdapUrl, type LdapAddress } from './url.ts'
export { validateLdapConfiguration, type ConfigurationFault } from './validate.ts'
