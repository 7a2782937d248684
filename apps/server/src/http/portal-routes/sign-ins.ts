/** People's last sign-ins, and their word that one was not theirs. */
import type { OwnSignIns, portalApi } from '@sallyport/contract/portal'
import type { PortalSessionRecord, Store } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { putInForce } from '../in-force.ts'
import { actorOf } from '../portal-factors/may-change.ts'
import type { PortalRoom } from '../portal-handlers.ts'
import { ApiProblem } from '../problems.ts'

export interface OwnSignInRouteDependencies {
  readonly store: Pick<Store, 'ownStanding' | 'people' | 'company' | 'signIns'>
  readonly engine: EngineControl
  readonly clock: () => Date
}

const weekMs = 7 * 24 * 3_600_000
const shown = 10

export function ownSignInHandlers(dependencies: OwnSignInRouteDependencies): PortalRoom<typeof portalApi.signIns> {
  const { store, engine, clock } = dependencies
  const since = () => new Date(clock().getTime() - weekMs)

  async function view({ user, kind }: PortalSessionRecord): Promise<OwnSignIns> {
    const { allowReports, blockUser } = (await store.company.settings()).fraud
    if (kind !== 'full') return { rows: [], fraud: { allowed: false, blocks: blockUser } }
    const [page, standing] = await Promise.all([
      store.signIns.list({ userId: user.id, from: since().toISOString() }, { limit: shown }),
      store.people.standing(user.id),
    ])
    const reported = new Set(standing?.fraudReports.map(({ signInId }) => signInId))
    return {
      rows: page.rows
        .filter(({ test }) => !test)
        .map(({ id, at, client, callingStation, factor, result }) => ({
          ...{ id, at, application: client?.name ?? '', callingStation, factor },
          accepted: result === 'accepted',
          reported: reported.has(id),
        })),
      fraud: { allowed: allowReports, blocks: blockUser },
    }
  }

  return {
    read: ({ caller }) => view(caller),

    async reportFraud({ body: { signInId }, caller, address }) {
      // No recent proof: whoever sees a stranger at work has no time to lose, and it can only take away.
      if (caller.kind !== 'full') throw new ApiProblem('not-allowed')
      const { allowReports, blockUser } = (await store.company.settings()).fraud
      if (!allowReports) throw new ApiProblem('not-allowed', { detail: 'Your administrator takes no reports here.' })
      const input = { signInId, since: since(), block: blockUser, portalName: 'User portal' }
      const taken = await store.ownStanding.reportFraud(caller.user.id, input, actorOf(caller, address))
      if (!taken) {
        throw new ApiProblem('not-found', { detail: 'This is not a recent sign-in of yours, or it was reported.' })
      }
      await putInForce(engine, { topic: 'users', ids: [caller.user.id] })
      return { blocked: blockUser }
    },
  }
}
