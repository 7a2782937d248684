/** The REST API, described once: the server registers routes from it, the console calls through it, OpenAPI comes from it. */
import { account } from './account.ts'
import { accountingForwarding } from './accounting-forwarding.ts'
import { administrators } from './administrators.ts'
import { alerts } from './alerts.ts'
import { apiTokens } from './api-tokens.ts'
import { appDevices } from './app-devices.ts'
import { builtIn } from './built-in.ts'
import { clientSecurity } from './client-security.ts'
import { company } from './company.ts'
import { denials } from './denials.ts'
import { directory } from './directory.ts'
import { directoryPeople } from './directory-people.ts'
import { directorySync } from './directory-sync.ts'
import { oathImports } from './oath-imports.ts'
import { gateways } from './gateways.ts'
import { logReceivers } from './log-receivers.ts'
import { metrics } from './metrics.ts'
import { oathTokens } from './oath.ts'
import { openId } from './openid.ts'
import { pending } from './pending.ts'
import { people } from './people.ts'
import { portalFallback } from './portal-fallback.ts'
import { invitations } from './invitations.ts'
import { portalAdministration } from './portal-settings.ts'
import { productImports } from './product-imports.ts'
import { radiusServers } from './radius-servers.ts'
import { radius } from './radius.ts'
import { listenerCertificates } from './listener-certificates.ts'
import { radsec } from './radsec.ts'
import { replyRules } from './reply-rules.ts'
import { reports } from './reports.ts'
import { retention } from './retention.ts'
import { savedReports } from './saved-reports.ts'
import { session } from './session.ts'
import { cacheRules, trustedNetworks } from './standing.ts'
import { standingHistory } from './standing-history.ts'
import { status } from './status.ts'
import { testSignIns } from './test-sign-in.ts'
import { usage } from './usage.ts'
import { userBatches } from './user-batches.ts'
import { userImports } from './user-imports.ts'
import { users } from './users.ts'
import { windowsDomain } from './windows-domain.ts'
import { vpnSessions } from './vpn-sessions.ts'

/** Every endpoint, by room. */
export const api = {
  account,
  accountingForwarding,
  administrators,
  alerts,
  apiTokens,
  appDevices,
  builtIn,
  cacheRules,
  clientSecurity,
  company,
  denials,
  directory,
  directoryPeople,
  directorySync,
  oathImports,
  gateways,
  logReceivers,
  metrics,
  oathTokens,
  openId,
  pending,
  people,
  invitations,
  portalAdministration,
  portalFallback,
  productImports,
  radius,
  listenerCertificates,
  radsec,
  replyRules,
  radiusServers,
  reports,
  retention,
  savedReports,
  session,
  standingHistory,
  status,
  testSignIns,
  trustedNetworks,
  usage,
  userBatches,
  userImports,
  users,
  vpnSessions,
  windowsDomain,
} as const

export * from './account.ts'
export * from './accounting-forwarding.ts'
export * from './address-range.ts'
export * from './administrators.ts'
export * from './alerts.ts'
export * from './api-tokens.ts'
export * from './app-devices.ts'
export * from './built-in.ts'
export * from './client-policies.ts'
export * from './client-security.ts'
export * from './common.ts'
export * from './company.ts'
export * from './pin.ts'
export * from './denials.ts'
export * from './directory.ts'
export * from './directory-people.ts'
export * from './directory-sync.ts'
export * from './directory-sync-mapping.ts'
export * from './e164.ts'
export * from './endpoint.ts'
export * from './oath-imports.ts'
export * from './gateway-configurations.ts'
export * from './gateways.ts'
export * from './log-receivers.ts'
export * from './message-texts.ts'
export * from './metrics.ts'
export * from './oath.ts'
export * from './openid.ts'
export * from './passkeys.ts'
export * from './pending.ts'
export * from './method-order.ts'
export * from './people.ts'
export * from './portal-fallback.ts'
export * from './invitations.ts'
export * from './portal-settings.ts'
export * from './problem.ts'
export * from './product-imports.ts'
export * from './radius-servers.ts'
export * from './radius.ts'
export * from './listener-certificates.ts'
export * from './radsec.ts'
export * from './reply-rules.ts'
export * from './reports.ts'
export * from './retention.ts'
export * from './roles.ts'
export * from './saved-reports.ts'
export * from './session.ts'
export * from './sign-in.ts'
export * from './standing.ts'
export * from './standing-history.ts'
export * from './trusting-network.ts'
export * from './status.ts'
export * from './test-sign-in.ts'
export * from './usage.ts'
export * from './user-batches.ts'
export * from './user-imports.ts'
export * from './users.ts'
export * from './windows-domain.ts'
export * from './vendor-profiles/index.ts'
export * from './vpn-sessions.ts'
