/** The RADIUS clients that are served now: found by address or by id, with what was learned of them since they were loaded. */
import { createSharedSecret, readAttribute, type KnownClient, type Packet } from '@sallyport/radius'
import type { EngineClient, JournalRecord } from '@sallyport/store/engine'

import { ClientTable } from './client-table.ts'
import { ClientsSeen } from './clients-seen.ts'

export interface ClientsInForceNeeds {
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly append: (records: readonly JournalRecord[]) => void
}

type Known = KnownClient<EngineClient>

export class ClientsInForce {
  readonly #needs: ClientsInForceNeeds
  #byAddress = new ClientTable<Known>([])
  #byId: ReadonlyMap<string, Known> = new Map()
  #seen = new ClientsSeen([])

  constructor(needs: ClientsInForceNeeds) {
    this.#needs = needs
  }

  load(records: readonly EngineClient[]): void {
    const seen = new ClientsSeen(records)
    this.#seen = seen
    this.#byId = new Map(records.map((client) => [client.id, known(client, seen)]))
    const addressed = records.filter(({ address }) => address !== '')
    this.#byAddress = new ClientTable(
      addressed.map((client) => ({
        address: client.address,
        nasIdentifier: client.nasIdentifier,
        client: known(client, seen),
      })),
    )
  }

  at(address: string, packet: Packet): Known | undefined {
    return this.#byAddress.find(address, () => readAttribute(packet, 'NAS-Identifier'))
  }

  byId(id: string): Known | undefined {
    return this.#byId.get(id)
  }

  /** When this client was last noted as seen, and that it is now. */
  due(...seen: Parameters<ClientsSeen['due']>): boolean {
    return this.#seen.due(...seen)
  }

  /** It passes on requests of others, which an administrator should hear of. */
  noteForwarded({ id }: EngineClient): void {
    const { clock, append } = this.#needs
    const sign = { messageAuthenticator: false, proxyState: true, method: 'none' } as const
    if (!this.due(id, clock(), sign)) return
    append([{ kind: 'client-seen', clientId: id, atMs: clock(), ...sign }])
  }
}

/** What the UDP server has to know of a client; read anew for every datagram, for *auto* learns. */
function known(client: EngineClient, seen: ClientsSeen): Known {
  return {
    client,
    secret: createSharedSecret(client.sharedSecret),
    get messageAuthenticator() {
      const policy = client.messageAuthenticator
      return policy === 'require' || (policy === 'auto' && seen.hasProven(client.id)) ? 'require' : 'optional'
    },
    dropProxyStateWithout: client.limitProxyState && client.messageAuthenticator !== 'never-send',
  }
}
