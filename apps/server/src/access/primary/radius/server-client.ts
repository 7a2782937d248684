/**
 * The sockets to one server at one address: those of sign-ins, and one apart for Status-Server, which must get through when every
 * identifier is in use and must not be held to a Message-Authenticator that some servers put into other answers only.
 */
import {
  createSharedSecret,
  createTlsClient,
  createUdpClient,
  radsecSecret,
  type ClientListener,
  type ClientRequest,
  type ClientResult,
  type ResponseFailure,
  type SharedSecret,
} from '@sallyport/radius'
import type { EngineRadiusServer } from '@sallyport/store/engine'

/** 65,536 sign-ins may wait for one server. */
const socketsAtMost = 256
const connectionsAtMost = 32
/** A server that is back is found out soon. */
const backOffAtMostMs = 2_000

export interface ServerClient {
  /** What this hop is signed and hidden with. */
  readonly secret: SharedSecret
  ask(request: ClientRequest, listener: ClientListener): void
  /** Whether it lives (RFC 5997). */
  probe(request: ClientRequest): Promise<ClientResult>
  close(): Promise<void>
}

export interface ServerClientListeners {
  /** Read at each answer: *auto* learns. */
  readonly mustAuthenticate: () => boolean
  readonly onSystemError: (code: string) => void
  readonly onRejected: (failure: ResponseFailure) => void
}

/** @param address where the server's host is now */
export function createServerClient(
  server: EngineRadiusServer,
  address: string,
  { mustAuthenticate, onSystemError, onRejected }: ServerClientListeners,
): ServerClient {
  const { authenticationPort: port, tries } = server
  const timeoutMs = server.timeoutSeconds * 1_000
  if (server.transport === 'radsec') {
    const client = createTlsClient({
      host: address,
      serverName: server.host,
      port,
      ca: server.caPem ?? '',
      credentials: { certificate: server.certificatePem ?? '', key: server.privateKey ?? '' },
      connections: connectionsAtMost,
      timeoutMs,
      tries,
      connectTimeoutMs: timeoutMs,
      maximumBackOffMs: backOffAtMostMs,
      requireMessageAuthenticator: server.messageAuthenticator === 'require',
    })
    const request = async (asked: ClientRequest) => {
      const result = await client.request(asked)
      if (!result.ok && result.rejected) onRejected(result.rejected)
      return result
    }
    return {
      secret: radsecSecret,
      ask: (asked, listener) =>
        void request(asked).then(
          (result) => listener.ended(result),
          (error: unknown) => listener.failed(error),
        ),
      probe: request,
      close: () => client.close(),
    }
  }
  const secret = createSharedSecret(server.sharedSecret ?? '')
  const common = { secret, host: address, port, timeoutMs, tries, onSystemError, onRejected }
  const client = createUdpClient({
    ...common,
    sockets: socketsAtMost,
    get requireMessageAuthenticator() {
      return mustAuthenticate()
    },
  })
  const prober = createUdpClient({ ...common, sockets: 1, requireMessageAuthenticator: false })
  return {
    secret,
    ask: (asked, listener) => client.ask(asked, listener),
    probe: (asked) => prober.request(asked),
    async close() {
      await Promise.all([client.close(), prober.close()])
    },
  }
}
