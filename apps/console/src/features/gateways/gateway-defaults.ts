/** A new gateway of each type, and which fields its dialog shows: what everybody needs first, the rest folded. */
import type { GatewayConfiguration, GatewayKind, GatewayType } from '@sallyport/contract'

export const typesOf: Record<GatewayKind, readonly GatewayType[]> = {
  sms: ['smpp', 'http-sms', 'twilio-sms'],
  voice: ['twilio-voice', 'http-voice'],
  mail: ['smtp'],
}

/** Placeholders, for sentences that name them as they are typed. */
export const asTyped = {
  to: '{{to}}',
  digits: '{{digits}}',
  text: '{{text}}',
  from: '{{from}}',
  id: '{{id}}',
  secret: '{{secret}}',
}

const twilio = { accountSid: '', apiUrl: 'https://api.twilio.com', timeoutSeconds: 10 }

/** Empty where there is nothing to guess. */
export const defaults: { readonly [Type in GatewayType]: Extract<GatewayConfiguration, { type: Type }> } = {
  smpp: {
    ...{ type: 'smpp', host: '', port: 2775, tls: false, caPem: null, systemId: '', systemType: '', sender: '' },
    ...{
      binds: 'transceiver',
      defaultAlphabet: 'gsm',
      receipts: true,
      window: 10,
      enquireSeconds: 30,
      timeoutSeconds: 10,
    },
  },
  'http-sms': {
    ...{ type: 'http-sms', method: 'POST', url: '', headers: [], bodyFormat: 'json' },
    ...{ body: '{ "to": "{{to}}", "text": "{{text}}" }', sender: '', authentication: 'bearer', username: '' },
    ...{ successText: '', referenceField: 'id', caPem: null, timeoutSeconds: 10 },
    ...{ callbackUrl: null, callbackProof: 'hmac', receiptReferenceField: 'id', receiptStateField: 'status' },
    ...{ deliveredStates: 'delivered', failedStates: 'failed, expired, rejected' },
    ...{ replyFromField: 'from', replyToField: 'to', replyTextField: 'text' },
  },
  'twilio-sms': { type: 'twilio-sms', ...twilio, sender: '', callbackUrl: null },
  'twilio-voice': { type: 'twilio-voice', ...twilio, caller: '', callbackUrl: '', ringSeconds: 20 },
  'http-voice': { type: 'http-voice', url: '', caPem: null, timeoutSeconds: 10, callbackUrl: '' },
  smtp: {
    ...{ type: 'smtp', host: '', port: 587, security: 'starttls', caPem: null, username: '', from: '', fromName: '' },
    timeoutSeconds: 15,
  },
}

/** `or-null`: empty is none. */
type Input = 'text' | 'or-null' | 'number' | 'seconds' | 'check' | 'pem' | 'template' | 'headers' | readonly string[]
export type Layout = readonly (readonly [name: string, input: Input, required?: 'required'])[]

const smppMore: Layout = [
  ...([
    ['tls', 'check'],
    ['caPem', 'pem'],
    ['systemType', 'text'],
    ['binds', ['transceiver', 'separate']],
    ['defaultAlphabet', ['gsm', 'latin1']],
  ] as const),
  ...([
    ['receipts', 'check'],
    ['window', 'number'],
    ['enquireSeconds', 'seconds'],
    ['timeoutSeconds', 'seconds'],
  ] as const),
]
const httpMore: Layout = [
  ...([
    ['headers', 'headers'],
    ['successText', 'text'],
    ['referenceField', 'text'],
    ['timeoutSeconds', 'seconds'],
  ] as const),
  ...([
    ['caPem', 'pem'],
    ['callbackUrl', 'or-null'],
    ['callbackProof', ['hmac', 'secret']],
  ] as const),
  ...([
    ['receiptReferenceField', 'text'],
    ['receiptStateField', 'text'],
    ['deliveredStates', 'text'],
  ] as const),
  ...([
    ['failedStates', 'text'],
    ['replyFromField', 'text'],
    ['replyToField', 'text'],
    ['replyTextField', 'text'],
  ] as const),
]

/** `main` stands before the secret. */
export const layouts: Record<GatewayType, { readonly main: Layout; readonly more: Layout }> = {
  smpp: {
    main: [
      ['host', 'text', 'required'],
      ['port', 'number', 'required'],
      ['sender', 'text'],
      ['systemId', 'text', 'required'],
    ],
    more: smppMore,
  },
  'http-sms': {
    main: [
      ['method', ['GET', 'POST', 'PUT']],
      ['url', 'template', 'required'],
      ['bodyFormat', ['none', 'json', 'form']],
      ['body', 'template'],
      ['sender', 'text'],
      ['authentication', ['none', 'basic', 'bearer']],
      ['username', 'text'],
    ],
    more: httpMore,
  },
  'twilio-sms': {
    main: [
      ['accountSid', 'text', 'required'],
      ['sender', 'text', 'required'],
      ['callbackUrl', 'or-null'],
    ],
    more: [
      ['apiUrl', 'text', 'required'],
      ['timeoutSeconds', 'seconds'],
    ],
  },
  'twilio-voice': {
    main: [
      ['accountSid', 'text', 'required'],
      ['caller', 'text', 'required'],
      ['callbackUrl', 'text', 'required'],
    ],
    more: [
      ['ringSeconds', 'seconds'],
      ['apiUrl', 'text', 'required'],
      ['timeoutSeconds', 'seconds'],
    ],
  },
  'http-voice': {
    main: [
      ['url', 'text', 'required'],
      ['callbackUrl', 'text', 'required'],
    ],
    more: [
      ['timeoutSeconds', 'seconds'],
      ['caPem', 'pem'],
    ],
  },
  smtp: {
    main: [
      ['host', 'text', 'required'],
      ['port', 'number', 'required'],
      ['security', ['starttls', 'tls', 'none']],
      ['from', 'text', 'required'],
      ['fromName', 'text'],
      ['username', 'text'],
    ],
    more: [
      ['timeoutSeconds', 'seconds'],
      ['caPem', 'pem'],
    ],
  },
}
