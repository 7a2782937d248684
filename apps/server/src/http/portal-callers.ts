/** Who calls the portal's API: somebody who signed in, or a registered device whose request was verified. */
import type { PortalAccess } from '@sallyport/contract/portal'
import type { AppDeviceRecord, PortalSessionRecord } from '@sallyport/store'
import type { FastifyRequest } from 'fastify'
import type { DeviceAuthentication } from './app/authenticate.ts'
import { rawBodyOf } from './json-body.ts'
import type { PortalSessions } from './portal-sign-in/portal-sessions.ts'
import { ApiProblem } from './problems.ts'

interface DeviceCaller {
  readonly device: AppDeviceRecord
}
export type PortalCaller = PortalSessionRecord | DeviceCaller

/** By who may call an endpoint, who its caller is. */
export interface PortalCallers {
  readonly public: null
  readonly user: PortalSessionRecord
  readonly device: DeviceCaller
}

const callers = new WeakMap<FastifyRequest, PortalCaller>()

/** Whoever was let in; null at public endpoints. */
export function portalCallerOf(request: FastifyRequest): PortalCaller | null {
  return callers.get(request) ?? null
}

export function createPortalAccess(
  sessions: Pick<PortalSessions, 'find'>,
  authentication: Pick<DeviceAuthentication, 'device'>,
) {
  return {
    /** Before the body is read: whoever did not sign in where somebody has to is refused. */
    authorise: (access: PortalAccess) => async (request: FastifyRequest) => {
      if (access !== 'user') return
      const session = await sessions.find(request)
      if (session === null) throw new ApiProblem('sign-in-required')
      callers.set(request, session)
    },
    /** Once it is: a device's signature covers it. */
    verify: (access: PortalAccess) => async (request: FastifyRequest) => {
      if (access === 'device')
        callers.set(request, { device: await authentication.device(request, rawBodyOf(request)) })
    },
  }
}
