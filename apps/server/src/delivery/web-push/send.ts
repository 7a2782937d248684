/** Sends one push message to the push service of one subscription (RFC 8030 §5). */
import type { lookup as systemLookup } from 'node:dns'
import { Agent, request } from 'node:https'
import type { PushSubscription } from '@sallyport/store'
import { encryptPush } from './encrypt.ts'
import { createPublicLookup, endpointProblem } from './public-address.ts'
import { vapidAuthorization, type VapidKeys } from './vapid.ts'

/** `gone`: the subscription is no more, forget it. */
export type PushOutcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'failed'
      readonly problem: string
      readonly retryable: boolean
      /** What the push service asks to wait for (RFC 9110 §10.2.3). */
      readonly retryAfterMs?: number
    }

export interface PushMessage {
  readonly text: string
  /** For how long the push service keeps it. */
  readonly ttlSeconds: number
  /** RFC 8030 §5.4: a later message of the same topic takes the place of the earlier; at most 32 characters of base64url. */
  readonly topic: string
}

export interface PushSenderOptions {
  readonly keys: VapidKeys
  /** RFC 8292 §2.1: who answers for what is sent. */
  readonly subject: string
  readonly clock: () => Date
  readonly random: (lengthBytes: number) => Uint8Array
  /** For tests, whose push service is on this machine. */
  readonly allowLoopback: boolean
  readonly timeoutMs?: number
  /** For tests: PEM of the authority that is trusted in the place of the well-known ones. */
  readonly authority?: string
  /** For tests: what names mean. */
  readonly lookup?: typeof systemLookup
}

const answerBytesAtMost = 16_384

export interface PushSender {
  readonly send: (to: PushSubscription, message: PushMessage) => Promise<PushOutcome>
  readonly close: () => void
}

export function createPushSender(options: PushSenderOptions): PushSender {
  const { allowLoopback, timeoutMs = 5000, authority } = options
  // A push service is asked again and again: connections stay, and are few.
  const lookup = createPublicLookup(allowLoopback, options.lookup)
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 50,
    lookup,
    ...(authority !== undefined && { ca: authority }),
  })
  return {
    close: () => agent.destroy(),
    async send(to, { text, ttlSeconds, topic }) {
      const problem = endpointProblem(to.endpoint, allowLoopback)
      if (problem !== undefined) return { kind: 'failed', problem, retryable: false }
      let body: Buffer
      try {
        body = encryptPush(Buffer.from(text), decodeKeys(to), options.random)
      } catch {
        return { kind: 'failed', problem: 'unusable-keys', retryable: false }
      }
      const headers = {
        authorization: vapidAuthorization(to.endpoint, options.subject, options.keys, options.clock()),
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        'content-length': String(body.length),
        ttl: String(ttlSeconds),
        urgency: 'high',
        topic,
      }
      return post(to.endpoint, headers, body, agent, timeoutMs)
    },
  }
}

function post(
  endpoint: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  agent: Agent,
  timeoutMs: number,
): Promise<PushOutcome> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs)
    // node:https follows no redirect; a push service has no reason for one.
    const sent = request(endpoint, { method: 'POST', headers, agent, signal }, (response) => {
      const { statusCode = 0, headers: said } = response
      resolve(outcomeOf(statusCode, said['retry-after']))
      // What it says beside that is of no use, and may have no end: a connection that is not read empty soon is given up.
      let bytes = 0
      response.on('error', () => undefined)
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > answerBytesAtMost) response.destroy()
      })
    })
    sent.on('error', (error: NodeJS.ErrnoException) => {
      const problem = signal.aborted ? 'no answer in time' : (error.code ?? 'unreachable')
      resolve({ kind: 'failed', problem, retryable: error.code !== 'ENOTPUBLIC' })
    })
    sent.end(body)
  })
}

function outcomeOf(status: number, retryAfter: string | undefined): PushOutcome {
  if (status >= 200 && status < 300) return { kind: 'accepted' }
  // RFC 8030 §7.3, and what services answer for a subscription that never was.
  if (status === 404 || status === 410) return { kind: 'gone' }
  const failed = { kind: 'failed', problem: `HTTP ${status}`, retryable: status === 429 || status >= 500 } as const
  // The other form, a date, is none that push services use.
  return /^\d{1,6}$/.test(retryAfter ?? '') ? { ...failed, retryAfterMs: Number(retryAfter) * 1000 } : failed
}

function decodeKeys({ p256dh, auth }: PushSubscription) {
  return { p256dh: Buffer.from(p256dh, 'base64url'), auth: Buffer.from(auth, 'base64url') }
}
