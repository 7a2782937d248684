/**
 * Stage 2, client: whose device this is. The UDP server has found the client by address and NAS-Identifier and verified its
 * authenticators; here is noted that it lives, and what it shows of itself. Never ends a request.
 */
import { isProxyState } from '@sallyport/radius'

import type { Context } from './context.ts'
import type { Tools } from './tools.ts'
import { fact, proceed, type Step } from './verdict.ts'

export function client(context: Context, tools: Pick<Tools, 'clientsSeen'>): Step {
  const { client: device, messageAuthenticator, packet, source } = context.request
  const facts = [
    fact('client', device.applicationName || device.address),
    fact('source', `${source.address} port ${source.port}`),
    fact('message-authenticator', messageAuthenticator),
    ...(device.nasIdentifier === '' ? [] : [fact('nas-identifier', device.nasIdentifier)]),
  ]
  const sign = {
    messageAuthenticator: messageAuthenticator === 'valid',
    proxyState: packet.attributes.some(isProxyState),
    method: context.method,
  }
  if (!tools.clientsSeen.due(device.id, context.nowMs, sign)) return proceed(context, facts)
  const seen = { kind: 'client-seen', clientId: device.id, atMs: context.nowMs, ...sign } as const
  return proceed({ ...context, records: [...context.records, seen] }, facts)
}
