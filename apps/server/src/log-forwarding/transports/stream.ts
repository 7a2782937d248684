/** Syslog over TCP (RFC 6587) and TLS (RFC 5425): messages counted in octets, on one connection. */
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

import type { LogReceiverConfiguration } from '@sallyport/contract'

import { syslogOf } from '../formats/syslog.ts'
import type { Transport, TransportContext } from './transport.ts'

/** RFC 5425 §4.3.1: receivers should take 8,192 octets; the commonest cuts at 8,096. */
const maximumBytes = 8000
const batch = 500
/** A receiver that is gone is noticed though nothing is sent. */
const keepAliveMs = 30_000
/** Syslog has no acknowledgement: a connection that ends sooner after a message than this may have lost it. */
const settleMs = 1000
const closeWithinMs = 2000

type Configuration = Extract<LogReceiverConfiguration, { transport: 'tcp' | 'tls' }>

export async function openStream(
  configuration: Configuration,
  privateKey: string | undefined,
  context: TransportContext,
): Promise<Transport> {
  const { timeoutMs } = context
  const socket = await opened(configuration, privateKey, timeoutMs)
  let failure: Error | null = null
  let isClosing = false
  socket.setKeepAlive(true, keepAliveMs)
  socket.setNoDelay(true)
  // Receivers of syslog say nothing; whatever one says is not read into memory.
  socket.resume()
  socket.on('error', (error) => (failure ??= error))
  socket.once('end', () => {
    if (!isClosing) failure ??= new Error('The receiver closed the connection.')
  })
  socket.once('close', () => {
    if (!isClosing) failure ??= new Error('The connection was closed.')
  })

  return {
    settleMs,
    failed: () => failure,
    batch: () => batch,
    send: (events, signal) =>
      new Promise<void>((resolve, reject) => {
        if (failure !== null) {
          reject(failure)
          return
        }
        const end = (error?: Error | null) => {
          clearTimeout(timer)
          signal.removeEventListener('abort', stop)
          socket.off('close', closed)
          if (error) reject(error)
          else resolve()
        }
        const stop = () => end(new Error('The server is stopping.'))
        const closed = () => end(failure ?? new Error('The connection was closed.'))
        const timer = setTimeout(() => {
          failure ??= new Error(`The receiver took nothing for ${timeoutMs / 1000} s.`)
          socket.destroy()
        }, timeoutMs)
        signal.addEventListener('abort', stop, { once: true })
        socket.once('close', closed)
        socket.write(framed(events, configuration, context), end)
      }),
    close: () =>
      new Promise((resolve) => {
        if (socket.destroyed) {
          resolve(failure === null && isClosing)
          return
        }
        isClosing = true
        let isLate = false
        const timer = setTimeout(() => {
          isLate = true
          socket.destroy()
        }, closeWithinMs)
        socket.once('close', (hadError) => {
          clearTimeout(timer)
          resolve(!isLate && !hadError)
        })
        socket.end()
      }),
  }
}

/** RFC 6587 §3.4.1, RFC 5425 §4.3: the length in octets, a space, the message. Line ends need no thought. */
function framed(
  events: Parameters<Transport['send']>[0],
  configuration: Configuration,
  context: TransportContext,
): Buffer {
  const parts: Buffer[] = []
  for (const event of events) {
    const message = syslogOf(event, { ...configuration, ...context, maximumBytes })
    parts.push(Buffer.from(`${message.length} `), message)
  }
  return Buffer.concat(parts)
}

function opened(configuration: Configuration, privateKey: string | undefined, timeoutMs: number): Promise<Socket> {
  const { host, port } = configuration
  return new Promise((resolve, reject) => {
    const socket =
      configuration.transport === 'tcp'
        ? connectTcp({ host, port })
        : connectTls({
            ...{ host, port, minVersion: 'TLSv1.2', rejectUnauthorized: true },
            // RFC 5425 §5.2 wants the name checked; an address is checked as an address.
            ...(configuration.caPem === null ? {} : { ca: configuration.caPem }),
            ...(configuration.certificatePem === null || privateKey === undefined
              ? {}
              : { cert: configuration.certificatePem, key: privateKey }),
          })
    const timer = setTimeout(
      () => socket.destroy(new Error(`No connection to ${host}:${port} within ${timeoutMs / 1000} s.`)),
      timeoutMs,
    )
    socket.once('error', fail)
    socket.once(configuration.transport === 'tcp' ? 'connect' : 'secureConnect', () => {
      clearTimeout(timer)
      socket.off('error', fail)
      resolve(socket)
    })
    function fail(error: Error) {
      clearTimeout(timer)
      reject(error)
    }
  })
}
