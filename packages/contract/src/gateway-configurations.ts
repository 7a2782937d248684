/** What each type of gateway is told, secrets apart: text messages, phone calls and mail each have types of their own. */
import { z } from 'zod'
import { line } from './common.ts'
import { isE164 } from './e164.ts'
import { serverHost } from './radius-servers.ts'

export const gatewayKind = z.enum(['sms', 'voice', 'mail'])
export type GatewayKind = z.infer<typeof gatewayKind>

/** E.164: a plus sign, a country code and a number, 7 to 15 digits in all. */
export const phoneNumber = z
  .string()
  .transform((text) => text.replace(/[\s()./-]/gu, ''))
  .refine(isE164, 'Enter the number with its country code, such as +49 30 123456.')

// What is answered is checked by the same shapes as what is sent: they must not transform.
const host = line(253).refine(
  (text) => serverHost.safeParse(text).success,
  'Enter an IPv4 or IPv6 address, or a host name such as sms.example.com.',
)
const caller = line(16).refine(
  isE164,
  'Enter the number with its country code and without spaces, such as +4930123456.',
)
const port = z.int('Ports are whole numbers.').min(1, 'Ports are 1 to 65535.').max(65535, 'Ports are 1 to 65535.')
const caPem = z.string().trim().max(64_000, 'At most 64,000 characters.').nullable()
/** How long one try may take before the next gateway is asked: 1 to 60 s. */
const timeoutSeconds = z.int('Whole seconds.').min(1, '1 to 60 seconds.').max(60, '1 to 60 seconds.')
const emptyOr = (schema: z.ZodString, pattern: RegExp, message: string) =>
  schema.refine((text) => text === '' || pattern.test(text), message)

function isWebAddress(text: string): boolean {
  // A placeholder may stand in path and query, and must not decide who is asked.
  const authority = /^https?:\/\/([^/?#]+)/iu.exec(text)?.[1]
  return authority !== undefined && !/[{}@\s]/u.test(authority) && !/\s/u.test(text) && URL.canParse(text)
}
const webAddress = line(2000).refine(
  isWebAddress,
  'Enter an address that begins with https:// or http://, without a name or password in it.',
)
/** Where gateways reach this server from outside, as far as `/callbacks`. */
const callbackUrl = webAddress.refine((text) => !/[?#{}]/u.test(text), 'An address without a query.').nullable()
const requiredCallbackUrl = callbackUrl.refine((text) => text !== null, 'Needed: the gateway asks us what to say.')
const sender = emptyOr(
  line(16),
  /^(\+[1-9]\d{6,14}|\d{3,8}|[A-Za-z0-9 ]{1,11})$/u,
  'A number with its country code, a short code of 3 to 8 digits, or 1 to 11 letters, digits and spaces.',
)

/** The name of a field in what a gateway sends us: a dot goes into what is nested. */
const fieldName = line(100)

const smpp = z.strictObject({
  type: z.literal('smpp'),
  host,
  port,
  tls: z.boolean(),
  caPem,
  systemId: line(15),
  systemType: line(12),
  /** One session for both ways, or one that sends and one that receives: some centres take only these. */
  binds: z.enum(['transceiver', 'separate']).default('transceiver'),
  sender,
  /** How the message centre reads what is not marked otherwise (data_coding 0). */
  defaultAlphabet: z.enum(['gsm', 'latin1']),
  receipts: z.boolean(),
  /** Messages that may be under way without an answer: 1 to 100. */
  window: z.int().min(1, '1 to 100 messages.').max(100, '1 to 100 messages.'),
  enquireSeconds: z.int().min(5, '5 to 600 seconds.').max(600, '5 to 600 seconds.'),
  timeoutSeconds,
})

const headers = z
  .array(
    z.strictObject({
      name: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/u, 'A header’s name has no spaces or colons.'),
      value: line(2000),
    }),
  )
  .max(20, 'At most 20 headers.')

const httpSms = z.strictObject({
  type: z.literal('http-sms'),
  method: z.enum(['GET', 'POST', 'PUT']),
  url: webAddress,
  headers,
  /** What the body is: each has its own way to escape what is put into it. */
  bodyFormat: z.enum(['none', 'json', 'form']),
  body: z.string().max(10_000, 'At most 10,000 characters.'),
  sender: line(30),
  authentication: z.enum(['none', 'basic', 'bearer']),
  username: line(200),
  /** An answer counts as taken with status 200 to 299 and this text in its body; empty: any body. */
  successText: line(200),
  /** Where the answer (JSON) has the message's reference; empty: receipts cannot be matched. */
  referenceField: fieldName,
  caPem,
  timeoutSeconds,
  callbackUrl,
  /** How its callbacks prove themselves. */
  callbackProof: z.enum(['hmac', 'secret']),
  receiptReferenceField: fieldName,
  receiptStateField: fieldName,
  /** What that field says when the phone has the text; others count as failed where they are in `failedStates`. */
  deliveredStates: line(500),
  failedStates: line(500),
  replyFromField: fieldName,
  replyToField: fieldName,
  replyTextField: fieldName,
})

const twilioAccount = {
  accountSid: line(34).regex(/^AC[0-9a-f]{32}$/u, 'The Account SID is AC and 32 characters 0-9, a-f.'),
  /** Twilio's own, or one of its regions'. */
  apiUrl: webAddress.refine((text) => !/[?#{}]/u.test(text), 'An address without a query.'),
  timeoutSeconds,
}

const twilioSms = z.strictObject({
  type: z.literal('twilio-sms'),
  ...twilioAccount,
  /** A number of the account's, or a Messaging Service (MG…). */
  sender: line(34).regex(
    /^(\+[1-9]\d{6,14}|\d{3,8}|MG[0-9a-f]{32}|[A-Za-z0-9 ]{1,11})$/u,
    'A number with its country code, a short code, a sender name, or the SID of a Messaging Service.',
  ),
  callbackUrl,
})

const twilioVoice = z.strictObject({
  type: z.literal('twilio-voice'),
  ...twilioAccount,
  caller,
  callbackUrl: requiredCallbackUrl,
  ringSeconds: z.int().min(5, '5 to 60 seconds.').max(60, '5 to 60 seconds.'),
})

const httpVoice = z.strictObject({
  type: z.literal('http-voice'),
  url: webAddress.refine((text) => !/[{}]/u.test(text), 'No placeholders here.'),
  caPem,
  timeoutSeconds,
  callbackUrl: requiredCallbackUrl,
})

const smtp = z.strictObject({
  type: z.literal('smtp'),
  host,
  port,
  security: z.enum(['tls', 'starttls', 'none']),
  caPem,
  username: line(200),
  from: z.email('Enter a mail address.').max(254),
  fromName: line(100),
  timeoutSeconds,
})

export const gatewayConfiguration = z.discriminatedUnion('type', [
  smpp,
  httpSms,
  twilioSms,
  twilioVoice,
  httpVoice,
  smtp,
])
export type GatewayConfiguration = z.infer<typeof gatewayConfiguration>
export type GatewayType = GatewayConfiguration['type']

/** What each type brings. */
export const kindOfGateway = {
  smpp: 'sms',
  'http-sms': 'sms',
  'twilio-sms': 'sms',
  'twilio-voice': 'voice',
  'http-voice': 'voice',
  smtp: 'mail',
} as const satisfies Record<GatewayType, GatewayKind>
