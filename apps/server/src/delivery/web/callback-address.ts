/** Where a gateway calls back: what it was given is what it signs, whatever a proxy in between made of it. */
import type { CallbackRequest } from '../../bus/gateway-callbacks.ts'

export function callbackAddress(base: string, gatewayId: string, kind: string): URL {
  return new URL(`${base.replace(/\/+$/u, '')}/callbacks/${gatewayId}/${kind}`)
}

/** The address that a request was meant for, as it was given away, with the query that came. */
export function meantAddress(base: string | null, gatewayId: string, kind: string, request: CallbackRequest): URL {
  const came = new URL(request.url, 'http://localhost')
  const meant = base === null ? came : callbackAddress(base, gatewayId, kind)
  meant.search = came.search
  return meant
}
