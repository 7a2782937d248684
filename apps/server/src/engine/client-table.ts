/** Which client a datagram comes from: the longest prefix that holds its source address. */
import ipaddr from 'ipaddr.js'

interface Entry<Client> {
  readonly octets: readonly number[]
  readonly bits: number
  readonly client: Client
}

const answersKept = 10_000

/** Built anew whenever clients change; look-ups of addresses that were seen before cost one map access. */
export class ClientTable<Client> {
  readonly #entries: readonly Entry<Client>[]
  readonly #known = new Map<string, Client>()

  /** @param clients each with its canonical address or prefix */
  constructor(clients: readonly { readonly address: string; readonly client: Client }[]) {
    this.#entries = clients
      .map(({ address, client }) => {
        const [network = '', bits] = address.split('/')
        const octets = ipaddr.parse(network).toByteArray()
        return { octets, bits: bits === undefined ? octets.length * 8 : Number(bits), client }
      })
      .sort((a, b) => b.bits - a.bits)
  }

  /** The client of a source address as the socket names it; a zone (`%eth0`) is set aside. */
  find(address: string): Client | undefined {
    const known = this.#known.get(address)
    if (known) return known
    const plain = address.split('%', 1)[0] ?? ''
    if (!ipaddr.isValid(plain)) return undefined
    const octets = ipaddr.process(plain).toByteArray()
    const found = this.#entries.find((entry) => holds(entry, octets))?.client
    if (found) {
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
