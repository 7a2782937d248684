/** Who may change second factors in the portal, and what follows from a change. */
import type { Actor, PortalSessionRecord, Store } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { putInForce } from '../in-force.ts'
import { ApiProblem } from '../problems.ts'

const provenForMs = 10 * 60_000

/** Somebody who proved a factor, or was let in to enrol, a short while ago. */
export function mayEnrolNow({ provenAt }: PortalSessionRecord, now: Date): void {
  if (now.getTime() - provenAt.getTime() <= provenForMs) return
  throw new ApiProblem('proof-needed')
}

/** Somebody who proved a factor a short while ago: not whoever came by a link or on a password alone. */
export function mayChangeNow(caller: PortalSessionRecord, now: Date): void {
  if (caller.kind !== 'full') {
    throw new ApiProblem('not-allowed', { detail: 'Sign in with your second factor to change this.' })
  }
  mayEnrolNow(caller, now)
}

/**
 * Somebody who proved a factor, or gave a recovery code: a lost phone has to go at once. Whoever stole the code and knows the password
 * gains nothing by it that a token of their own, which they may enrol, would not give them.
 */
export function mayRemoveNow(caller: PortalSessionRecord, now: Date): void {
  if (caller.kind === 'recovery') mayEnrolNow(caller, now)
  else mayChangeNow(caller, now)
}

/** As the audit trail has them: never to be mistaken for an administrator of the same name. */
export function actorOf({ user }: PortalSessionRecord, address: string): Actor {
  return { id: user.id, name: `${user.username} (portal)`, address }
}

/** The user's other sessions end, and sign-ins go by what was just saved. */
export async function factorsChanged(
  { store, engine }: { readonly store: Pick<Store, 'portalSessions'>; readonly engine: EngineControl },
  { user, tokenHash }: PortalSessionRecord,
): Promise<void> {
  await store.portalSessions.removeOthers(user.id, tokenHash)
  await putInForce(engine, { topic: 'users', ids: [user.id] })
}
