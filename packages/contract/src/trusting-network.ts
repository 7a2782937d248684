/** Which trusted network lets somebody in: asked by the engine at a sign-in, and by the console when an address is tried. */
import { isWithin, type AddressRange } from './address-range.ts'

export interface NetworkToMatch {
  /** Null: every client. */
  readonly clientId: string | null
  readonly attribute: string
  readonly range: AddressRange
}

/**
 * The first network, in the order given, that holds the address which a request of this client brings.
 *
 * @param octetsIn the octets of the address in an attribute; undefined where there is none, or no single one
 */
export function trustingNetwork<Network extends NetworkToMatch>(
  networks: readonly Network[],
  clientId: string | null,
  octetsIn: (attribute: Network['attribute']) => readonly number[] | undefined,
): Network | undefined {
  return networks.find((network) => {
    if (network.clientId !== null && network.clientId !== clientId) return false
    const octets = octetsIn(network.attribute)
    return octets !== undefined && isWithin(octets, network.range)
  })
}
