/** Company Settings: read by everybody, changed by administrators, in force at once. */
import type { api, CompanySettings, CompanyView } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'

export interface CompanyRouteDependencies {
  readonly store: Pick<Store, 'company' | 'people' | 'fraudMails'>
  readonly engine: EngineControl
}

export function companyHandlers({ store, engine }: CompanyRouteDependencies): Handlers<typeof api.company> {
  const now = async (): Promise<Pick<CompanyView, 'factorOff' | 'fraudMail'>> => {
    const [factorOff, mails] = await Promise.all([store.people.factorOff(), store.fraudMails.state()])
    return { factorOff, fraudMail: { ...mails, lastSentAt: mails.lastSentAt?.toISOString() ?? null } }
  }
  const view = async (settings: CompanySettings) => ({ ...settings, ...(await now()) })
  return {
    read: async () => view(await store.company.settings()),
    async change({ body, caller }) {
      const outcome = await store.company.change(body, caller.actor)
      const present = await now()
      const saved = changed(outcome, {
        view: (current) => ({ ...current, ...present }),
        gone: 'These settings do not exist any more.',
      })
      await putInForce(engine, { topic: 'company' })
      return view(saved)
    },
  }
}
