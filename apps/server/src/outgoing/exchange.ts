/**
 * One HTTP request to where an administrator said: a gateway, an identity provider. What an answer can do to us is bounded: no redirect is followed, TLS is verified, the body is cut, and
 * addresses that only a cloud's own machinery uses are not asked.
 */
import { lookup as resolveName, type LookupAddress } from 'node:dns'
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

export interface WebRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  /** PEM of authorities to trust instead of the usual ones; null: those. */
  readonly caPem?: string | null
}

/** `unsent`: nothing of the request had left. `unanswered`: it had, and what came of it is not known. `code`: Node's, where it has one. */
export type Exchange =
  | { readonly kind: 'answer'; readonly status: number; readonly contentType: string; readonly body: string }
  | { readonly kind: 'unsent'; readonly problem: string; readonly code?: string | undefined }
  | { readonly kind: 'unanswered'; readonly problem: string; readonly code?: string | undefined }

/** Octets of an answer that are read. */
const mostBytes = 64 * 1024

export function exchange({ method, url, headers, body, caPem }: WebRequest, signal: AbortSignal): Promise<Exchange> {
  return new Promise((resolve) => {
    let reached = false
    const end = (problem: string, code?: string) => resolve({ kind: reached ? 'unanswered' : 'unsent', problem, code })
    const host = url.hostname.replace(/^\[|\]$/gu, '')
    if (signal.aborted || (ipaddr.isValid(host) && !isAskable(host))) {
      end(signal.aborted ? 'There was no time left.' : `The address ${host} is not one to ask.`)
      return
    }
    const isTls = url.protocol === 'https:'
    const payload = body === undefined ? undefined : Buffer.from(body)
    const options: RequestOptions & { ca?: string } = {
      method,
      // Each on a connection of its own: whether a request had left can be told only of those.
      agent: false,
      lookup: askableLookup,
      signal,
      headers: {
        'user-agent': 'Sallyport',
        'accept-encoding': 'identity',
        ...headers,
        ...(payload === undefined ? {} : { 'content-length': String(payload.byteLength) }),
      },
      ...(caPem ? { ca: caPem } : {}),
    }
    const request = (isTls ? requestHttps : requestHttp)(url, options, (response) => {
      read(response, resolve, end)
    })
    request.once('socket', (socket) => {
      socket.once(isTls ? 'secureConnect' : 'connect', () => (reached = true))
    })
    request.on('error', (error: NodeJS.ErrnoException) =>
      signal.aborted ? end('It did not answer in time.', 'ETIMEDOUT') : end(sentence(error), error.code),
    )
    request.end(payload)
  })
}

function read(response: IncomingMessage, resolve: (exchange: Exchange) => void, end: (problem: string) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  const finish = () => {
    const body = Buffer.concat(chunks).subarray(0, mostBytes).toString()
    const contentType = response.headers['content-type'] ?? ''
    resolve({ kind: 'answer', status: response.statusCode ?? 0, contentType, body })
  }
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size < mostBytes) return
    finish()
    response.destroy()
  })
  response.once('end', finish)
  response.once('error', () => end('Its answer broke off.'))
  response.once('close', () => end('Its answer broke off.'))
}

/** Link-local addresses are where clouds keep their machines' credentials; the others belong to nobody. */
function isAskable(address: string): boolean {
  const range = ipaddr.process(address).range()
  return !['linkLocal', 'unspecified', 'multicast', 'broadcast'].includes(range)
}

const askableLookup: LookupFunction = (hostname, options, callback) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first, ...others] = (error ? [] : addresses).filter(({ address }) => isAskable(address))
    if (first === undefined) {
      callback(error ?? new Error(`The address of ${hostname} is not one to ask`), '', 4)
    } else if (options.all) callback(null, [first, ...others])
    else callback(null, first.address, first.family)
  })
}

/** What went wrong, without what was sent. */
function sentence({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ECONNREFUSED') return 'It refuses the connection.'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'Its name is not known (DNS).'
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'It closed the connection without an answer.'
  if (code?.startsWith('HPE_')) return 'Its answer is not HTTP.'
  return `${message.slice(0, 200)}${message.endsWith('.') ? '' : '.'}`
}
