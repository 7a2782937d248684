/** Hands out identifiers over several sockets, so that more than 256 requests can be under way; the rest queue up. */
import { ClientSocket, type ClientSocketOptions } from './client-socket.ts'

/** Who wants an identifier. */
export interface Taker<Waiting extends object> {
  /** It has one, of this socket. */
  take(socket: ClientSocket<Waiting>, identifier: number): void
  /** There is none, because no socket could be opened. */
  fail(error: unknown): void
}

export class SocketPool<Waiting extends Taker<Waiting>> {
  readonly #options: ClientSocketOptions & { readonly maximumSockets: number }
  readonly #onMessage: (socket: ClientSocket<Waiting>, datagram: Buffer) => void
  readonly #sockets: ClientSocket<Waiting>[] = []
  #opening: Promise<void> | undefined
  readonly #queue = new Set<Waiting>()
  #closed = false

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

  /** Gives an identifier, now or when there is one: a socket is opened when all are in use, or one is waited for. */
  give(to: Waiting): void {
    this.#queue.add(to)
    this.#serveQueue()
    if (this.#queue.size > 0) this.#openForQueue()
  }

  /** It does not want one any more. */
  withdraw(from: Waiting): void {
    this.#queue.delete(from)
  }

  release(socket: ClientSocket<Waiting>, identifier: number): void {
    socket.release(identifier)
    this.#serveQueue()
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#opening?.catch(() => undefined)
    await Promise.all(this.#sockets.splice(0).map((socket) => socket.close()))
  }

  #serveQueue(): void {
    for (const next of this.#queue) {
      const socket = this.#sockets.find(({ free }) => free > 0)
      const identifier = socket?.take(next)
      if (!socket || identifier === undefined) return
      // Out of the queue before it is served: what it does now may bring others here.
      this.#queue.delete(next)
      next.take(socket, identifier)
    }
  }

  #openForQueue(): void {
    if (this.#opening || this.#closed || this.#sockets.length >= this.#options.maximumSockets) return
    this.#open().then(
      () => {
        this.#serveQueue()
        if (this.#queue.size > 0) this.#openForQueue()
      },
      (error: unknown) => {
        const queued = [...this.#queue]
        this.#queue.clear()
        for (const each of queued) each.fail(error)
      },
    )
  }

  async #open(): Promise<void> {
    this.#opening = ClientSocket.open(this.#options, this.#onMessage)
      .then((socket) => void this.#sockets.push(socket))
      .finally(() => (this.#opening = undefined))
    return this.#opening
  }
}
