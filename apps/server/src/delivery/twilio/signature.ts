/**
 * X-Twilio-Signature: HMAC-SHA1, in base64, over the address that Twilio was given and the form's fields in the order of their names.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
import { createHmac } from 'node:crypto'
import { isSame } from '../web/proof.ts'

export function twilioSignature(authToken: string, url: string, form: URLSearchParams): string {
  const fields = [...new Set(form.keys())]
    .sort()
    .flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value))
  return createHmac('sha1', authToken)
    .update(url + fields.join(''))
    .digest('base64')
}

/** Twilio signs the address with its port or without it, as it pleases. */
export function isFromTwilio(authToken: string, url: URL, form: URLSearchParams, signature: string): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const { protocol, hostname, pathname, search } = url
  const spellings = [
    `${protocol}//${hostname}${pathname}${search}`,
    `${protocol}//${hostname}:${port}${pathname}${search}`,
  ]
  // All of them, whichever fits: how long it takes says nothing.
  return spellings.map((spelling) => isSame(signature, twilioSignature(authToken, spelling, form))).includes(true)
}
