/** How each RADIUS client protects its requests: what was learned for good, what the engine saw of late, and what may be enforced. */
import { requestsToProve, type ClientMeasure, type ClientSecurityRow, type ClientTraffic } from '@sallyport/contract'
import type { RadiusClientRecord } from '@sallyport/store'
import type { ClientTrafficStatus } from '../../bus/notices.ts'

export function clientSecurityRow(
  client: RadiusClientRecord,
  traffic: ClientTrafficStatus | undefined,
): ClientSecurityRow {
  const { id, applicationName, address, certificateName, version, enabled } = client
  return {
    client: { id, name: applicationName || address || certificateName, address },
    ...{ version, enabled, messageAuthenticator: client.messageAuthenticator, limitProxyState: client.limitProxyState },
    messageAuthenticatorSeenAt: client.messageAuthenticatorSeenAt?.toISOString() ?? null,
    proxyStateSeenAt: client.proxyStateSeenAt?.toISOString() ?? null,
    methodsSeen: [...client.methodsSeen],
    lastSeenAt: client.lastSeenAt?.toISOString() ?? null,
    traffic: traffic === undefined ? null : trafficView(traffic),
    offers: traffic === undefined ? [] : offers(client, traffic),
  }
}

/** Only what every request of late has kept: whoever asks so goes on being answered. */
function offers(client: RadiusClientRecord, traffic: ClientTrafficStatus): ClientMeasure[] {
  const { messageAuthenticator, limitProxyState } = client
  const measures: ClientMeasure[] = []
  // A client that is never sent one may be one that cannot bear it in replies: that is no press of a button.
  if (messageAuthenticator === 'auto' && traffic.signedInARow >= requestsToProve) {
    measures.push('require-message-authenticator')
  }
  if (!limitProxyState && messageAuthenticator !== 'never-send' && traffic.protectedInARow >= requestsToProve) {
    measures.push('limit-proxy-state')
  }
  return measures
}

function trafficView(status: ClientTrafficStatus): ClientTraffic {
  const { requests, signed, signedInARow, protectedInARow, repeated, usualIntervalMs } = status
  return {
    since: new Date(status.sinceMs).toISOString(),
    ...{ requests, signed, signedInARow, protectedInARow, repeated, usualIntervalMs },
    drops: { ...status.drops },
  }
}
