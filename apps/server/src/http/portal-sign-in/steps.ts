/** What a browser is told of how far its sign-in came, and the session at its end. */
import type { SignInReason } from '@sallyport/contract'
import type { portalApi, PortalSessionView, PortalSignInStep } from '@sallyport/contract/portal'
import type { PortalSessionKind, Store, UserRecord } from '@sallyport/store'
import type { FallbackJudge } from '../portal-fallback/judge-fallback.ts'
import type { PortalExchange } from '../portal-handlers.ts'
import { ApiProblem } from '../problems.ts'
import type { PortalSessions } from './portal-sessions.ts'
import { isFallback, type RadiusConversation, type Standing } from './radius-conversation.ts'
import type { PortalSignIns } from './sign-ins.ts'

export interface SignInStepDependencies {
  readonly store: Pick<Store, 'users'>
  readonly sessions: PortalSessions
  readonly signIns: PortalSignIns
  readonly fallback: Pick<FallbackJudge, 'offered'>
  /** Whether whoever has no second factor may come in on the password alone to set up the first. */
  readonly mayEnrolFirst: (userId: string) => Promise<boolean>
}

type Http = PortalExchange<typeof portalApi.session.begin>['http']

export interface SignInSteps {
  readonly stepOf: (id: string, standing: Standing, http: Http) => Promise<PortalSignInStep>
  readonly signedIn: (user: UserRecord, kind: PortalSessionKind, http: Http) => Promise<PortalSignInStep>
  /** The sign-in that is under way by this name. */
  readonly find: (id: string) => RadiusConversation
}

/** The password, and a second factor with it. */
const proving: ReadonlySet<SignInReason> = new Set(['password-and-code', 'password-and-approval'])

export function createSignInSteps(dependencies: SignInStepDependencies): SignInSteps {
  const { store, sessions, signIns, fallback, mayEnrolFirst } = dependencies

  async function signedIn(user: UserRecord, kind: PortalSessionKind, http: Http): Promise<PortalSignInStep> {
    const expiresAt = await sessions.start(user, kind, http.request, http.reply)
    return { kind: 'signed-in', session: sessionView(user, kind, expiresAt) }
  }

  async function fallbackStep(id: string, userId: string | null): Promise<PortalSignInStep> {
    const { recoveryCode, questions } =
      userId === null ? { recoveryCode: false, questions: [] } : await fallback.offered(userId)
    if (recoveryCode || questions.length > 0) return { kind: 'fallback', id, recoveryCode, questions: [...questions] }
    signIns.end(id)
    return { kind: 'no-fallback' }
  }

  async function stepOf(id: string, standing: Standing, http: Http): Promise<PortalSignInStep> {
    switch (standing.kind) {
      case 'waiting':
        return { kind: 'waiting', id }
      case 'asked':
        if (isFallback(standing)) return fallbackStep(id, standing.userId)
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

  return {
    stepOf,
    signedIn,
    find(id) {
      const conversation = signIns.find(id)
      if (!conversation) throw new ApiProblem('not-found', { detail: 'This sign-in is over. Begin a new one.' })
      return conversation
    },
  }
}

export function sessionView(user: UserRecord, kind: PortalSessionKind, expiresAt: Date): PortalSessionView {
  const { username, firstName, lastName } = user
  const name = [firstName, lastName].filter((part) => part !== '').join(' ') || username
  return { username, name, kind, expiresAt: expiresAt.toISOString() }
}
