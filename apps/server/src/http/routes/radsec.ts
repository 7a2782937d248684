/** RadSec: its settings, checked before they are saved, in force when the answer goes out. */
import type { api, RadsecView } from '@sallyport/contract'
import type { RadsecSettings, Store } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { certificateView, radsecFaults, readCertificates } from '../../certificates/certificates.ts'
import { changed } from '../change-problems.ts'
import { statusOf } from '../engine-view.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'
import { invalidInput } from '../problems.ts'

export interface RadsecRouteDependencies {
  readonly store: Pick<Store, 'settings'>
  readonly engine: EngineControl
  readonly clock: () => Date
}

export function radsecHandlers({ store, engine, clock }: RadsecRouteDependencies): Handlers<typeof api.radsec> {
  const view = async ({ keyPem, ...settings }: RadsecSettings): Promise<RadsecView> => {
    const [own] = readCertificates(settings.certificatePem) ?? []
    const authorities = readCertificates(settings.caPem) ?? []
    return {
      ...settings,
      hasKey: keyPem !== null,
      certificate: own ? certificateView(own, clock()) : null,
      authorities: authorities.map((each) => certificateView(each, clock())),
      sockets: [...((await statusOf(engine))?.radsecSockets ?? [])],
    }
  }
  return {
    async read() {
      return view(await store.settings.radsec())
    },
    async change({ body: { keyPem, ...fields }, caller }) {
      const saved = await store.settings.radsec()
      const settings = { ...fields, keyPem: keyPem === undefined || keyPem === '' ? saved.keyPem : keyPem }
      const empty = settings.certificatePem === '' && settings.keyPem === null && settings.caPem === ''
      // Off and empty is how it begins; anything else has to be fit to be served.
      if (settings.enabled || !empty) {
        const faults = radsecFaults(settings, clock())
        if (faults.length > 0) throw invalidInput(...faults)
      }
      const outcome = await store.settings.changeRadsec(settings, caller.actor)
      const current = outcome.ok || outcome.problem !== 'changed-meanwhile' ? null : await view(outcome.current)
      const result = changed(outcome, { view: () => current, gone: 'The settings do not exist.' })
      await putInForce(engine, { topic: 'radius' })
      return view(result)
    },
  }
}
