/**
 * Trusted networks: the address that the device says the person calls from. It is the device's word alone, so it has to be signed, to
 * be there exactly once, and to be an address and nothing else.
 */
import { addressOctets, trustingNetwork } from '@sallyport/contract'
import { readAttributes, type AttributeName } from '@sallyport/radius'

import type { AccessRequest } from '../access-request.ts'
import { fact } from '../verdict.ts'
import { isSigned } from './origin.ts'
import type { Control } from './control.ts'

export const trusted: Control = ({ request }, { standing }) => {
  const networks = standing().trustedNetworks.filter(
    ({ clientId }) => clientId === null || clientId === request.client.id,
  )
  if (networks.length === 0) return null
  if (!isSigned(request))
    return { kind: 'pass', facts: [fact('trusted-network', 'not looked at: the request is not signed')] }
  const network = trustingNetwork(networks, request.client.id, (attribute) => addressIn(request, attribute)?.octets)
  const from = network && addressIn(request, network.attribute)
  if (network === undefined || from === undefined) return null
  return {
    kind: 'admit',
    reason: 'password-in-trusted-network',
    facts: [fact('trusted-network', network.name), fact('calls-from', from.text)],
  }
}

function addressIn(
  { packet }: Pick<AccessRequest, 'packet'>,
  attribute: AttributeName,
): { readonly text: string; readonly octets: readonly number[] } | undefined {
  const [text, ...others] = readAttributes(packet, attribute)
  if (typeof text !== 'string' || others.length > 0) return undefined
  const octets = addressOctets(text)
  return octets && { text, octets }
}
