/** What the mobile app says to the server; every request but those that are public is signed by the device's key. */
import { z } from 'zod'
import { byId, id, line, timestamp } from '../common.ts'
import { portalEndpoint } from './access.ts'

const tag = 'App'
const base64Url = (octets: number) => {
  const length = Math.ceil((octets * 4) / 3)
  return z.string().regex(new RegExp(`^[\\w-]{${length}}$`), `${octets} octets in base64url.`)
}

export const deviceName = line(64).min(1, 'Give this device a name.')

/** What is typed or scanned: twelve letters and digits, without those that look alike; dashes, spaces and case do not count. */
export const activationCode = z
  .string()
  .transform((text) => text.toUpperCase().replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{12}$/, 'The code has twelve letters and digits.'))

/** RFC 8030, RFC 8291 §3. */
export const pushSubscription = z.strictObject({
  endpoint: z.url().max(1024),
  p256dh: base64Url(65),
  auth: base64Url(16),
})

export const registerDeviceInput = z.strictObject({
  code: activationCode,
  name: deviceName,
  /** ECDSA P-256, SubjectPublicKeyInfo in base64: 91 octets. */
  publicKey: z.string().regex(/^[A-Za-z0-9+/]{122}==$/, 'A key of P-256.'),
})
export type RegisterDeviceInput = z.infer<typeof registerDeviceInput>

export const registeredDevice = z.object({
  deviceId: id,
  username: z.string(),
  name: z.string(),
  /** The key of Web Push, base64url. */
  vapidPublicKey: z.string(),
  /** Of the codes that the app shows without a network; this is the only time that it is told. RFC 6238, SHA-1. */
  offline: z.object({ secret: z.string(), digits: z.int(), stepSeconds: z.int() }),
  /** Until then one of these codes has to be typed in the portal, or the device is forgotten; null: it counts. */
  confirmBy: timestamp.nullable(),
})
export type RegisteredDevice = z.infer<typeof registeredDevice>

export const deviceSelf = z.object({
  deviceId: id,
  username: z.string(),
  name: z.string(),
  hasPush: z.boolean(),
  vapidPublicKey: z.string(),
  createdAt: timestamp,
  /** See {@link registeredDevice}. */
  confirmBy: timestamp.nullable(),
})
export type DeviceSelf = z.infer<typeof deviceSelf>

/** A sign-in that asks this device; `matching`: how its number is matched. */
export const appRequest = z.object({
  id,
  application: z.string(),
  username: z.string(),
  place: z.string().nullable(),
  startedAt: timestamp,
  expiresAt: timestamp,
  matching: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    /** Which of them is right, the server keeps to itself. */
    z.object({ kind: z.literal('pick'), choices: z.array(z.string()) }),
    /** The number comes with the answer to an approval. */
    z.object({ kind: z.literal('type') }),
  ]),
  withPin: z.boolean(),
  serverNonce: z.string(),
})
export type AppRequest = z.infer<typeof appRequest>

export const decideInput = z.strictObject({
  decision: z.enum(['approve', 'deny', 'fraud']),
  number: z
    .string()
    .regex(/^\d{1,6}$/)
    .nullable(),
  pin: z
    .string()
    .regex(/^\d{4,12}$/, '4 to 12 digits.')
    .nullable(),
  /** Over `decisionText`. */
  signature: base64Url(64),
})
export type DecideInput = z.infer<typeof decideInput>

/** `wrong-pin`: try again; everything else is the end of it. */
export const decisionAnswer = z.object({
  outcome: z.enum(['taken', 'unknown', 'expired', 'already-decided', 'wrong-number', 'wrong-pin', 'refused']),
  /** What is to be typed at the device, once the approval was taken and only then. */
  number: z.string().nullable(),
})
export type DecisionAnswer = z.infer<typeof decisionAnswer>

/** A stream of server-sent events for a device whose app is open: `requests` says that there is something to look at. */
export const appEventsPath = '/api/app/events'

export const app = {
  register: portalEndpoint({
    method: 'POST',
    path: '/api/app/devices',
    summary: 'Makes a device somebody’s, by an activation code; signed by the key that it brings.',
    tag,
    access: 'public',
    body: registerDeviceInput,
    response: registeredDevice,
  }),
  own: portalEndpoint({
    method: 'GET',
    path: '/api/app/device',
    summary: 'This device, as the server knows it.',
    tag,
    access: 'device',
    response: deviceSelf,
  }),
  rename: portalEndpoint({
    method: 'PUT',
    path: '/api/app/device',
    summary: 'Gives this device another name.',
    tag,
    access: 'device',
    body: z.strictObject({ name: deviceName }),
  }),
  remove: portalEndpoint({
    method: 'DELETE',
    path: '/api/app/device',
    summary: 'Removes this device and its codes.',
    tag,
    access: 'device',
  }),
  subscribe: portalEndpoint({
    method: 'PUT',
    path: '/api/app/device/push',
    summary: 'Says where this device can be pushed to; null: nowhere.',
    tag,
    access: 'device',
    body: z.strictObject({ subscription: pushSubscription.nullable() }),
  }),
  requests: portalEndpoint({
    method: 'GET',
    path: '/api/app/requests',
    summary: 'The sign-ins that ask this device at this moment.',
    tag,
    access: 'device',
    response: z.object({ requests: z.array(appRequest) }),
  }),
  decide: portalEndpoint({
    method: 'POST',
    path: '/api/app/requests/:id/decision',
    summary: 'Approves or denies a sign-in, or says that it was somebody else.',
    tag,
    access: 'device',
    params: byId,
    body: decideInput,
    response: decisionAnswer,
  }),
} as const
