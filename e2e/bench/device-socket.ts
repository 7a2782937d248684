/** A device's socket for timing one answer: PAP with Message-Authenticator, by RFC 2865 and RFC 3579 and nothing of ours. */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'

export interface TimedAnswer {
  /** 2 is Access-Accept. */
  readonly code: number
  /** As `performance.now()` tells it. */
  readonly atMs: number
}

/** Sends one Access-Request from a socket of its own, and resolves when its answer is there. */
export function askOnce(port: number, secret: string, username: string, password: string): Promise<TimedAnswer> {
  const datagram = accessRequest(secret, username, password)
  const socket = createSocket('udp4')
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${username} got no answer`)), 60_000)
    socket.once('message', (answer) => {
      const atMs = performance.now()
      clearTimeout(late)
      socket.close()
      resolve({ code: answer[0] ?? 0, atMs })
    })
    socket.send(datagram, port, '127.0.0.1')
  })
}

function accessRequest(secret: string, username: string, password: string): Buffer {
  const authenticator = randomBytes(16)
  // RFC 2865 §5.2: for at most 16 octets.
  const mask = createHash('md5').update(secret).update(authenticator).digest()
  const padded = Buffer.concat([Buffer.from(password), Buffer.alloc(16)]).subarray(0, 16)
  const hidden = padded.map((octet, at) => octet ^ (mask[at] ?? 0))
  const attribute = (type: number, value: Uint8Array) => Buffer.concat([Buffer.from([type, value.length + 2]), value])
  const attributes = [attribute(1, Buffer.from(username)), attribute(2, hidden), attribute(80, Buffer.alloc(16))]
  const body = Buffer.concat(attributes)
  const head = Buffer.from([1, 1, 0, 20 + body.length])
  const packet = Buffer.concat([head, authenticator, body])
  // RFC 3579 §3.2: over the packet with sixteen zeros in its place, which is the end of this one.
  createHmac('md5', secret)
    .update(packet)
    .digest()
    .copy(packet, packet.length - 16)
  return packet
}
