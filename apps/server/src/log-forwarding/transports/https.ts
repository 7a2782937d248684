/** JSON over HTTPS: a batch a request, taken once the receiver answers 2xx. */
import { Agent, request } from 'node:https'
import { gzip } from 'node:zlib'
import { promisify } from 'node:util'

import type { LogReceiverConfiguration } from '@sallyport/contract'

import { jsonOf } from '../formats/json.ts'
import { cleaned, shortened } from '../formats/text.ts'
import type { Transport, TransportContext } from './transport.ts'

const fullBatch = 500
/** Of what a receiver answers, so much is read and shown. */
const shownBytes = 200

export function openHttps(
  configuration: Extract<LogReceiverConfiguration, { transport: 'https' }>,
  headerValue: string | undefined,
  { timeoutMs }: TransportContext,
): Transport {
  const { url, headerName, layout, caPem } = configuration
  const agent = new Agent({
    ...{ keepAlive: true, maxSockets: 1, minVersion: 'TLSv1.2', rejectUnauthorized: true },
    ...(caPem === null ? {} : { ca: caPem }),
  })
  let batch = fullBatch
  const send: Transport['send'] = async (events, signal) => {
    const lines = events.map(jsonOf)
    const text = layout === 'lines' ? lines.map((line) => `${line}\n`).join('') : `[${lines.join(',')}]`
    const body = configuration.gzip ? await promisify(gzip)(text) : Buffer.from(text)
    const headers = {
      'content-type': layout === 'lines' ? 'application/x-ndjson' : 'application/json',
      'content-length': body.length,
      'user-agent': 'Sallyport',
      ...(configuration.gzip ? { 'content-encoding': 'gzip' } : {}),
      ...(headerName === null || headerValue === undefined ? {} : { [headerName]: headerValue }),
    }
    const { status, said } = await post(url, { agent, headers, signal, timeoutMs }, body)
    if (status >= 200 && status < 300) return
    if (status === 413 && events.length > 1) {
      // RFC 9110 §15.5.14: smaller pieces may pass.
      batch = Math.ceil(events.length / 2)
      const half = batch
      await send(events.slice(0, half), signal)
      await send(events.slice(half), signal)
      return
    }
    const quoted = headerValue === undefined ? said : said.replaceAll(headerValue, '…')
    throw new Error(`The receiver answered ${status}${quoted === '' ? '' : `: ${quoted}`}`)
  }
  return {
    settleMs: 0,
    failed: () => null,
    batch: () => batch,
    send,
    close: () => {
      agent.destroy()
      return Promise.resolve(true)
    },
  }
}

interface PostOptions {
  readonly agent: Agent
  readonly headers: Readonly<Record<string, string | number>>
  readonly signal: AbortSignal
  readonly timeoutMs: number
}

/** Redirections are not followed: a token goes where the administrator said, and nowhere else. */
function post(
  url: string,
  { timeoutMs, signal, ...options }: PostOptions,
  body: Buffer,
): Promise<{ readonly status: number; readonly said: string }> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, method: 'POST', signal: either }, (response) => {
      let said = ''
      response.on('data', (chunk: Buffer) => {
        if (said.length < shownBytes) said += chunk.toString('utf8')
      })
      response.once('error', reject)
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, said: shortened(cleaned(said).trim(), shownBytes) }),
      )
    })
    sent.once('error', (error) =>
      reject(
        either.aborted && !signal.aborted
          ? new Error(`The receiver did not answer within ${timeoutMs / 1000} s.`)
          : error,
      ),
    )
    sent.end(body)
  })
}
