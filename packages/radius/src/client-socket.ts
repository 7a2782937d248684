/** One socket of a client, connected to its server: 256 identifiers, handed out so that each rests as long as it can. */
import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'

export interface ClientSocketOptions {
  readonly host: string
  readonly port: number
  readonly localAddress: string | undefined
  readonly onError: (error: Error) => void
}

const identifiersPerSocket = 256

/** A socket and who waits on which of its identifiers. */
export class ClientSocket<Waiting extends object> {
  readonly #socket: Socket
  readonly #waiting: (Waiting | undefined)[] = Array.from({ length: identifiersPerSocket }, () => undefined)
  #taken = 0
  #next = 0
  #closed = false

  private constructor(socket: Socket) {
    this.#socket = socket
  }

  /** Opens and connects; rejects with the system's error. `host` may be a name: it is looked up once. */
  static async open<Waiting extends object>(
    options: ClientSocketOptions,
    onMessage: (socket: ClientSocket<Waiting>, datagram: Buffer) => void,
  ): Promise<ClientSocket<Waiting>> {
    const socket = createSocket({
      type: isIPv6(options.host) ? 'udp6' : 'udp4',
      recvBufferSize: 4 * 1024 * 1024,
    })
    await new Promise<void>((resolve, reject) => {
      const fail = (error: Error) => {
        socket.close()
        reject(error)
      }
      socket.once('error', fail)
      const connect = () => {
        // Connected: the kernel drops what others send, and reports a port that nobody listens on.
        socket.connect(options.port, options.host, ((error?: Error) => {
          socket.off('error', fail)
          if (error) fail(error)
          else resolve()
        }) as () => void)
      }
      if (options.localAddress === undefined) connect()
      else socket.bind({ address: options.localAddress, port: 0, exclusive: true }, connect)
    })
    const own = new ClientSocket<Waiting>(socket)
    socket.on('error', options.onError)
    socket.on('message', (datagram) => onMessage(own, datagram))
    return own
  }

  get localPort(): number {
    return this.#socket.address().port
  }

  get free(): number {
    return identifiersPerSocket - this.#taken
  }

  /** Takes the free identifier that has rested longest; undefined when all are in use. */
  take(waiting: Waiting): number | undefined {
    if (this.#taken === identifiersPerSocket) return undefined
    while (this.#waiting[this.#next] !== undefined) this.#next = (this.#next + 1) % identifiersPerSocket
    const identifier = this.#next
    this.#next = (identifier + 1) % identifiersPerSocket
    this.#waiting[identifier] = waiting
    this.#taken++
    return identifier
  }

  waitingOn(identifier: number): Waiting | undefined {
    return this.#waiting[identifier]
  }

  release(identifier: number): void {
    if (this.#waiting[identifier] === undefined) return
    this.#waiting[identifier] = undefined
    this.#taken--
  }

  /** Sends; `onFailed` hears of an error that the system reports at once. */
  send(bytes: Uint8Array, onFailed: (error: Error) => void): void {
    if (this.#closed) return
    this.#socket.send(bytes, (error) => {
      if (error) onFailed(error)
    })
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve()
    this.#closed = true
    return new Promise((resolve) => this.#socket.close(() => resolve()))
  }
}
