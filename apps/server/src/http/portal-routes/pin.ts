/** People's own PIN. Guessing the present one locks the second factor as wrong codes do, at the VPN too. */
import { pinFault, type CompanySettings } from '@sallyport/contract'
import type { OwnPin, portalApi } from '@sallyport/contract/portal'
import type { PortalSessionRecord, Store } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { changed } from '../change-problems.ts'
import { putInForce } from '../in-force.ts'
import { actorOf, factorsChanged, mayChangeNow, mayEnrolNow } from '../portal-factors/may-change.ts'
import { takeTry } from '../portal-factors/proving-code.ts'
import type { PortalRoom } from '../portal-handlers.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import type { Passwords } from '../session/passwords.ts'
import type { Throttle } from '../session/throttle.ts'

export interface PinRouteDependencies {
  readonly store: Pick<Store, 'company' | 'factorFailures' | 'people' | 'portalSessions' | 'users'>
  readonly engine: EngineControl
  readonly passwords: Passwords
  readonly clock: () => Date
  readonly throttle: Throttle
}

const dayMs = 24 * 60 * 60_000
const gone = 'You are not known here any more.'

export function pinHandlers(dependencies: PinRouteDependencies): PortalRoom<typeof portalApi.pin> {
  const { store, engine, passwords, clock, throttle } = dependencies

  async function read({ user }: PortalSessionRecord): Promise<OwnPin> {
    const [standing, company] = await Promise.all([store.people.standing(user.id), store.company.settings()])
    if (standing === null) throw new ApiProblem('sign-in-required')
    const { pin, factors } = standing
    return {
      isSet: pin !== null,
      changedAt: pin?.changedAt.toISOString() ?? null,
      mustChange: pin !== null && (pin.mustChange || isOld(pin.changedAt, company, clock())),
      isWanted:
        (factors.appMode ?? company.appMode) === 'pin' ||
        (factors.callMode ?? company.callMode) === 'pin' ||
        (factors.textWithPin ?? company.textWithPin),
      minimumLength: company.pin.minimumLength,
    }
  }

  function refuseLocked(lockedUntil: Date | null): void {
    const leftMs = (lockedUntil?.getTime() ?? 0) - clock().getTime()
    if (leftMs > 0) throw new ApiProblem('too-many-requests', { retryAfterSeconds: Math.ceil(leftMs / 1000) })
  }

  async function provePresent(caller: PortalSessionRecord, hash: string, typed: string | null, address: string) {
    const { id } = caller.user
    // As it is now: other tries may have locked it since this request came in.
    refuseLocked((await store.users.byId(id))?.factorLockedUntil ?? null)
    takeTry(throttle, `pin ${id}`)
    if (typed !== null && (await passwords.verify(hash, typed))) return
    // What the engine has counted is in the table before this is added to it, and it reads the sum.
    await putInForce(engine, { topic: 'users', ids: [id] })
    await store.factorFailures.count(id, actorOf(caller, address))
    await putInForce(engine, { topic: 'users', ids: [id] })
    throw invalidInput({ path: 'present', message: 'This is not your PIN.' })
  }

  return {
    read: ({ caller }) => read(caller),

    async change({ body, caller, address }) {
      const kept = await store.people.pinHashes(caller.user.id)
      if (kept === null) throw new ApiProblem('sign-in-required')
      const [present, ...former] = kept
      if (present === undefined) mayEnrolNow(caller, clock())
      else mayChangeNow(caller, clock())
      if (present !== undefined) await provePresent(caller, present, body.present, address)
      const { pin: rules } = await store.company.settings()
      const fault = pinFault(body.pin, rules)
      if (fault !== null) throw invalidInput({ path: 'pin', message: fault })
      for (const hash of [...(present === undefined ? [] : [present]), ...former.slice(0, rules.history)]) {
        if (!(await passwords.verify(hash, body.pin))) continue
        throw invalidInput({ path: 'used', message: 'You had this PIN a short while ago: choose another.' })
      }
      const hash = await passwords.hash(body.pin)
      const actor = actorOf(caller, address)
      const input = { hash, history: rules.history, replaces: present ?? null }
      changed(await store.people.setOwnPin(caller.user.id, input, actor), { view: (user) => user.username, gone })
      throttle.clear(`pin ${caller.user.id}`)
      await factorsChanged({ store, engine }, caller)
      return read(caller)
    },
  }
}

function isOld(changedAt: Date, { pin: { expiresAfterDays } }: CompanySettings, now: Date): boolean {
  return expiresAfterDays !== null && now.getTime() >= changedAt.getTime() + expiresAfterDays * dayMs
}
