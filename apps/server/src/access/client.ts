/**
 * Stage 2, client: whose device this is. The UDP server has found the client by the longest prefix and verified its
 * authenticators; here is noted that it lives, and that it knows Message-Authenticator. Never ends a request.
 */
import type { Context } from './context.ts'
import type { Tools } from './tools.ts'
import { fact, proceed, type Step } from './verdict.ts'

export function client(context: Context, tools: Pick<Tools, 'clientsSeen'>): Step {
  const { client: device, messageAuthenticator, source } = context.request
  const facts = [
    fact('client', device.applicationName || device.address),
    fact('source', `${source.address} port ${source.port}`),
    fact('message-authenticator', messageAuthenticator),
  ]
  const proven = messageAuthenticator === 'valid'
  if (!tools.clientsSeen.due(device.id, context.nowMs, proven)) return proceed(context, facts)
  const seen = { kind: 'client-seen', clientId: device.id, atMs: context.nowMs, messageAuthenticator: proven } as const
  return proceed({ ...context, records: [...context.records, seen] }, facts)
}
