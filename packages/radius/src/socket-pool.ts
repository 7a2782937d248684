/** Hands out identifiers over several sockets, so that more than 256 requests can be under way; the rest queue up. */
import { ClientSocket, type ClientSocketOptions } from './client-socket.ts'

export interface Slot<Waiting> {
  readonly socket: ClientSocket<Waiting>
  readonly identifier: number
}

export class SocketPool<Waiting> {
  readonly #options: ClientSocketOptions & { readonly maximumSockets: number }
  readonly #onMessage: (socket: ClientSocket<Waiting>, datagram: Buffer) => void
  readonly #sockets: ClientSocket<Waiting>[] = []
  #opening: Promise<unknown> | undefined
  readonly #queue = new Set<() => void>()

  constructor(
    options: ClientSocketOptions & { readonly maximumSockets: number },
    onMessage: (socket: ClientSocket<Waiting>, datagram: Buffer) => void,
  ) {
    this.#options = options
    this.#onMessage = onMessage
  }

  get sockets(): number {
    return this.#sockets.length
  }

  /** The port that the first socket sends from; it is opened now where none is. */
  async localPort(): Promise<number> {
    for (;;) {
      const [first] = this.#sockets
      if (first) return first.localPort
      await (this.#opening ?? this.#open())
    }
  }

  /** Takes an identifier, opening a socket when all are in use; undefined once `isOver` says so while it queued. */
  async take(waiting: Waiting, isOver: () => boolean, over: Promise<unknown>): Promise<Slot<Waiting> | undefined> {
    while (!isOver()) {
      for (const socket of this.#sockets) {
        const identifier = socket.take(waiting)
        if (identifier !== undefined) return { socket, identifier }
      }
      if (this.#opening) await this.#opening
      else if (this.#sockets.length < this.#options.maximumSockets) await this.#open()
      else await this.#turn(over)
    }
    return undefined
  }

  release(slot: Slot<Waiting>): void {
    slot.socket.release(slot.identifier)
    for (const wake of this.#queue) {
      this.#queue.delete(wake)
      wake()
      break
    }
  }

  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined)
    await Promise.all(this.#sockets.splice(0).map((socket) => socket.close()))
  }

  async #open(): Promise<void> {
    const opening = ClientSocket.open(this.#options, this.#onMessage)
    this.#opening = opening
    try {
      this.#sockets.push(await opening)
    } finally {
      this.#opening = undefined
    }
  }

  async #turn(over: Promise<unknown>): Promise<void> {
    let wake: () => void = () => undefined
    const freed = new Promise<void>((resolve) => (wake = resolve))
    this.#queue.add(wake)
    await Promise.race([freed, over])
    // Woken by its end instead of a free identifier: whoever comes next must not lose its turn.
    this.#queue.delete(wake)
  }
}
