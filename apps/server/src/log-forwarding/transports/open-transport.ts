/** Opens the way that a receiver's configuration names. */
import type { LogReceiverInForce } from '@sallyport/store/log-forwarding'

import { openHttps } from './https.ts'
import { openStream } from './stream.ts'
import type { Transport, TransportContext } from './transport.ts'
import { openUdp } from './udp.ts'

export type OpenTransport = (receiver: LogReceiverInForce) => Promise<Transport>

export function transportsOf(context: TransportContext): OpenTransport {
  return async ({ configuration, headerValue, privateKey }) => {
    switch (configuration.transport) {
      case 'udp':
        return openUdp(configuration, context)
      case 'tcp':
      case 'tls':
        return openStream(configuration, privateKey, context)
      case 'https':
        return openHttps(configuration, headerValue, context)
    }
  }
}
