/** The mobile app without its screens: a key pair, and what it signs; for tests of what happens between its taps and the device. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

import { api } from '@sallyport/contract'
import { decisionText, deviceAuthorization, signedRequestText, type AppRequest } from '@sallyport/contract/portal'

import type { Administrator } from './administrator.ts'

export interface Phone {
  readonly deviceId: string
  /** The headers of a signed request without a body. */
  headers(method: string, path: string): Record<string, string>
  /** What asks at this moment. */
  requests(): Promise<readonly AppRequest[]>
  /** Answers the outcome that the app shows; rejects where the server is not there. */
  decide(request: AppRequest, decision: 'approve' | 'deny', number?: string): Promise<string>
}

/** Activates the app for a user, as its owner would. */
export async function activatePhone(
  administrator: Administrator,
  userId: string,
  portalUrl: () => string,
): Promise<Phone> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const { code } = await administrator.call(api.appDevices.activate, { params: { id: userId } })
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  const { call } = callsOf('', privateKey, portalUrl)
  const registered = await call('POST', '/api/app/devices', { code, name: 'Phone', publicKey: key })
  return phoneOf((registered as { readonly deviceId: string }).deviceId, privateKey, portalUrl)
}

function callsOf(deviceId: string, privateKey: KeyObject, portalUrl: () => string) {
  const signed = (text: string) =>
    sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  const headers = (method: string, path: string, text = ''): Record<string, string> => {
    const request = {
      ...{ deviceId, method, path, timestampMs: Date.now(), nonce: randomBytes(16).toString('base64url') },
      bodyHash: createHash('sha256').update(text).digest('base64url'),
    }
    const authorization = deviceAuthorization(request, signed(signedRequestText(request)))
    return { authorization, 'x-sallyport-request': 'portal' }
  }
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const text = body === undefined ? '' : JSON.stringify(body)
    const response = await fetch(new URL(path, portalUrl()), {
      method,
      headers: { ...headers(method, path, text), ...(text && { 'content-type': 'application/json' }) },
      ...(text && { body: text }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  return { signed, headers, call }
}

/** The app of a device that is known. */
export function phoneOf(deviceId: string, privateKey: KeyObject, portalUrl: () => string): Phone {
  const { signed, headers, call } = callsOf(deviceId, privateKey, portalUrl)
  return {
    deviceId,
    headers: (method, path) => headers(method, path),
    async requests() {
      return ((await call('GET', '/api/app/requests')) as { readonly requests: readonly AppRequest[] }).requests
    },
    async decide(request, decision, number) {
      const { id: requestId, application, username, place, startedAt, serverNonce } = request
      const shown = { requestId, application, username, place, startedAt, serverNonce }
      const picked = number ?? null
      const signature = signed(decisionText({ ...shown, deviceId, decision, number: picked }))
      const body = { decision, number: picked, pin: null, signature }
      const decided = await call('POST', `/api/app/requests/${requestId}/decision`, body)
      const { outcome, number: toType } = decided as { readonly outcome: string; readonly number: string | null }
      return toType ?? outcome
    },
  }
}
