/**
 * Which client a datagram comes from: the longest prefix that holds its source address, and of the clients there the one whose
 * NAS-Identifier it names, else the one that has none. A prefix with neither leaves the datagram to the next shorter one.
 */
import ipaddr from 'ipaddr.js'

interface Entry<Client> {
  readonly octets: readonly number[]
  readonly bits: number
  readonly nasIdentifier: string
  readonly client: Client
}

export interface AddressedClient<Client> {
  /** Canonical address or prefix. */
  readonly address: string
  /** Empty: serves whatever no other client of the address is named by. */
  readonly nasIdentifier: string
  readonly client: Client
}

const answersKept = 10_000
const none: readonly never[] = []

/** Built anew whenever clients change; look-ups of addresses that were seen before cost one map access. */
export class ClientTable<Client> {
  readonly #entries: readonly Entry<Client>[]
  readonly #known = new Map<string, readonly Entry<Client>[]>()

  constructor(clients: readonly AddressedClient<Client>[]) {
    this.#entries = clients
      .map(({ address, nasIdentifier, client }) => {
        const [network = '', bits] = address.split('/')
        const octets = ipaddr.parse(network).toByteArray()
        return { octets, bits: bits === undefined ? octets.length * 8 : Number(bits), nasIdentifier, client }
      })
      // Of one prefix, whoever is named comes before the one who takes the rest.
      .sort((a, b) => b.bits - a.bits || Number(a.nasIdentifier === '') - Number(b.nasIdentifier === ''))
  }

  /**
   * The client of a source address as the socket names it; a zone (`%eth0`) is set aside.
   * @param nasIdentifier reads what the datagram says; asked only where clients differ by it
   */
  find(address: string, nasIdentifier: () => string | undefined): Client | undefined {
    const candidates = this.#at(address)
    const [first] = candidates
    if (first === undefined || first.nasIdentifier === '') return first?.client
    const named = nasIdentifier() ?? ''
    return candidates.find((entry) => entry.nasIdentifier === '' || entry.nasIdentifier === named)?.client
  }

  #at(address: string): readonly Entry<Client>[] {
    const known = this.#known.get(address)
    if (known) return known
    const plain = address.split('%', 1)[0] ?? ''
    if (!ipaddr.isValid(plain)) return none
    const octets = ipaddr.process(plain).toByteArray()
    const found = this.#entries.filter((entry) => holds(entry, octets))
    if (found.length > 0) {
      // A prefix may stand for millions of addresses: what is remembered is bounded.
      if (this.#known.size >= answersKept) this.#known.clear()
      this.#known.set(address, found)
    }
    return found
  }
}

function holds({ octets: network, bits }: Entry<unknown>, octets: readonly number[]): boolean {
  if (network.length !== octets.length) return false
  const whole = bits >> 3
  for (let index = 0; index < whole; index++) if (network[index] !== octets[index]) return false
  const rest = bits & 7
  if (rest === 0) return true
  const mask = (0xff00 >> rest) & 0xff
  return ((network[whole] ?? 0) & mask) === ((octets[whole] ?? 0) & mask)
}
