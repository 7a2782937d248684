/** The sockets to one server's accounting port; over RadSec a connection of its own to the one port that there is (RFC 6614 §2.1). */
import {
  createSharedSecret,
  createTlsClient,
  createUdpClient,
  radsecSecret,
  type ClientRequest,
  type ClientResult,
  type ResponseFailure,
  type SharedSecret,
} from '@sallyport/radius'
import type { EngineRadiusServer } from '@sallyport/store/engine'

/** 512 requests under way: more than are ever sent at once, with those that are sent again. */
const socketsAtMost = 2
const backOffAtMostMs = 2_000

export interface AccountingClient {
  /** What this hop is signed and hidden with. */
  readonly secret: SharedSecret
  request(request: ClientRequest): Promise<ClientResult>
  close(): Promise<void>
}

export interface AccountingClientListeners {
  readonly onSystemError: (code: string) => void
  readonly onRejected: (failure: ResponseFailure) => void
}

/** @param address where the server's host is now */
export function createAccountingClient(
  server: EngineRadiusServer & { readonly accountingPort: number },
  address: string,
  { onSystemError, onRejected }: AccountingClientListeners,
): AccountingClient {
  const timeoutMs = server.timeoutSeconds * 1_000
  if (server.transport === 'radsec') {
    const client = createTlsClient({
      host: address,
      serverName: server.host,
      port: server.authenticationPort,
      ca: server.caPem ?? '',
      credentials: { certificate: server.certificatePem ?? '', key: server.privateKey ?? '' },
      connections: 1,
      timeoutMs,
      connectTimeoutMs: timeoutMs,
      maximumBackOffMs: backOffAtMostMs,
      requireMessageAuthenticator: false,
    })
    return {
      secret: radsecSecret,
      async request(asked) {
        const result = await client.request(asked)
        if (!result.ok && result.rejected) onRejected(result.rejected)
        return result
      },
      close: () => client.close(),
    }
  }
  const secret = createSharedSecret(server.sharedSecret ?? '')
  const client = createUdpClient({
    ...{ secret, host: address, port: server.accountingPort, sockets: socketsAtMost, timeoutMs },
    // Of an Accounting-Response the authenticator itself is the proof (RFC 2866 §3); Status-Server decides nothing here.
    requireMessageAuthenticator: false,
    ...{ onSystemError, onRejected },
  })
  return { secret, request: (asked) => client.request(asked), close: () => client.close() }
}
