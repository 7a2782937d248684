/** Speaks to the server as a registered device: every request signed by its key, answers checked against the contract. */
import {
  appEventsPath,
  decisionText,
  deviceAuthorization,
  portalApi,
  signedRequestText,
  type AppRequest,
  type DecideInput,
  type DecisionAnswer,
  type RegisteredDevice,
} from '@sallyport/contract/portal'
import { z } from 'zod'
import { toBase64, toBase64Url } from './base64url.ts'
import { vault, type Account } from './vault.ts'

/** What went wrong, by the server's code, or `unreachable`. */
export class DeviceProblem extends Error {
  override readonly name = 'DeviceProblem'
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

type Signer = Pick<Account, 'deviceId' | 'key'>
interface Sending {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly signal?: AbortSignal
}

const problemShape = z.object({ code: z.string() })
const wire = { ecdsa: { name: 'ECDSA', hash: 'SHA-256' }, curve: { name: 'ECDSA', namedCurve: 'P-256' } } as const

/** The present by the server's clock, as far as it is known. */
export async function serverNow(): Promise<number> {
  return Date.now() + ((await vault.choices()).clockOffsetMs ?? 0)
}

/** Asks the server for the time, and remembers how far off this device is; nothing is thrown where it cannot be reached. */
export async function learnClock(): Promise<void> {
  const before = Date.now()
  const answer = await fetch(portalApi.clock.read.path, { cache: 'no-store' }).catch(() => undefined)
  if (answer?.ok !== true) return
  const { now } = portalApi.clock.read.response.parse(await answer.json())
  // The answer was made about half-way.
  await noteClock(Date.parse(now) - (before + Date.now()) / 2)
}

async function noteClock(offsetMs: number): Promise<void> {
  await vault.choose({ clockOffsetMs: Math.abs(offsetMs) < 2000 ? 0 : Math.round(offsetMs) })
}

/** Makes this device somebody's: a new key, which never leaves, and the code that was scanned or typed. */
export async function registerDevice(code: string, name: string) {
  const pair = await crypto.subtle.generateKey(wire.curve, false, ['sign', 'verify'])
  const publicKey = toBase64(await crypto.subtle.exportKey('spki', pair.publicKey))
  const { method, path, response } = portalApi.app.register
  const signer = { deviceId: '', key: pair.privateKey }
  const answer = await send(signer, { method, path, body: { code, name, publicKey } })
  const registered: RegisteredDevice = response.parse(await answer.json())
  return { registered, key: pair.privateKey }
}

/** False while a code of this device has yet to be typed in the portal. */
export async function isConfirmed(account: Signer): Promise<boolean> {
  const { method, path, response } = portalApi.app.own
  const answer = await send(account, { method, path })
  return response.parse(await answer.json()).confirmBy === null
}

export async function pendingRequests(account: Signer, signal?: AbortSignal): Promise<readonly AppRequest[]> {
  const { method, path, response } = portalApi.app.requests
  const answer = await send(account, { method, path, ...(signal && { signal }) })
  return response.parse(await answer.json()).requests
}

/** Signs what was shown and what was decided, and tells the server. */
export async function decide(
  account: Signer,
  shown: AppRequest,
  made: Pick<DecideInput, 'decision' | 'number' | 'pin'>,
): Promise<DecisionAnswer> {
  const { application, username, place, startedAt, serverNonce } = shown
  const { decision, number } = made
  const text = decisionText({
    ...{ requestId: shown.id, deviceId: account.deviceId, decision, number },
    ...{ application, username, place, startedAt, serverNonce },
  })
  const { method, path, response } = portalApi.app.decide
  const body = { ...made, signature: await signText(account.key, text) }
  const answer = await send(account, { method, path: path.replace(':id', shown.id), body })
  return response.parse(await answer.json())
}

export async function renameDevice(account: Signer, name: string): Promise<void> {
  const { method, path } = portalApi.app.rename
  await send(account, { method, path, body: { name } })
}

export async function removeDevice(account: Signer): Promise<void> {
  const { method, path } = portalApi.app.remove
  await send(account, { method, path })
}

export async function tellSubscription(
  account: Signer,
  subscription: { endpoint: string; p256dh: string; auth: string } | null,
): Promise<void> {
  const { method, path } = portalApi.app.subscribe
  await send(account, { method, path, body: { subscription } })
}

/** The stream that says when there is something to look at; for as long as the app is open. */
export async function openEvents(account: Signer, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const { body } = await send(account, { method: 'GET', path: appEventsPath, signal })
  if (body === null) throw new DeviceProblem('unreachable')
  return body
}

/** Sends once, and once more where the server says that this device's clock is wrong. */
async function send(signer: Signer, sending: Sending): Promise<Response> {
  for (let tries = 0; ; tries += 1) {
    const answer = await sendOnce(signer, sending)
    if (answer.ok) return answer
    const problem = problemShape.safeParse(await answer.json().catch(() => undefined))
    const code = problem.data?.code ?? 'unreachable'
    const date = Date.parse(answer.headers.get('date') ?? '')
    if (code !== 'clock-differs' || tries > 0 || Number.isNaN(date)) throw new DeviceProblem(code)
    await noteClock(date - Date.now())
  }
}

async function sendOnce({ deviceId, key }: Signer, { method, path, body, signal }: Sending): Promise<Response> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const bodyHash = toBase64Url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  const nonce = toBase64Url(crypto.getRandomValues(new Uint8Array(16)))
  const timestampMs = Math.round(await serverNow())
  const signed = { deviceId, method, path, bodyHash, timestampMs, nonce }
  const authorization = deviceAuthorization(signed, await signText(key, signedRequestText(signed)))
  const headers: Record<string, string> = { authorization, 'x-sallyport-request': 'portal' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  try {
    return await fetch(path, {
      ...{ method, headers, cache: 'no-store', credentials: 'omit' },
      ...(body !== undefined && { body: text }),
      ...(signal && { signal }),
    })
  } catch {
    throw new DeviceProblem('unreachable')
  }
}

async function signText(key: CryptoKey, text: string): Promise<string> {
  return toBase64Url(await crypto.subtle.sign(wire.ecdsa, key, new TextEncoder().encode(text)))
}
