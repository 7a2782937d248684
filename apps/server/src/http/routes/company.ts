/** Company Settings: read by everybody, changed by administrators, in force at once. */
import type { api, CompanySettings } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'

export interface CompanyRouteDependencies {
  readonly store: Pick<Store, 'company' | 'people'>
  readonly engine: EngineControl
}

export function companyHandlers({ store, engine }: CompanyRouteDependencies): Handlers<typeof api.company> {
  const view = async (settings: CompanySettings) => ({ ...settings, factorOff: await store.people.factorOff() })
  return {
    read: async () => view(await store.company.settings()),
    async change({ body, caller }) {
      const outcome = await store.company.change(body, caller.actor)
      const factorOff = await store.people.factorOff()
      const saved = changed(outcome, {
        view: (current) => ({ ...current, factorOff }),
        gone: 'These settings do not exist any more.',
      })
      await putInForce(engine, { topic: 'company' })
      return view(saved)
    },
  }
}
