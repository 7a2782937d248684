/** Gateways as they might be saved, and ears for their news, for tests. */
import type { GatewaySettings } from '../core/gateway.ts'
import type { CallJob, TextJob } from '../../bus/delivery-jobs.ts'
import type { DeliveryNews, JudgeKeys } from '../types.ts'
import type { GatewayNews } from '../core/gateway.ts'

export function smppSettings(port: number, more: Partial<GatewaySettings<'smpp'>['configuration']> = {}) {
  const settings: GatewaySettings<'smpp'> = {
    ...{ id: 'smpp', name: 'Message centre', enabled: true, secret: 'secret08' },
    configuration: {
      ...{ type: 'smpp', host: '127.0.0.1', port, tls: false, caPem: null, systemId: 'sallyport', systemType: '' },
      ...{ binds: 'transceiver', sender: 'Sallyport', defaultAlphabet: 'gsm', receipts: true, window: 10 },
      ...{ enquireSeconds: 30, timeoutSeconds: 5 },
      ...more,
    },
  }
  return settings
}

export function httpSmsSettings(url: string, more: Partial<GatewaySettings<'http-sms'>['configuration']> = {}) {
  const settings: GatewaySettings<'http-sms'> = {
    ...{ id: 'web', name: 'Web gateway', enabled: true, secret: 'k"ey', callbackSecret: 'sixteen or more.' },
    configuration: {
      ...{ type: 'http-sms', method: 'POST', url, headers: [], bodyFormat: 'json' },
      body: '{"to": "{{to}}", "message": {"text": "{{text}}"}, "parts": [1, "{{id}}"]}',
      ...{ sender: '+4912345', authentication: 'none', username: '', successText: '', referenceField: 'id' },
      ...{ caPem: null, timeoutSeconds: 2, callbackUrl: 'https://login.example.com', callbackProof: 'hmac' },
      ...{ receiptReferenceField: 'id', receiptStateField: 'state', deliveredStates: 'ok, read', failedStates: 'lost' },
      ...{ replyFromField: 'from', replyToField: 'to', replyTextField: 'text' },
      ...more,
    },
  }
  return settings
}

export const account = 'AC0123456789abcdef0123456789abcdef'
export const messageSid = 'SM0123456789abcdef0123456789abcdef'

export function twilioSmsSettings(apiUrl: string, sender = '+15005550006'): GatewaySettings<'twilio-sms'> {
  return {
    ...{ id: 'twilio', name: 'Twilio', enabled: true, secret: 'token' },
    configuration: {
      ...{ type: 'twilio-sms', accountSid: account, apiUrl, timeoutSeconds: 2, sender },
      callbackUrl: 'https://login.example.com',
    },
  }
}

export function textJob(more: Partial<TextJob> = {}): TextJob {
  return {
    id: 'job-1',
    to: '+4930123456',
    text: 'Code: 123456',
    deadlineMs: Date.now() + 60_000,
    wantReply: false,
    ...more,
  }
}

export function callJob(more: Partial<CallJob> = {}): CallJob {
  return {
    ...{ id: 'call-1', to: '+4930123456', extension: null, language: 'en', applicationName: 'VPN' },
    ...{ mode: 'press-hash', fraudCode: '0', deadlineMs: Date.now() + 60_000 },
    ...more,
  }
}

export interface Ear extends GatewayNews {
  readonly heard: readonly unknown[]
  /** Resolves once this much was heard. */
  hears(count: number): Promise<void>
}

/** Hears everything that one gateway tells. */
export function ear(judgeKeys: JudgeKeys = () => Promise.resolve('refused'), clock: () => number = Date.now): Ear {
  const heard: unknown[] = []
  const watchers = new Set<() => void>()
  const hear = (news: unknown) => {
    heard.push(news)
    for (const watcher of watchers) watcher()
  }
  return {
    heard,
    hears: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (heard.length < count) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
    clock,
    judgeKeys,
    receipt: (references, state, detail) => hear({ references, state, detail }),
    reply: hear,
    call: (jobId, event) => hear({ jobId, event }),
  }
}

/** Collects the room's news. */
export function newsList(): { readonly news: DeliveryNews[]; readonly onNews: (news: DeliveryNews) => void } {
  const news: DeliveryNews[] = []
  return { news, onNews: (each) => void news.push(each) }
}
