/** A one-time bypass that people give themselves where that is allowed. */
import type { OwnBypassView, portalApi } from '@sallyport/contract/portal'
import type { PortalSessionRecord, Store } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import type { PortalReach } from '../../bus/portal-reach.ts'
import { putInForce } from '../in-force.ts'
import { tellOf } from '../portal-contact/send.ts'
import { actorOf, mayChangeNow } from '../portal-factors/may-change.ts'
import type { PortalRoom } from '../portal-handlers.ts'
import { ApiProblem, invalidInput } from '../problems.ts'

export interface OwnBypassRouteDependencies {
  readonly store: Pick<Store, 'ownStanding' | 'people' | 'company' | 'portalSettings'>
  readonly engine: EngineControl
  readonly reach: PortalReach
  readonly clock: () => Date
}

const atMostInADay = 3
const reason = 'Given to oneself in the user portal'

export function ownBypassHandlers(dependencies: OwnBypassRouteDependencies): PortalRoom<typeof portalApi.ownBypass> {
  const { store, engine, reach, clock } = dependencies

  async function view(caller: PortalSessionRecord): Promise<OwnBypassView> {
    const [standing, portal, given] = await Promise.all([
      store.people.standing(caller.user.id),
      store.portalSettings.read(),
      store.ownStanding.bypassesGiven(caller.user.id, actorOf(caller, '')),
    ])
    if (standing === null) throw new ApiProblem('sign-in-required')
    const open = standing.bypasses.filter(({ state }) => state === 'open').map(({ expiresAt }) => expiresAt.getTime())
    const full = caller.kind === 'full'
    return {
      secondsAtMost: full ? portal.ownBypassSeconds : 0,
      openUntil: open.length === 0 ? null : new Date(Math.max(...open)).toISOString(),
      left: Math.max(0, atMostInADay - given),
    }
  }

  /** Whoever owns the mail address; nobody waits for it. */
  async function tell({ user }: PortalSessionRecord): Promise<void> {
    const [standing, company] = await Promise.all([store.people.standing(user.id), store.company.settings()])
    const language = standing?.factors.language || company.language
    await tellOf(reach, { what: 'bypass', phone: '', email: user.email, language, nowMs: clock().getTime() })
  }

  const inForce = ({ user }: PortalSessionRecord) => putInForce(engine, { topic: 'users', ids: [user.id] })

  return {
    read: ({ caller }) => view(caller),

    async give({ body: { seconds }, caller, address, log }) {
      mayChangeNow(caller, clock())
      const { ownBypassSeconds } = await store.portalSettings.read()
      if (ownBypassSeconds === 0) throw new ApiProblem('not-allowed', { detail: 'Your administrator gives bypasses.' })
      if (seconds > ownBypassSeconds) {
        throw invalidInput({ path: 'seconds', message: `At most ${String(ownBypassSeconds)} seconds.` })
      }
      const input = { reason, seconds, atMostInADay }
      const outcome = await store.ownStanding.giveBypass(caller.user.id, input, actorOf(caller, address))
      if (outcome === 'not-found') throw new ApiProblem('sign-in-required')
      if (outcome === 'open') throw new ApiProblem('already-exists', { detail: 'There is one already.' })
      if (outcome === 'enough') throw new ApiProblem('too-many-requests', { detail: 'There were enough today.' })
      await inForce(caller)
      tell(caller).catch((error: unknown) => log.error(error, 'telling of a bypass'))
      return view(caller)
    },

    async end({ caller, address }) {
      mayChangeNow(caller, clock())
      await store.people.endBypasses(caller.user.id, actorOf(caller, address))
      await inForce(caller)
      return view(caller)
    },
  }
}
