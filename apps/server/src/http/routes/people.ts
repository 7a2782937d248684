/** What stands for or against people, and how they are asked for a second factor. */
import type { api } from '@sallyport/contract'
import type { Change, Store, UserRecord } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { changed } from '../change-problems.ts'
import { refuseOwned } from '../directory-owned.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'
import { blockView, bypassView, fraudReportView, userStandingView } from '../people-views.ts'
import { pinProblem } from '../pin-rules.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import type { Passwords } from '../session/passwords.ts'
import { userView } from '../user-view.ts'

export interface PeopleRouteDependencies {
  readonly store: Pick<Store, 'people' | 'company' | 'directorySync' | 'oathTokens'>
  readonly engine: EngineControl
  readonly passwords: Passwords
  readonly clock: () => Date
}

const gone = 'This user does not exist any more.'
const words = { view: userView, gone }

export function peopleHandlers(dependencies: PeopleRouteDependencies): Handlers<typeof api.people> {
  const { store, engine, passwords, clock } = dependencies
  const standing = async (userId: string) => {
    const record = await store.people.standing(userId)
    if (record === null) throw new ApiProblem('not-found', { detail: gone })
    const company = await store.company.settings()
    return userStandingView(record, company, clock())
  }
  const settled = async (userId: string, outcome: Change<UserRecord>) => {
    changed(outcome, words)
    await putInForce(engine, { topic: 'users', ids: [userId] })
    return standing(userId)
  }
  return {
    standing: ({ params }) => standing(params.id),
    async changeFactors({ params, body, caller }) {
      const present = await store.people.standing(params.id)
      if (present !== null) await refuseOwned(store, present.user, { ...present.factors }, body)
      return settled(params.id, await store.people.changeFactors(params.id, body, caller.actor))
    },
    async setPin({ params, body, caller }) {
      const { pin: rules } = await store.company.settings()
      const problem = pinProblem(body.pin, rules)
      if (problem !== null) throw invalidInput({ path: 'pin', message: problem })
      const former = await store.people.pinHashes(params.id)
      if (former === null) throw new ApiProblem('not-found', { detail: gone })
      for (const hash of former.slice(0, rules.history)) {
        if (!(await passwords.verify(hash, body.pin))) continue
        throw invalidInput({ path: 'pin', message: 'This user had this PIN a short while ago: choose another.' })
      }
      const hash = await passwords.hash(body.pin)
      return settled(params.id, await store.people.setPin(params.id, hash, rules.history, caller.actor))
    },
    async removePin({ params, caller }) {
      await settled(params.id, await store.people.removePin(params.id, caller.actor))
      return undefined
    },
    async revokeDevice({ params, caller }) {
      const outcome = await store.people.revokeDevice(params.id, caller.actor)
      const user = changed(outcome, { ...words, gone: 'This device is not there any more.' })
      await putInForce(engine, { topic: 'users', ids: [user.id] })
      return undefined
    },
    async block({ params, body, caller }) {
      const until = body.until === null ? null : new Date(body.until)
      if (until !== null && until <= clock())
        throw invalidInput({ path: 'until', message: 'Choose a time that lies ahead.' })
      return settled(params.id, await store.people.block(params.id, { reason: body.reason, until }, caller.actor))
    },
    async unblock({ params, caller }) {
      return settled(params.id, await store.people.unblock(params.id, caller.actor))
    },
    async giveBypass({ params, body, caller }) {
      return settled(params.id, await store.people.giveBypass(params.id, body, caller.actor))
    },
    async endBypasses({ params, caller }) {
      return settled(params.id, await store.people.endBypasses(params.id, caller.actor))
    },
    async blocks({ query }) {
      const page = await store.people.blocks(query)
      return { ...page, rows: page.rows.map(blockView) }
    },
    async bypasses({ query }) {
      const page = await store.people.bypasses(query)
      return { ...page, rows: page.rows.map(bypassView) }
    },
    async fraudReports({ query }) {
      const page = await store.people.fraudReports(query)
      return { ...page, rows: page.rows.map(fraudReportView) }
    },
    async handleFraudReport({ params, body, caller }) {
      const report = changed(await store.people.handleFraudReport(params.id, body.note, caller.actor), {
        view: fraudReportView,
        gone: 'This report does not exist any more.',
      })
      return fraudReportView(report)
    },
  }
}
