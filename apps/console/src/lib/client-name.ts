/** What a client is called: its application name, or its address where it has none. */
import type { RadiusClientView } from '@sallyport/contract'

export function clientName(client: Pick<RadiusClientView, 'applicationName' | 'address'>): string {
  return client.applicationName === '' ? client.address : client.applicationName
}
