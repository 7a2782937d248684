/** Keeps the open sockets equal to the settings: opens what is missing, closes what is too many, and says what failed. */
import type { RadiusSocket } from '@sallyport/contract'
import type { Listener, PortKind, UdpServer } from '@sallyport/radius'

import { findPortHolder } from '../ports/port-holder.ts'

export class Sockets {
  readonly #server: Pick<UdpServer, 'listen'>
  readonly #addresses: readonly string[]
  readonly #open = new Map<string, Listener>()
  #states: RadiusSocket[] = []

  /** @param addresses where each port is opened: `0.0.0.0` and `::` unless told */
  constructor(server: Pick<UdpServer, 'listen'>, addresses: readonly string[]) {
    this.#server = server
    this.#addresses = addresses
  }

  get states(): readonly RadiusSocket[] {
    return this.#states
  }

  /** What a port that listens is for. */
  kindOf(port: number): PortKind | undefined {
    return this.#states.find((state) => state.port === port)?.kind
  }

  /** Opens and closes until exactly these ports listen; a port that cannot be had leaves the others working. */
  async apply(ports: Readonly<Record<PortKind, readonly number[]>>): Promise<void> {
    const kinds = ['authentication', 'accounting'] as const
    const wanted = kinds.flatMap((kind) =>
      ports[kind].flatMap((port) =>
        this.#addresses.map((address) => ({ kind, port, address, key: `${kind} ${address} ${port}` })),
      ),
    )
    const keys = new Set(wanted.map(({ key }) => key))
    for (const [key, listener] of this.#open) {
      if (keys.has(key)) continue
      this.#open.delete(key)
      await listener.close()
    }
    const states: RadiusSocket[] = []
    for (const { kind, port, address, key } of wanted) {
      const family = address.includes(':') ? ('IPv6' as const) : ('IPv4' as const)
      const state = { port, family, kind }
      if (this.#open.has(key)) {
        states.push({ ...state, state: 'listening', problem: null })
        continue
      }
      try {
        this.#open.set(key, await this.#server.listen({ address, port, kind }))
        states.push({ ...state, state: 'listening', problem: null })
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : ''
        // A machine without IPv6 has no socket to offer, and misses none.
        if (family === 'IPv6' && this.#addresses.length > 1 && ['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(code))
          continue
        states.push({ ...state, state: 'failed', problem: await explain(code, port, error) })
      }
    }
    this.#states = states
  }
}

async function explain(code: string, port: number, error: unknown): Promise<string> {
  switch (code) {
    case 'EADDRINUSE': {
      const holder = await findPortHolder(port)
      return `Port ${port} is in use by ${holder ?? 'another program'}. Stop it, or choose another port here.`
    }
    case 'EACCES':
      return `This server may not open port ${port}: ports below 1024 need the capability CAP_NET_BIND_SERVICE.`
    default:
      return `Port ${port} could not be opened: ${error instanceof Error ? error.message : String(error)}`
  }
}
