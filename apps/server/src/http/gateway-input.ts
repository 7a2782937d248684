/** What must be true of a gateway's settings beyond their shape, so that what is saved can work. */
import { X509Certificate } from 'node:crypto'
import type { CreateGatewayInput, FieldProblem, GatewayConfiguration } from '@sallyport/contract'
import type { GatewayRecord } from '@sallyport/store'

type Note = (path: string, message: string) => void

/** Empty where it can stand. @param present what is changed; undefined: it is new */
export function gatewayProblems(
  input: CreateGatewayInput,
  present: GatewayRecord | undefined,
): readonly FieldProblem[] {
  const problems: FieldProblem[] = []
  const note: Note = (path, message) => problems.push({ path, message })
  const { configuration } = input
  if ('caPem' in configuration && configuration.caPem !== null && !isCertificate(configuration.caPem)) {
    note('configuration.caPem', 'Paste the PEM of the authority’s certificate, or leave this empty.')
  }
  if ('callbackUrl' in configuration && configuration.callbackUrl !== null && !isSafe(configuration.callbackUrl)) {
    note('configuration.callbackUrl', 'Callbacks decide sign-ins: this must be an https:// address.')
  }
  if (configuration.type === 'http-sms') checkHttp(configuration, note)
  if (configuration.type === 'smtp' && configuration.security === 'none' && configuration.username !== '') {
    note('configuration.security', 'With a user name, choose TLS or STARTTLS: the password would go out readable.')
  }
  checkSecrets(input, present, note)
  return problems
}

function checkHttp(configuration: Extract<GatewayConfiguration, { type: 'http-sms' }>, note: Note): void {
  const { url, bodyFormat, body, method, headers } = configuration
  const path = url.split('?')[0] ?? ''
  if (/\{\{\s*text\s*\}\}/u.test(path)) note('configuration.url', 'The text can only stand after the question mark.')
  if (bodyFormat !== 'none' && method === 'GET') note('configuration.bodyFormat', 'GET has no body.')
  if (bodyFormat === 'json' && !isJson(body)) {
    note('configuration.body', 'This is no JSON. Placeholders stand inside quotation marks: "to": "{{to}}".')
  }
  for (const [index, { name, value }] of headers.entries()) {
    if (/\{\{\s*text\s*\}\}/u.test(value))
      note(`configuration.headers.${index}.value`, 'The text cannot go into a header.')
    if (forbiddenHeaders.has(name.toLowerCase())) {
      note(`configuration.headers.${index}.name`, 'This header belongs to the connection and is set by itself.')
    }
  }
  const everything = [url, bodyFormat === 'none' ? '' : body, ...headers.map(({ value }) => value)].join('\n')
  if (!/\{\{\s*(?:to|digits)\s*\}\}/u.test(everything))
    note('configuration.url', 'Nothing says whom the text is for: {{to}} must be in the address or the body.')
  else if (!/\{\{\s*text\s*\}\}/u.test(everything))
    note('configuration.url', 'Nothing says what to send: {{text}} must be in the address or the body.')
}

const forbiddenHeaders = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'upgrade',
  'te',
  'trailer',
])

function checkSecrets(input: CreateGatewayInput, present: GatewayRecord | undefined, note: Note): void {
  const { configuration, secret, callbackSecret } = input
  const moves = present !== undefined && destination(present.configuration) !== destination(configuration)
  if (needsSecret(configuration) && secret === undefined) {
    if (present?.hasSecret !== true) note('secret', missingSecret[configuration.type])
    // Nobody who may change an address may have a saved secret sent to it.
    else if (moves) note('secret', 'The address is another one: enter the secret for it again.')
  }
  const needsProof = configuration.type === 'http-sms' && configuration.callbackUrl !== null
  if (needsProof && callbackSecret === undefined && present?.hasCallbackSecret !== true) {
    note('callbackSecret', 'Enter the secret that its callbacks prove themselves with.')
  }
  if (configuration.type === 'http-voice' && secret !== undefined && secret.length < 16) {
    note('secret', 'At least 16 characters: it signs what decides sign-ins.')
  }
  if (callbackSecret !== undefined && callbackSecret.length < 16) {
    note('callbackSecret', 'At least 16 characters: it proves what decides sign-ins.')
  }
}

const missingSecret: Record<GatewayConfiguration['type'], string> = {
  smpp: 'Enter the password that belongs to the system ID.',
  'http-sms': 'Enter the password or token.',
  'twilio-sms': 'Enter the Auth Token of the account.',
  'twilio-voice': 'Enter the Auth Token of the account.',
  'http-voice': 'Enter the secret that signs requests in both directions.',
  smtp: 'Enter the password of this user.',
}

/** Whether anything is sent that only whoever has the secret can send. */
export function needsSecret(configuration: GatewayConfiguration): boolean {
  if (configuration.type === 'smtp') return configuration.username !== ''
  if (configuration.type !== 'http-sms') return true
  const { authentication, url, body, headers } = configuration
  const places = [url, body, ...headers.map(({ value }) => value)].join('\n')
  return authentication !== 'none' || /\{\{\s*secret\s*\}\}/u.test(places)
}

/** Who would receive the secret. */
function destination(configuration: GatewayConfiguration): string {
  if ('host' in configuration) {
    const isPlain = configuration.type === 'smpp' ? !configuration.tls : configuration.security === 'none'
    return `${configuration.host}:${configuration.port} ${isPlain ? 'plain' : 'tls'} ${configuration.caPem ?? ''}`
  }
  const url = new URL('apiUrl' in configuration ? configuration.apiUrl : configuration.url)
  return `${url.origin} ${'caPem' in configuration ? (configuration.caPem ?? '') : ''}`
}

/** HTTPS, or a listener on this machine. */
function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).fingerprint256 !== ''
  } catch {
    return false
  }
}
