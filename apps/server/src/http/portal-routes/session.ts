/** Signing in to the portal, and out of it. */
import type { SignInReason } from '@sallyport/contract'
import type { portalApi, PortalSessionView, PortalSignInStep } from '@sallyport/contract/portal'
import type { EnrolmentLinkRepository, PortalSessionKind, Store, UserRecord } from '@sallyport/store'
import type { PortalExchange, PortalRoom } from '../portal-handlers.ts'
import { hashOfToken } from '../session/token-hash.ts'
import type { PortalSessions } from '../portal-sign-in/portal-sessions.ts'
import type { Standing } from '../portal-sign-in/radius-conversation.ts'
import type { PortalSignIns } from '../portal-sign-in/sign-ins.ts'
import { ApiProblem } from '../problems.ts'
import { networkOf, type Throttle } from '../session/throttle.ts'

export interface PortalSessionRouteDependencies {
  readonly store: Pick<Store, 'users'>
  readonly enrolmentLinks: EnrolmentLinkRepository
  readonly sessions: PortalSessions
  readonly signIns: PortalSignIns
  /** Passwords and links, by network. */
  readonly throttle: Throttle
  /** Whether whoever has no second factor may come in on the password alone to set up the first. */
  readonly mayEnrolFirst: (userId: string) => Promise<boolean>
}

type Http = PortalExchange<typeof portalApi.session.begin>['http']

/** The password, and a second factor with it. */
const proving: ReadonlySet<SignInReason> = new Set(['password-and-code', 'password-and-approval'])
const waitMs = 20_000
/** Long enough for what a password alone decides, so that most sign-ins ask once. */
const firstWaitMs = 3_000

export function portalSessionHandlers(
  dependencies: PortalSessionRouteDependencies,
): PortalRoom<typeof portalApi.session> {
  const { store, enrolmentLinks, sessions, signIns, throttle, mayEnrolFirst } = dependencies

  function takeTry(address: string): void {
    const retryAfterSeconds = throttle.take(networkOf(address))
    if (retryAfterSeconds > 0) throw new ApiProblem('too-many-requests', { retryAfterSeconds })
  }

  async function signedIn(user: UserRecord, kind: PortalSessionKind, http: Http): Promise<PortalSignInStep> {
    const expiresAt = await sessions.start(user, kind, http.request, http.reply)
    return { kind: 'signed-in', session: sessionView(user, kind, expiresAt) }
  }

  async function stepOf(id: string, standing: Standing, http: Http): Promise<PortalSignInStep> {
    switch (standing.kind) {
      case 'waiting':
        return { kind: 'waiting', id }
      case 'asked':
        // Where an approval is awaited, any answer goes on: the person has nothing to type.
        return {
          kind: 'asked',
          id,
          wants: standing.reason === 'approval-requested' ? 'go-on' : 'text',
          message: standing.message,
        }
      case 'unavailable':
        signIns.end(id)
        return { kind: 'unavailable' }
      case 'accepted': {
        signIns.end(id)
        // What lets somebody in at a VPN without a second factor proves nothing here.
        if (!proving.has(standing.reason)) return { kind: 'no-factor' }
        const user = await store.users.byId(standing.userId)
        return user ? signedIn(user, 'full', http) : { kind: 'refused' }
      }
      case 'refused': {
        signIns.end(id)
        // Only after a right password does the engine come so far as to look for a second factor.
        if (standing.reason !== 'no-usable-factor' || standing.userId === null) return { kind: 'refused' }
        if (!(await mayEnrolFirst(standing.userId))) return { kind: 'no-factor' }
        const user = await store.users.byId(standing.userId)
        return user ? signedIn(user, 'enrolment', http) : { kind: 'refused' }
      }
    }
  }

  function findConversation(id: string) {
    const conversation = signIns.find(id)
    if (!conversation) throw new ApiProblem('not-found', { detail: 'This sign-in is over. Begin a new one.' })
    return conversation
  }

  return {
    async begin({ body, address, http }) {
      takeTry(address)
      const begun = signIns.begin({ ...body, address })
      if (!begun)
        throw new ApiProblem('unavailable', { detail: 'Too many people are signing in. Try again in a minute.' })
      return stepOf(begun.id, await begun.conversation.wait(firstWaitMs), http)
    },
    async answer({ body, http }) {
      const conversation = findConversation(body.id)
      if (!conversation.answer(body.answer)) throw new ApiProblem('not-found', { detail: 'Nothing is asked just now.' })
      return stepOf(body.id, await conversation.wait(firstWaitMs), http)
    },
    async wait({ body, http }) {
      return stepOf(body.id, await findConversation(body.id).wait(waitMs), http)
    },
    async useLink({ body, address, http }) {
      takeTry(address)
      const user = await enrolmentLinks.spend(hashOfToken(body.token), address)
      return user ? signedIn(user, 'enrolment', http) : { kind: 'refused' }
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

function sessionView(user: UserRecord, kind: PortalSessionKind, expiresAt: Date): PortalSessionView {
  const name = [user.firstName, user.lastName].filter((part) => part !== '').join(' ')
  return { username: user.username, name: name || user.username, kind, expiresAt: expiresAt.toISOString() }
}
