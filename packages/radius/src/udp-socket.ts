/** A bound UDP socket: opened with a large receive buffer, closed once, and without name look-ups when it sends. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'

/** The default buffer drops bursts above some 200 packets; the kernel caps what it does not allow. */
const bufferBytes = 4 * 1024 * 1024

export interface BoundSocket {
  readonly address: string
  readonly port: number
  /** Hands octets to the kernel; false when the socket is closed. Failures are counted by `onError`. */
  send(bytes: Uint8Array, port: number, address: string): boolean
  close(): Promise<void>
}

/**
 * Binds to an address and port (0: one that is free). An IPv6 socket takes IPv6 alone, so that `0.0.0.0` and `::` can
 * stand side by side. Rejects with the system's error (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`), untouched.
 */
export async function bindSocket(
  address: string,
  port: number,
  onMessage: (datagram: Buffer, from: RemoteInfo) => void,
  onError: (error: Error) => void,
): Promise<BoundSocket> {
  const family = isIPv6(address) ? 6 : 4
  const socket = createSocket({
    type: family === 6 ? 'udp6' : 'udp4',
    ipv6Only: family === 6,
    recvBufferSize: bufferBytes,
    sendBufferSize: bufferBytes,
    // Only addresses are ever sent to; a look-up would defer every datagram by a tick.
    lookup: (hostname, _options, callback) => callback(null, hostname, family),
  })
  await bound(socket, address, port)
  socket.on('error', onError)
  socket.on('message', onMessage)
  const local = socket.address()
  let closing: Promise<void> | undefined
  return {
    address: local.address,
    port: local.port,
    send(bytes, toPort, toAddress) {
      if (closing) return false
      // Without a callback the socket reports failures by its error event, at a tenth of the cost.
      socket.send(bytes, toPort, toAddress)
      return true
    },
    close() {
      closing ??= new Promise((resolve) => socket.close(() => resolve()))
      return closing
    },
  }
}

function bound(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      socket.close()
      reject(error)
    }
    socket.once('error', fail)
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', fail)
      resolve()
    })
  })
}
