/** Syslog over UDP (RFC 5426): one message a datagram, and nobody says whether it came. */
import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { isIPv6 } from 'node:net'

import type { LogReceiverConfiguration } from '@sallyport/contract'

import { syslogOf } from '../formats/syslog.ts'
import type { Transport, TransportContext } from './transport.ts'

/** RFC 5426 §3.2: receivers should take 2,048 octets; larger ones may not pass. */
const maximumBytes = 2048
const batch = 50

export async function openUdp(
  configuration: Extract<LogReceiverConfiguration, { transport: 'udp' }>,
  context: TransportContext,
): Promise<Transport> {
  const { host, port } = configuration
  const { address } = await lookup(host)
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  let failure: Error | null = null
  // A port that nobody listens on is sometimes told (ICMP); then it is known, and the message is lost.
  socket.on('error', (error) => (failure = error))
  let closed: Promise<boolean> | undefined
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.connect(port, address, () => {
      socket.off('error', reject)
      resolve()
    })
  })
  return {
    settleMs: 0,
    failed: () => failure,
    batch: () => batch,
    async send(events) {
      for (const event of events) {
        const message = syslogOf(event, { ...configuration, ...context, maximumBytes })
        await new Promise<void>((resolve, reject) =>
          socket.send(message, (error) => (error === null ? resolve() : reject(error))),
        )
      }
    },
    close: () => {
      closed ??= new Promise((resolve) => socket.close(() => resolve(true)))
      return closed
    },
  }
}
