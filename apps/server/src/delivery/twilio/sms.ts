/** Text messages by Twilio's Messages resource, with status callbacks and inbound messages. */
import type { Gateway, GatewayNews, GatewaySettings } from '../core/gateway.ts'
import type { TextJob } from '../../bus/delivery-jobs.ts'
import type { CallbackAnswer } from '../../bus/gateway-callbacks.ts'
import { refusedCallback, taken, unknownCallback } from '../web/answers.ts'
import { callbackAddress } from '../web/callback-address.ts'
import { create, proven } from './account.ts'

/** Twilio's own bounds, in seconds. */
const longestValidity = 36_000
/** Inbound messages remembered, so that a repeated callback is no second reply. */
const mostRemembered = 10_000

const states: Readonly<Record<string, 'delivered' | 'failed'>> = {
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
}

export function createTwilioSmsGateway(settings: GatewaySettings<'twilio-sms'>, news: GatewayNews): Gateway<TextJob> {
  const { id, configuration } = settings
  const { sender, callbackUrl } = configuration
  const seen = new Set<string>()
  const isNew = (sid: string) => {
    if (seen.has(sid)) return false
    for (const oldest of seen) {
      if (seen.size < mostRemembered) break
      seen.delete(oldest)
    }
    seen.add(sid)
    return true
  }
  return {
    send(job, { signal }) {
      const validSeconds = Math.ceil((job.deadlineMs - news.clock()) / 1000)
      const fields = new URLSearchParams({
        To: job.to,
        [sender.startsWith('MG') && sender.length === 34 ? 'MessagingServiceSid' : 'From']: sender,
        Body: job.text,
        // A code that comes after its time only confuses.
        ValidityPeriod: String(Math.min(longestValidity, Math.max(1, validSeconds))),
      })
      if (callbackUrl !== null) fields.set('StatusCallback', callbackAddress(callbackUrl, id, 'receipt').href)
      return create(settings, 'Messages', fields, signal)
    },
    callback(kind, request) {
      const answer = (): CallbackAnswer => {
        if (kind !== 'receipt' && kind !== 'reply') return unknownCallback
        const form = proven(settings, kind, request)
        if (form === undefined) return refusedCallback
        const [sid, status] = [form.get('MessageSid') ?? '', form.get('MessageStatus') ?? '']
        if (kind === 'receipt') {
          const state = Object.hasOwn(states, status) ? states[status] : undefined
          const code = form.get('ErrorCode')
          // `queued`, `sent` and the like say nothing of the phone yet.
          if (state !== undefined) news.receipt([sid], state, (code ? `${status} (${code})` : status).slice(0, 100))
          return taken
        }
        if (isNew(sid)) {
          news.reply({
            from: form.get('From') ?? '',
            to: form.get('To') ?? '',
            text: (form.get('Body') ?? '').slice(0, 2000),
          })
        }
        // An empty response: nothing is sent back.
        return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: '<Response/>' }
      }
      return Promise.resolve(answer())
    },
    close: () => undefined,
  }
}
