/**
 * Setting up the mobile app from the portal. The device that uses the code is a candidate: it becomes somebody's second factor once
 * whoever made the code has typed what that device shows, so that nobody else's device does who saw the code first.
 */
import type { portalApi } from '@sallyport/contract/portal'
import type { Store } from '@sallyport/store'
import { drawAppSerialNumber } from '../../oath/serial-number.ts'
import { activationLink, activationMs, drawActivationCode, hashActivationCode } from '../app/activation-codes.ts'
import type { EventStreams } from '../app/event-streams.ts'
import { changed } from '../change-problems.ts'
import { actorOf, mayEnrolNow } from '../portal-factors/may-change.ts'
import type { OwnFactorsRoom } from '../portal-factors/own-factors.ts'
import { softwareToken, stepOf, takeTry, wrongCode } from '../portal-factors/proving-code.ts'
import type { PortalRoom } from '../portal-handlers.ts'
import { ApiProblem } from '../problems.ts'
import type { Throttle } from '../session/throttle.ts'

export interface MobileAppRouteDependencies {
  readonly store: Pick<Store, 'appCandidates' | 'appDevices'>
  readonly own: OwnFactorsRoom
  readonly streams: Pick<EventStreams, 'end'>
  /** Where phones find the portal. */
  readonly portalUrl: () => string
  readonly clock: () => Date
  readonly random: (lengthBytes: number) => Uint8Array
  /** Codes that are guessed, by user. */
  readonly throttle: Throttle
}

export function mobileAppHandlers(dependencies: MobileAppRouteDependencies): PortalRoom<typeof portalApi.mobileApp> {
  const { store, own, streams, portalUrl, clock, random, throttle } = dependencies
  const candidates = store.appCandidates
  const gone = () =>
    new ApiProblem('not-found', { detail: 'This took too long, or the code was replaced. Begin again.' })
  return {
    async begin({ caller, address }) {
      await own.mayEnrol(caller, 'mobile-app')
      const code = drawActivationCode(random)
      const expiresAt = new Date(clock().getTime() + activationMs)
      const input = { userId: caller.user.id, codeHash: hashActivationCode(code), expiresAt, toConfirm: true }
      changed(await store.appDevices.createActivation(input, actorOf(caller, address)), {
        view: (current) => current,
        gone: 'You are not known here any more.',
      })
      const url = portalUrl()
      return { code, url: `${url}/app/`, link: activationLink(url, code), expiresAt: expiresAt.toISOString() }
    },

    async read({ caller }) {
      const candidate = await candidates.ofUser(caller.user.id)
      if (candidate === null) return { device: null }
      const { id, name, createdAt, expiresAt } = candidate
      return { device: { id, name, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() } }
    },

    async confirm({ body, caller, address }) {
      await own.mayEnrol(caller, 'mobile-app')
      const candidate = await candidates.ofUser(caller.user.id)
      const secret = candidate?.id === body.id ? await candidates.secret(body.id) : null
      if (secret === null) throw gone()
      const key = `mobile-app ${caller.user.id}`
      takeTry(throttle, key)
      const usedStep = stepOf({ ...softwareToken, secret, lastUsedStep: null, driftSteps: 0 }, body.code, clock())
      if (usedStep === undefined) throw wrongCode('code')
      const confirmed = { id: body.id, userId: caller.user.id, serialNumber: drawAppSerialNumber(random), usedStep }
      if (!(await candidates.confirm(confirmed, actorOf(caller, address)))) throw gone()
      throttle.clear(key)
      return own.settled(caller)
    },

    async discard({ caller, address }) {
      mayEnrolNow(caller, clock())
      const candidate = await candidates.ofUser(caller.user.id)
      await candidates.removeOf(caller.user.id, actorOf(caller, address))
      if (candidate !== null) streams.end(candidate.id)
      return undefined
    },
  }
}
