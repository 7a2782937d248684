/** The order in which people are asked, and how texts and calls ask: their own choice among what their administrators allow. */
import type { CompanySettings, FactorKind } from '@sallyport/contract'
import type { OwnMethods, portalApi } from '@sallyport/contract/portal'
import type { Change, PortalSessionRecord, Store, UserRecord, UserStandingRecord } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { changed } from '../change-problems.ts'
import { lacking, methodsOfUser, usableMethods } from '../people-views.ts'
import { actorOf, factorsChanged, mayChangeNow } from '../portal-factors/may-change.ts'
import type { PortalRoom } from '../portal-handlers.ts'
import { ApiProblem, invalidInput } from '../problems.ts'

export interface MethodRouteDependencies {
  readonly store: Pick<Store, 'people' | 'company' | 'portalSettings' | 'portalSessions'>
  readonly engine: EngineControl
  readonly clock: () => Date
}

const words = { view: ({ version }: UserRecord) => ({ version }), gone: 'You are not there any more.' }

export function methodHandlers(dependencies: MethodRouteDependencies): PortalRoom<typeof portalApi.methods> {
  const { store, clock } = dependencies

  async function standingOf({ user }: PortalSessionRecord) {
    const [standing, company, portal] = await Promise.all([
      store.people.standing(user.id),
      store.company.settings(),
      store.portalSettings.read(),
    ])
    if (standing === null) throw new ApiProblem('sign-in-required')
    return { standing, company, portal, meant: methodsOfUser(standing, company) }
  }

  async function view(caller: PortalSessionRecord): Promise<OwnMethods> {
    const { standing, company, portal, meant } = await standingOf(caller)
    const { textMode, callMode } = standing.factors
    const full = caller.kind === 'full'
    return {
      methods: meant.map((method) => ({ method, missing: lacking(method, standing, company) })),
      ...{ textMode, callMode, company: { textMode: company.textMode, callMode: company.callMode } },
      mayOrder: full && portal.chooseOrder,
      mayChooseModes: full && portal.chooseModes,
    }
  }

  async function saved(change: Promise<Change<UserRecord>>, caller: PortalSessionRecord): Promise<OwnMethods> {
    changed(await change, words)
    await factorsChanged(dependencies, caller)
    return view(caller)
  }

  function mustLeaveSome(standing: UserStandingRecord, company: CompanySettings): void {
    if (usableMethods(standing, company).length > 0) return
    throw new ApiProblem('in-use', { detail: 'Nothing would be left to sign in with.' })
  }

  return {
    read: ({ caller }) => view(caller),

    async setOrder({ body, caller, address }) {
      mayChangeNow(caller, clock())
      const stands = await standingOf(caller)
      if (!stands.portal.chooseOrder) throw notAllowed()
      // Another order of the same ones: what an administrator took away, nobody gives themselves.
      if (!isOrderOf(body.methods, stands.meant)) {
        throw invalidInput({ path: 'methods', message: 'These are not your methods, each once.' })
      }
      const { standing, company } = stands
      mustLeaveSome(standing, company)
      const input = { order: body.methods, version: standing.user.version }
      return saved(store.people.setFactorOrder(caller.user.id, input, actorOf(caller, address)), caller)
    },

    async setModes({ body: { textMode, callMode }, caller, address }) {
      mayChangeNow(caller, clock())
      const stands = await standingOf(caller)
      if (!stands.portal.chooseModes) throw notAllowed()
      if (callMode === 'standard' && stands.company.callMode === 'pin') {
        throw invalidInput({ path: 'callMode', message: 'Your company wants the PIN in calls.' })
      }
      const { standing, company } = stands
      const factors = { ...standing.factors, textMode, callMode }
      mustLeaveSome({ ...standing, factors }, company)
      const input = { ...factors, version: standing.user.version }
      return saved(store.people.changeFactors(caller.user.id, input, actorOf(caller, address)), caller)
    },
  }
}

function isOrderOf(given: readonly FactorKind[], meant: readonly FactorKind[]): boolean {
  return given.length === meant.length && meant.every((method) => given.includes(method))
}

function notAllowed(): ApiProblem {
  return new ApiProblem('not-allowed', { detail: 'Your administrator decides this.' })
}
