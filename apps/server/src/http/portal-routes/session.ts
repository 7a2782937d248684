/** Signing in to the portal, and out of it. */
import type { portalApi } from '@sallyport/contract/portal'
import type { EnrolmentLinkRepository } from '@sallyport/store'
import type { PortalRoom } from '../portal-handlers.ts'
import type { PortalSessions } from '../portal-sign-in/portal-sessions.ts'
import type { PortalSignIns } from '../portal-sign-in/sign-ins.ts'
import { sessionView, type SignInSteps } from '../portal-sign-in/steps.ts'
import { ApiProblem } from '../problems.ts'
import { hashOfToken } from '../session/token-hash.ts'

export interface PortalSessionRouteDependencies {
  readonly enrolmentLinks: EnrolmentLinkRepository
  readonly sessions: Pick<PortalSessions, 'end'>
  readonly signIns: Pick<PortalSignIns, 'begin'>
  readonly steps: SignInSteps
  /** Counts passwords and links by network; throws where there were too many. */
  readonly takeTry: (address: string) => void
}

const waitMs = 20_000
/** Long enough for what a password alone decides, so that most sign-ins ask once. */
const firstWaitMs = 3_000

export function portalSessionHandlers(
  dependencies: PortalSessionRouteDependencies,
): PortalRoom<typeof portalApi.session> {
  const { enrolmentLinks, sessions, signIns, steps, takeTry } = dependencies
  return {
    async begin({ body, address, http }) {
      takeTry(address)
      const begun = signIns.begin({ ...body, address })
      return steps.stepOf(begun.id, await begun.conversation.wait(firstWaitMs), http)
    },
    async answer({ body, http }) {
      const conversation = steps.find(body.id)
      if (!conversation.answer(body.answer)) throw new ApiProblem('not-found', { detail: 'Nothing is asked just now.' })
      return steps.stepOf(body.id, await conversation.wait(firstWaitMs), http)
    },
    async wait({ body, http }) {
      return steps.stepOf(body.id, await steps.find(body.id).wait(waitMs), http)
    },
    async useLink({ body, address, http }) {
      takeTry(address)
      const user = await enrolmentLinks.spend(hashOfToken(body.token), address)
      return user ? steps.signedIn(user, 'enrolment', http) : { kind: 'refused' }
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- handlers are asynchronous; this one has nothing to wait for
    async read({ caller }) {
      return sessionView(caller.user, caller.kind, caller.expiresAt)
    },
    async signOut({ caller, http }) {
      await sessions.end(caller.tokenHash, http.reply)
      return undefined
    },
  }
}
