/** Twilio's REST API and its callbacks, as both text messages and calls use them. */
import { refused, unknown, type Attempt, type AnyGatewaySettings } from '../core/gateway.ts'
import type { CallbackRequest } from '../../bus/gateway-callbacks.ts'
import { meantAddress } from '../web/callback-address.ts'
import { exchange } from '../../outgoing/exchange.ts'
import { jsonFields } from '../web/fields.ts'
import { header } from '../web/proof.ts'
import { isFromTwilio } from './signature.ts'

interface TwilioSettings extends Pick<AnyGatewaySettings, 'id' | 'secret'> {
  readonly configuration: { readonly apiUrl: string; readonly accountSid: string; readonly callbackUrl: string | null }
}

/** Twilio's codes for numbers that this message or call will never reach. */
const hopelessCodes = new Set([
  '21211',
  '21214',
  '21217',
  '21219',
  '21265',
  '21408',
  '21610',
  '21612',
  '21614',
  '13224',
  '13225',
])

/** Makes a message or a call; the reference is its SID. */
export async function create(
  { configuration, secret = '' }: TwilioSettings,
  resource: 'Messages' | 'Calls',
  fields: URLSearchParams,
  signal: AbortSignal,
): Promise<Attempt> {
  const { apiUrl, accountSid } = configuration
  const answer = await exchange(
    {
      method: 'POST',
      url: new URL(`${apiUrl.replace(/\/+$/u, '')}/2010-04-01/Accounts/${accountSid}/${resource}.json`),
      headers: {
        authorization: `Basic ${Buffer.from(`${accountSid}:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: fields.toString(),
    },
    signal,
  )
  if (answer.kind === 'unsent') return refused(answer.problem)
  if (answer.kind === 'unanswered') return unknown(answer.problem)
  const field = jsonFields(answer.body)
  const said = `${answer.status} ${answer.body.slice(0, 500)}`.trim()
  if (answer.status >= 200 && answer.status < 300) {
    const sid = field('sid')
    // Whatever answers 200 without a SID is not Twilio.
    return sid === undefined || !/^[A-Z]{2}[0-9a-f]{32}$/u.test(sid)
      ? refused('It answered, but not as Twilio does.', { said })
      : { kind: 'taken', references: [sid], said }
  }
  const code = field('code')
  const problem = `It answered with status ${answer.status}${code === undefined ? '' : ` (Twilio’s error ${code})`}.`
  const permanent = code !== undefined && hopelessCodes.has(code)
  return refused(problem, { permanent, suspect: !permanent && answer.status !== 429, said })
}

/** The fields of a callback that is Twilio's; undefined where it is not proven. */
export function proven(settings: TwilioSettings, kind: string, request: CallbackRequest): URLSearchParams | undefined {
  const { id, secret, configuration } = settings
  const signature = header(request, 'x-twilio-signature')
  if (secret === undefined || signature === undefined || configuration.callbackUrl === null) return undefined
  if (request.method !== 'POST') return undefined
  const form = new URLSearchParams(request.body)
  const url = meantAddress(configuration.callbackUrl, id, kind, request)
  if (!isFromTwilio(secret, url, form, signature)) return undefined
  return form.get('AccountSid') === configuration.accountSid ? form : undefined
}
