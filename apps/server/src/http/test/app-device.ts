/** A mobile app as its server sees it: a key pair, and requests that are signed with it; for tests, which also sign wrongly. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import {
  decisionText,
  deviceAuthorization,
  signedRequestText,
  type AppRequest,
  type DecisionStatement,
  type SignedRequest,
} from '@sallyport/contract/portal'
import type { Answer } from './console.ts'
import type { TestPortal } from './portal.ts'

export interface TestDevice {
  /** SubjectPublicKeyInfo in base64. */
  readonly publicKey: string
  /** Empty until it is registered. */
  deviceId: string
  /** Sends a signed request; `changes` are what an attacker makes of it. */
  readonly call: (method: string, path: string, body?: unknown, changes?: SignedChanges) => Promise<Answer>
  /** The headers of a signed request, to send them as one likes. */
  readonly headers: (method: string, path: string, body?: unknown, changes?: SignedChanges) => Record<string, string>
  readonly register: (code: string) => Promise<Answer>
  readonly decide: (request: AppRequest, decision: 'approve' | 'deny' | 'fraud', more?: DecideMore) => Promise<Answer>
  readonly signText: (text: string) => string
}

export interface SignedChanges {
  readonly signed?: Partial<SignedRequest>
  readonly signature?: string
}

export interface DecideMore {
  readonly number?: string | null
  readonly pin?: string | null
  /** What was signed instead of what was shown. */
  readonly statement?: Partial<DecisionStatement>
  /** Sent to another request than the one that was shown. */
  readonly to?: string
  readonly signature?: string
}

export function createDevice(portal: TestPortal): TestDevice {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const signText = (text: string) =>
    sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  const headersFor = (method: string, path: string, body: unknown, { signed = {}, signature }: SignedChanges = {}) => {
    const text = body === undefined ? '' : JSON.stringify(body)
    const request: SignedRequest = {
      ...{ deviceId: device.deviceId, method, path, timestampMs: portal.now().getTime() },
      bodyHash: createHash('sha256').update(text).digest('base64url'),
      nonce: randomBytes(16).toString('base64url'),
      ...signed,
    }
    return { authorization: deviceAuthorization(request, signature ?? signText(signedRequestText(request))) }
  }
  const device: TestDevice = {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    deviceId: '',
    signText,
    headers: headersFor,
    call: (method, path, body, changes) =>
      portal.call(method, path, { body, headers: headersFor(method, path, body, changes) }),
    async register(code) {
      const answer = await device.call('POST', '/api/app/devices', { code, name: 'Phone', publicKey: device.publicKey })
      if (answer.status === 200) device.deviceId = String(answer.body['deviceId'])
      return answer
    },
    decide(request, decision, { number = null, pin = null, statement = {}, to = request.id, signature } = {}) {
      const { id: requestId, application, username, place, startedAt, serverNonce } = request
      const shown = { requestId, application, username, place, startedAt, serverNonce }
      const text = decisionText({ ...shown, deviceId: device.deviceId, decision, number, ...statement })
      const body = { decision, number, pin, signature: signature ?? signText(text) }
      return device.call('POST', `/api/app/requests/${to}/decision`, body)
    },
  }
  return device
}
