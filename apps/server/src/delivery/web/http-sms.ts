/** Text messages through any gateway that is asked by HTTP: the administrator says how, templates and success rule included. */
import {
  refused,
  unknown,
  type Attempt,
  type Gateway,
  type GatewayNews,
  type GatewaySettings,
} from '../core/gateway.ts'
import { asE164 } from '../phone-number.ts'
import type { TextJob } from '../../bus/delivery-jobs.ts'
import type { CallbackAnswer, CallbackRequest } from '../../bus/gateway-callbacks.ts'
import { badCallback, refusedCallback, taken, unknownCallback } from './answers.ts'
import { meantAddress } from './callback-address.ts'
import { exchange, type WebRequest } from '../../outgoing/exchange.ts'
import { fieldsOf, jsonFields, type ReadField } from './fields.ts'
import { createHmacProof, createSecretProof, type Proof } from './proof.ts'
import { fillForm, fillHeader, fillJson, fillUrl, type TemplateValues } from './template.ts'

export function createHttpSmsGateway(settings: GatewaySettings<'http-sms'>, news: GatewayNews): Gateway<TextJob> {
  const { id, configuration, callbackSecret } = settings
  const targetOf = (kind: string) => (request: CallbackRequest) => {
    const { pathname, search } = meantAddress(configuration.callbackUrl, id, kind, request)
    return pathname + search
  }
  const proofFor = (kind: string): Proof | undefined => {
    if (callbackSecret === undefined) return undefined
    return configuration.callbackProof === 'hmac'
      ? createHmacProof(callbackSecret, news.clock, targetOf(kind))
      : createSecretProof(callbackSecret)
  }
  const kinds = {
    receipt: { proof: proofFor('receipt'), take: (field: ReadField) => takeReceipt(settings, field, news) },
    reply: { proof: proofFor('reply'), take: (field: ReadField) => takeReply(settings, field, news) },
  }

  return {
    async send(job, { signal }) {
      const request = requestFor(settings, job)
      if (typeof request === 'string') return refused(request)
      const answer = await exchange(request, signal)
      if (answer.kind === 'unsent') return refused(answer.problem)
      if (answer.kind === 'unanswered') return unknown(answer.problem)
      return judged(settings, answer)
    },
    callback(kind, request) {
      const answer = (): CallbackAnswer => {
        if (!Object.hasOwn(kinds, kind)) return unknownCallback
        const { proof, take } = kinds[kind as keyof typeof kinds]
        const proven = proof?.check(request) ?? 'refused'
        if (proven === 'refused') return refusedCallback
        if (proven === 'repeated') return taken
        return take(fieldsOf(request)) ? taken : badCallback
      }
      return Promise.resolve(answer())
    },
    close: () => undefined,
  }
}

/** The request, or why there can be none. */
function requestFor(settings: GatewaySettings<'http-sms'>, job: TextJob): WebRequest | string {
  const { configuration, secret = '' } = settings
  const { method, url, bodyFormat, body, sender, authentication, username, caPem } = configuration
  const values: TemplateValues = {
    to: job.to,
    digits: job.to.slice(1),
    text: job.text,
    from: sender,
    id: job.id,
    secret,
  }
  const headers: Record<string, string> = {}
  if (bodyFormat === 'json') headers['content-type'] = 'application/json'
  if (bodyFormat === 'form') headers['content-type'] = 'application/x-www-form-urlencoded'
  if (authentication === 'basic') {
    headers['authorization'] = `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`
  }
  if (authentication === 'bearer') headers['authorization'] = `Bearer ${secret}`
  for (const { name, value } of configuration.headers) {
    const filled = fillHeader(value, values)
    if (filled === undefined) return `Its header ${name} cannot carry what belongs into it.`
    headers[name.toLowerCase()] = filled
  }
  try {
    const filled = bodyFormat === 'json' ? fillJson(body, values) : fillForm(body, values)
    return { method, url: fillUrl(url, values), headers, caPem, ...(bodyFormat === 'none' ? {} : { body: filled }) }
  } catch {
    return 'Its address or body is not what it is said to be: look at its settings.'
  }
}

function judged({ configuration }: GatewaySettings<'http-sms'>, answer: { status: number; body: string }): Attempt {
  const { successText, referenceField } = configuration
  const said = `${answer.status} ${answer.body.slice(0, 500)}`.trim()
  const { status } = answer
  if (status >= 300 && status < 400)
    return refused(`It answered ${status}, a redirect, which is not followed.`, { said })
  if (status < 200 || status >= 300) {
    // 429: it is busy, and says so; that is no reason to doubt it.
    return refused(`It answered with status ${status}.`, { said, suspect: status !== 429 })
  }
  if (successText !== '' && !answer.body.includes(successText)) {
    return refused(`It answered ${status}, without the text that means success.`, { said })
  }
  const reference = referenceField === '' ? undefined : jsonFields(answer.body)(referenceField)
  return { kind: 'taken', references: reference === undefined ? [] : [reference], said }
}

function takeReceipt({ configuration }: GatewaySettings<'http-sms'>, field: ReadField, news: GatewayNews): boolean {
  const reference = field(configuration.receiptReferenceField)
  const state = field(configuration.receiptStateField)
  if (reference === undefined || state === undefined) return false
  const isOneOf = (states: string) =>
    states.split(',').some((each) => each.trim().toLowerCase() === state.toLowerCase())
  if (isOneOf(configuration.deliveredStates)) news.receipt([reference], 'delivered', state.slice(0, 100))
  else if (isOneOf(configuration.failedStates)) news.receipt([reference], 'failed', state.slice(0, 100))
  else news.receipt([reference], 'unknown', state.slice(0, 100))
  return true
}

function takeReply({ configuration }: GatewaySettings<'http-sms'>, field: ReadField, news: GatewayNews): boolean {
  const from = field(configuration.replyFromField)
  const text = field(configuration.replyTextField)
  if (from === undefined || text === undefined) return false
  const to = field(configuration.replyToField) ?? configuration.sender
  news.reply({ from: asE164(from), to: asE164(to), text: text.slice(0, 2000) })
  return true
}
