/** Tells which device sent a request: one that is registered, whose signature covers all of it, made just now and never seen before. */
import { signedRequestText } from '@sallyport/contract/portal'
import type { AppDeviceRecord, AppDeviceRepository } from '@sallyport/store'
import type { FastifyRequest } from 'fastify'
import { ApiProblem } from '../problems.ts'
import type { Throttle } from '../session/throttle.ts'
import type { Refusal, Refusals } from './refusals.ts'
import { createSeenNonces } from './seen-nonces.ts'
import { hashOf, isSignedBy, readPublicKey } from './signature.ts'

/** A phone's clock may be so far off; what it signed counts no longer than that. */
export const windowMs = 2 * 60_000
const noteSeenEveryMs = 60_000

export interface DeviceAuthentication {
  /** @param body as it came, '' where there was none */
  readonly device: (request: FastifyRequest, body: string) => Promise<AppDeviceRecord>
  /** For a device that is not registered yet: whether the key that it brings signed this. */
  readonly newDevice: (request: FastifyRequest, body: string, publicKey: string) => void
}

export interface AuthenticationDependencies {
  readonly devices: Pick<AppDeviceRepository, 'byId' | 'noteSeen'>
  readonly clock: () => Date
  /** Signatures made before are not known to be new: they count as late. */
  readonly startedAt: Date
  /** Requests of one device. */
  readonly throttle: Throttle
  readonly refusals: Refusals
}

interface Authorization {
  readonly deviceId: string
  readonly timestampMs: number
  readonly nonce: string
  readonly signature: string
}

export function createAuthentication(dependencies: AuthenticationDependencies): DeviceAuthentication {
  const { devices, clock, startedAt, throttle, refusals } = dependencies
  // As long before as after: a clock that is ahead makes signatures that count longest.
  const seen = createSeenNonces(2 * windowMs, clock)
  const refuse = (request: FastifyRequest, refusal: Refusal, deviceId?: string): ApiProblem => {
    refusals.count(refusal, request.log, deviceId === undefined ? {} : { deviceId })
    if (refusal === 'late') return new ApiProblem('clock-differs')
    // From outside, a device that is unknown and a signature that is wrong look alike.
    return new ApiProblem('device-unknown')
  }
  const inTime = (timestampMs: number) => {
    const nowMs = clock().getTime()
    return Math.abs(nowMs - timestampMs) <= windowMs && timestampMs >= startedAt.getTime()
  }
  const check = (request: FastifyRequest, sent: Authorization, body: string, publicKey: string) => {
    const key = readPublicKey(publicKey)
    const { deviceId, timestampMs, nonce } = sent
    const text = signedRequestText({
      ...{ deviceId, timestampMs, nonce },
      ...{ method: request.method, path: request.url, bodyHash: hashOf(body) },
    })
    if (key === undefined || !isSignedBy(key, text, sent.signature)) throw refuse(request, 'forged', deviceId)
    // Whoever has no key learns nothing of clocks and nonces.
    if (!inTime(timestampMs)) throw refuse(request, 'late', deviceId)
    if (!seen.take(deviceId === '' ? publicKey : deviceId, nonce)) throw refuse(request, 'replayed', deviceId)
  }
  return {
    async device(request, body) {
      const sent = readAuthorization(request)
      if (sent === undefined || sent.deviceId === '') throw refuse(request, 'malformed')
      const device = await devices.byId(sent.deviceId)
      if (device === null) throw refuse(request, 'unknown-device', sent.deviceId)
      check(request, sent, body, device.publicKey)
      const waitSeconds = throttle.take(device.id)
      if (waitSeconds > 0) {
        refusals.count('flooded', request.log, { deviceId: device.id })
        throw new ApiProblem('too-many-requests', { retryAfterSeconds: waitSeconds })
      }
      const now = clock()
      if (now.getTime() - (device.lastSeenAt?.getTime() ?? 0) >= noteSeenEveryMs) await devices.noteSeen(device.id, now)
      return device
    },
    newDevice(request, body, publicKey) {
      const sent = readAuthorization(request)
      if (sent === undefined || sent.deviceId !== '') throw refuse(request, 'malformed')
      check(request, sent, body, publicKey)
    },
  }
}

const header = /^SallyportDevice (-|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (\d{13}) ([\w-]{22}) ([\w-]{86})$/

function readAuthorization(request: FastifyRequest): Authorization | undefined {
  const [, deviceId, timestamp, nonce, signature] = header.exec(request.headers.authorization ?? '') ?? []
  if (deviceId === undefined || timestamp === undefined || nonce === undefined || signature === undefined)
    return undefined
  return { deviceId: deviceId === '-' ? '' : deviceId, timestampMs: Number(timestamp), nonce, signature }
}
