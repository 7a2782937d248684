/** The mobile app: registering a device, what asks it, and what its owner decides. */
import { createHmac } from 'node:crypto'
import { decisionText, type AppRequest, type portalApi } from '@sallyport/contract/portal'
import type { AppKeys, Store } from '@sallyport/store'
import type { Asked } from '../../bus/asked.ts'
import type { EngineControl } from '../../bus/notices.ts'
import type { PendingRequest } from '../../bus/pending.ts'
import { encodeBase32 } from '../../oath/otpauth.ts'
import { drawAppSerialNumber } from '../../oath/serial-number.ts'
import { hashActivationCode } from '../app/activation-codes.ts'
import type { DeviceAuthentication } from '../app/authenticate.ts'
import type { EventStreams } from '../app/event-streams.ts'
import type { Refusals } from '../app/refusals.ts'
import { isSignedBy, readPublicKey } from '../app/signature.ts'
import { putInForce } from '../in-force.ts'
import { rawBodyOf } from '../json-body.ts'
import type { PortalRoom } from '../portal-handlers.ts'
import { ApiProblem, invalidInput } from '../problems.ts'

export interface AppRouteDependencies {
  readonly store: Pick<Store, 'appDevices'>
  readonly engine: Pick<EngineControl, 'configChanged' | 'decide'>
  readonly asked: Asked
  readonly streams: EventStreams
  readonly keys: Pick<AppKeys, 'vapidPublicKey' | 'requestKey'>
  readonly authentication: Pick<DeviceAuthentication, 'newDevice'>
  readonly refusals: Refusals
  /** Why this endpoint cannot be pushed to; undefined: it can. */
  readonly pushProblem: (endpoint: string) => string | undefined
  readonly random: (lengthBytes: number) => Uint8Array
}

export function appHandlers(dependencies: AppRouteDependencies): PortalRoom<typeof portalApi.app> {
  const { store, engine, asked, streams, keys, authentication, refusals, random } = dependencies
  const devices = store.appDevices
  const nonceFor = (requestId: string, deviceId: string) =>
    createHmac('sha256', Buffer.from(keys.requestKey, 'base64url'))
      .update(`${requestId} ${deviceId}`)
      .digest('base64url')
  const own = (request: PendingRequest | undefined, deviceId: string, userId: string) =>
    request?.method === 'push' && request.userId === userId && request.deviceIds.includes(deviceId)
      ? request
      : undefined

  return {
    async register({ body, address, http }) {
      authentication.newDevice(http.request, rawBodyOf(http.request), body.publicKey)
      const secret = random(20)
      const registered = await devices.register({
        codeHash: hashActivationCode(body.code),
        ...{ name: body.name, publicKey: body.publicKey, address },
        userAgent: (http.request.headers['user-agent'] ?? '').slice(0, 256),
        token: {
          serialNumber: drawAppSerialNumber(random),
          ...{ secret, manufacturer: 'Sallyport', model: 'Mobile app' },
        },
      })
      if (!registered.ok) {
        const tooMany = registered.problem === 'too-many'
        refusals.count(tooMany ? 'too-many-devices' : 'wrong-activation', http.request.log)
        throw new ApiProblem(tooMany ? 'too-many-devices' : 'activation-wrong')
      }
      const { device } = registered
      if (device.confirmBy === null) await putInForce(engine, { topic: 'users', ids: [device.user.id] })
      return {
        ...{ deviceId: device.id, username: device.user.username, name: device.name },
        vapidPublicKey: keys.vapidPublicKey,
        offline: { secret: encodeBase32(secret), digits: 6, stepSeconds: 30 },
        confirmBy: device.confirmBy?.toISOString() ?? null,
      }
    },

    own: ({ caller: { device } }) =>
      Promise.resolve({
        ...{ deviceId: device.id, username: device.user.username, name: device.name, hasPush: device.hasPush },
        ...{ vapidPublicKey: keys.vapidPublicKey, createdAt: device.createdAt.toISOString() },
        confirmBy: device.confirmBy?.toISOString() ?? null,
      }),

    async rename({ body, caller: { device } }) {
      await devices.rename(device.id, body.name)
      return undefined
    },

    async remove({ caller: { device }, address }) {
      await devices.remove(device.id, { id: null, name: device.user.username, address })
      streams.end(device.id)
      await putInForce(engine, { topic: 'users', ids: [device.user.id] })
      return undefined
    },

    async subscribe({ body: { subscription }, caller: { device } }) {
      if (subscription !== null && dependencies.pushProblem(subscription.endpoint) !== undefined) {
        throw invalidInput({ path: 'subscription.endpoint', message: 'Nothing can be sent there.' })
      }
      await devices.setPush(device.id, subscription)
      return undefined
    },

    requests: ({ caller: { device } }) =>
      Promise.resolve({
        requests: asked
          .ofDevice(device.id)
          .filter((request) => own(request, device.id, device.user.id) !== undefined)
          .map((request) => requestView(request, nonceFor(request.id, device.id))),
      }),

    async decide({ params, body, caller: { device }, log }) {
      const { decision, number, pin } = body
      const refuse = (
        outcome: 'unknown' | 'expired' | 'already-decided' | 'wrong-number',
        name: Parameters<Refusals['count']>[0] = outcome,
      ) => {
        refusals.count(name, log, { deviceId: device.id })
        return { outcome, number: null }
      }
      const found = asked.byId(params.id)
      if (found === undefined) {
        const ended = asked.endedAs(params.id)
        if (ended === undefined) return refuse('unknown')
        return refuse(ended === 'no-answer' ? 'expired' : 'already-decided')
      }
      const request = own(found, device.id, device.user.id)
      // Whoever is not asked does not learn that somebody else is.
      if (request === undefined) return refuse('unknown', 'not-yours')
      const shown = requestView(request, nonceFor(request.id, device.id))
      const statement = decisionText({
        ...{ requestId: request.id, deviceId: device.id, decision, number },
        ...{ application: shown.application, username: shown.username, place: shown.place },
        ...{ startedAt: shown.startedAt, serverNonce: shown.serverNonce },
      })
      const key = readPublicKey(device.publicKey)
      if (key === undefined || !isSignedBy(key, statement, body.signature)) {
        refusals.count('forged-decision', log, { deviceId: device.id })
        return { outcome: 'refused', number: null }
      }
      if (decision === 'approve' && !isNumberPossible(request, number)) return refuse('wrong-number')
      const by = { kind: 'app', deviceId: device.id } as const
      const outcome = await engine.decide({ id: request.id, by, decision, number, pin })
      if (outcome === 'taken') {
        const { matching } = request
        return { outcome, number: decision === 'approve' && matching.kind === 'type' ? matching.number : null }
      }
      refusals.count(outcome, log, { deviceId: device.id })
      return { outcome: outcome === 'not-yours' ? 'unknown' : outcome, number: null }
    },
  }
}

/** What the app is told; of a number that the person has to know, nothing before they approved. */
function requestView(request: PendingRequest, serverNonce: string): AppRequest {
  const { id, applicationName, username, callingStation, startedAtMs, expiresAtMs, matching, withPin } = request
  return {
    ...{ id, application: applicationName, username, place: callingStation },
    ...{ startedAt: new Date(startedAtMs).toISOString(), expiresAt: new Date(expiresAtMs).toISOString() },
    matching: matching.kind === 'pick' ? { kind: 'pick', choices: [...matching.choices] } : { kind: matching.kind },
    ...{ withPin, serverNonce },
  }
}

function isNumberPossible({ matching }: PendingRequest, number: string | null): boolean {
  return matching.kind === 'pick' ? number !== null : number === null
}
