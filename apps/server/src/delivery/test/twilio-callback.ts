/** A callback that says it comes from Twilio, for tests. */
import { twilioSignature } from '../twilio/signature.ts'
import { account } from './gateways.ts'

/** A callback as Twilio would sign it. */
export function signedByTwilio(path: string, fields: Readonly<Record<string, string>>, token = 'token') {
  const form = new URLSearchParams({ AccountSid: account, ...fields })
  const signature = twilioSignature(token, `https://login.example.com${path}`, form)
  return {
    method: 'POST',
    url: `http://inside:8443${path}`,
    headers: { 'x-twilio-signature': signature },
    body: form.toString(),
  }
}
