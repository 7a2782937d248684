/** A RADIUS server of a test's own, which does as it is told: late, wrong, hostile, or gone. */
import { createSocket, type RemoteInfo } from 'node:dgram'

import {
  createSharedSecret,
  decodePacket,
  encodeResponse,
  packetCodes,
  type Attribute,
  type Packet,
  type PacketCode,
} from '@sallyport/radius'

export interface StubRequest {
  readonly packet: Packet
  /** The datagram as it came. */
  readonly bytes: Uint8Array
  /** An answer, signed as it should be. */
  readonly answer: (code: PacketCode, attributes?: readonly Attribute[], options?: AnswerOptions) => Buffer
  readonly send: (datagram: Uint8Array) => void
}

export interface AnswerOptions {
  readonly secret?: string
  readonly identifier?: number
  readonly messageAuthenticator?: boolean
}

export interface StubServer {
  readonly port: number
  /** Access-Requests that came, retransmissions too. */
  readonly requests: readonly StubRequest[]
  /** What it does with each Access-Request. */
  onRequest: (request: StubRequest) => void
  /** Whether it answers Status-Server. */
  speaksStatus: boolean
  readonly stop: () => Promise<void>
}

export const stubSecret = 'secret of the target'

export async function startStubServer(onRequest: StubServer['onRequest'] = accept, port = 0): Promise<StubServer> {
  const socket = createSocket('udp4')
  const requests: StubRequest[] = []
  let stopped = false
  const server: StubServer = {
    get port() {
      return socket.address().port
    },
    requests,
    onRequest,
    speaksStatus: true,
    stop: () =>
      new Promise((resolve) => {
        if (stopped) resolve()
        else socket.close(() => resolve())
        stopped = true
      }),
  }
  socket.on('message', (bytes: Buffer, from: RemoteInfo) => {
    const decoded = decodePacket(bytes)
    if (!decoded.ok) return
    const { packet } = decoded
    const request: StubRequest = {
      packet,
      bytes,
      send(datagram) {
        if (!stopped) socket.send(datagram, from.port, from.address)
      },
      answer: (code, attributes = [], options = {}) =>
        Buffer.from(
          encodeResponse({
            code,
            request: { identifier: options.identifier ?? packet.identifier, authenticator: packet.authenticator },
            attributes,
            secret: createSharedSecret(options.secret ?? stubSecret),
            messageAuthenticator: options.messageAuthenticator ?? true,
          }),
        ),
    }
    if (packet.code === packetCodes.statusServer) {
      if (server.speaksStatus) request.send(request.answer(packetCodes.accessAccept))
      return
    }
    requests.push(request)
    server.onRequest(request)
  })
  await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve))
  return server
}

/** Lets everybody in. */
export function accept(request: StubRequest): void {
  request.send(request.answer(packetCodes.accessAccept))
}
