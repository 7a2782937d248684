/** Opens a socket to a server: TCP, then StartTLS or TLS where wanted, all within one time limit. */
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls'

import { type TlsMode } from './configuration.ts'
import { LdapFailure } from './failure.ts'
import { requestStartTls } from './start-tls.ts'
import { explainConnectError, explainTlsError } from './socket-errors.ts'
import { type LdapAddress } from './url.ts'

export interface SocketOptions {
  readonly address: LdapAddress
  readonly tls: TlsMode
  /** Needed unless `tls` is none. */
  readonly trust: SecureContext | undefined
  readonly timeoutMs: number
  /** Told when TCP stands, before TLS. */
  readonly onConnected?: () => void
}

/**
 * Opens a socket, with Nagle's delay off and keep-alive on.
 * @throws LdapFailure server-down, tls-refused or timeout
 */
export async function openSocket(options: SocketOptions): Promise<Socket | TLSSocket> {
  const { address, tls, timeoutMs } = options
  const socket = connectTcp({
    host: address.host,
    port: address.port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
  })
  // An error is handled where it is awaited; this one keeps a late error from ending the process.
  socket.on('error', () => socket.destroy())
  let stage = 'accept the connection'
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new LdapFailure('timeout', `The server did not ${stage} within ${timeoutMs} ms.`))
    }, timeoutMs)
  })
  const steps = async () => {
    await once(socket, 'connect', explainConnectError)
    options.onConnected?.()
    if (tls === 'none') return socket
    if (tls === 'starttls') {
      stage = 'answer StartTLS'
      await requestStartTls(socket)
    }
    stage = 'finish the TLS handshake'
    return secure(socket, options)
  }
  try {
    return await Promise.race([steps(), tooLate])
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

async function secure(socket: Socket, { address, trust }: SocketOptions): Promise<TLSSocket> {
  if (!trust) throw new Error('a TLS connection needs its authorities')
  // RFC 6066 §3: the server name extension takes no IP address; `host` still is what the certificate must name.
  const servername = isIP(address.host) === 0 ? address.host : ''
  const secured = connectTls({ socket, secureContext: trust, host: address.host, servername, rejectUnauthorized: true })
  secured.on('error', () => socket.destroy())
  socket.on('close', () => secured.destroy())
  await once(secured, 'secureConnect', explainTlsError)
  return secured
}

function once(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  explain: (error: Error) => LdapFailure,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      socket.off(event, onDone).off('error', onError).off('close', onClose)
      act()
    }
    const onDone = () => settle(resolve)
    const onError = (error: Error) => settle(() => reject(explain(error)))
    const onClose = () => settle(() => reject(explain(new Error('the server closed the connection'))))
    socket.on(event, onDone).on('error', onError).on('close', onClose)
  })
}
