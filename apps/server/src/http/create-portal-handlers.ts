/** Wires the portal's routes: each room of its API gets the narrowest dependencies that it can live on. */
import { createArgon2id } from '../passwords/argon2id.ts'
import { createTurns } from '../passwords/turns.ts'
import type { DeviceAuthentication } from './app/authenticate.ts'
import type { PortalDependencies } from './portal-dependencies.ts'
import { createFallbackJudge } from './portal-fallback/judge-fallback.ts'
import type { PortalHandlers } from './portal-handlers.ts'
import { createDrawnSecrets } from './portal-factors/drawn-secrets.ts'
import { createOwnFactors } from './portal-factors/own-factors.ts'
import { contactHandlers } from './portal-routes/contact.ts'
import { factorHandlers } from './portal-routes/factors.ts'
import { appHandlers } from './portal-routes/app.ts'
import { methodHandlers } from './portal-routes/methods.ts'
import { ownBypassHandlers } from './portal-routes/own-bypass.ts'
import { ownSignInHandlers } from './portal-routes/sign-ins.ts'
import { mobileAppHandlers } from './portal-routes/mobile-app.ts'
import { pinHandlers } from './portal-routes/pin.ts'
import { recoveryHandlers } from './portal-routes/recovery.ts'
import { portalSessionHandlers } from './portal-routes/session.ts'
import type { PortalSessions } from './portal-sign-in/portal-sessions.ts'
import type { PortalSignIns } from './portal-sign-in/sign-ins.ts'
import { createSignInSteps } from './portal-sign-in/steps.ts'
import { ApiProblem } from './problems.ts'
import { createPasswords } from './session/passwords.ts'
import { createThrottle, networkOf } from './session/throttle.ts'

export interface PortalHandlerDependencies extends PortalDependencies {
  readonly random: (lengthBytes: number) => Uint8Array
  readonly authentication: Pick<DeviceAuthentication, 'newDevice'>
  readonly sessions: PortalSessions
  readonly signIns: PortalSignIns
}

/** A network may hold many people, who all arrive in the morning: what is right clears nothing, so that guessing stays slow. */
const triesInTenMinutes = 60
const answersAtATime = { atOnce: 2, waitingAtMost: 200 }

export function createPortalHandlers(dependencies: PortalHandlerDependencies): PortalHandlers {
  const { store, engine, clock, sessions, signIns, appKeys: keys } = dependencies
  const throttle = createThrottle({ limit: triesInTenMinutes, windowMs: 10 * 60_000, maximumKeys: 10_000, clock })
  const own = createOwnFactors({ store, engine, clock })
  const codes = createThrottle({ limit: 10, windowMs: 15 * 60_000, maximumKeys: 10_000, clock })
  const takeTry = (address: string): void => {
    const retryAfterSeconds = throttle.take(networkOf(address))
    if (retryAfterSeconds > 0) throw new ApiProblem('too-many-requests', { retryAfterSeconds })
  }
  const argon2id = createArgon2id()
  const judge = createFallbackJudge({ store, argon2id, turns: createTurns(answersAtATime) })
  const steps = createSignInSteps({
    ...{ store, sessions, signIns, fallback: judge },
    // A factor that cannot be used just now is one all the same: a password alone replaces none.
    mayEnrolFirst: async (userId) => {
      const { enrolFirst, methods } = await store.portalSettings.read()
      return enrolFirst && methods.length > 0 && !(await store.ownFactors.hasAny(userId))
    },
  })
  return {
    app: appHandlers({ ...dependencies, keys }),
    clock: { read: () => Promise.resolve({ now: clock().toISOString() }) },
    contact: contactHandlers(dependencies),
    factors: factorHandlers({
      ...dependencies,
      own,
      drawn: createDrawnSecrets(clock),
      throttle: codes,
    }),
    methods: methodHandlers(dependencies),
    ownBypass: ownBypassHandlers(dependencies),
    signIns: ownSignInHandlers(dependencies),
    mobileApp: mobileAppHandlers({ ...dependencies, own, throttle: codes }),
    pin: pinHandlers({ ...dependencies, passwords: createPasswords(), throttle: codes }),
    recovery: recoveryHandlers({ ...dependencies, judge, steps, takeTry, argon2id }),
    session: portalSessionHandlers({ enrolmentLinks: store.enrolmentLinks, sessions, signIns, steps, takeTry }),
  }
}
