/** Who may come in: RadSec connections counted from before their handshake, in all and of each address. */
import type { Socket } from 'node:net'

import type { Source } from './incoming-request.ts'
import type { ConnectionEnd } from './tls-server-options.ts'
import { sourceOf, type ConnectionEnding } from './tls-server-connection.ts'

export interface DoorLimits {
  /** Connections at a time, those inside their handshake included. */
  readonly connections: number
  readonly connectionsPerAddress: number
}

export class TlsDoors {
  readonly #limits: DoorLimits
  readonly #onRefused: (end: ConnectionEnd) => void
  readonly #sockets = new Set<Socket>()
  readonly #handshaking = new Map<string, Socket>()
  readonly #perAddress = new Map<string, number>()

  constructor(limits: DoorLimits, onRefused: (end: ConnectionEnd) => void) {
    this.#limits = limits
    this.#onRefused = onRefused
  }

  /** Counts a connection in before its handshake; false when there are too many, and it is gone. */
  enter(socket: Socket): boolean {
    const source = sourceOf(socket)
    const ofAddress = this.#perAddress.get(source.address) ?? 0
    if (this.#sockets.size >= this.#limits.connections) return this.#refuse(socket, 'too-many-connections')
    if (ofAddress >= this.#limits.connectionsPerAddress) return this.#refuse(socket, 'too-many-connections-of-address')
    this.#sockets.add(socket)
    const key = keyOf(source, socket.localPort)
    this.#handshaking.set(key, socket)
    this.#perAddress.set(source.address, ofAddress + 1)
    socket.once('close', () => {
      this.#sockets.delete(socket)
      if (this.#handshaking.get(key) === socket) this.#handshaking.delete(key)
      const left = (this.#perAddress.get(source.address) ?? 1) - 1
      if (left > 0) this.#perAddress.set(source.address, left)
      else this.#perAddress.delete(source.address)
    })
    return true
  }

  /** The handshake of this connection is over. */
  shookHands(socket: Parameters<typeof sourceOf>[0] & { readonly localPort?: number | undefined }): void {
    this.#handshaking.delete(keyOf(sourceOf(socket), socket.localPort))
  }

  /** Ends the handshakes that came in by a port. */
  dropHandshakes(localPort: number): void {
    for (const [key, socket] of this.#handshaking) if (key.startsWith(`${localPort}/`)) socket.destroy()
  }

  #refuse(socket: Socket, ending: ConnectionEnding): false {
    const source = sourceOf(socket)
    const localPort = socket.localPort ?? 0
    socket.destroy()
    this.#onRefused({ ending, source, localPort })
    return false
  }
}

function keyOf({ address, port }: Source, localPort: number | undefined): string {
  return `${localPort ?? 0}/${address}/${port}`
}
