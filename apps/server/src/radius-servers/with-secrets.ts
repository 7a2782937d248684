/** A server of the target with its secrets, for a test of it. */
import type { RadiusServerRecord, Store } from '@sallyport/store'

/** A saved server as a test needs it. */
export async function withSecrets(store: Pick<Store, 'radiusServers'>, record: RadiusServerRecord) {
  const secrets = (await store.radiusServers.secrets(record.id)) ?? { sharedSecret: null, privateKey: null }
  return { ...record, ...secrets, messageAuthenticatorSeen: record.messageAuthenticatorSeenAt !== null }
}
