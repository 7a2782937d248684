/** Certificates of console and portal: judged before they are kept, shown to new connections when the answer goes out. */
import type { api, CertifiedListener } from '@sallyport/contract'
import type { ListenerCertificateSource, Store } from '@sallyport/store'
import type { ListenerControls } from '../../bus/listener-control.ts'
import { readCertificateFiles } from '../../certificates/certificate-files.ts'
import { judgePasted } from '../../certificates/pasted.ts'
import { selfSigned } from '../../certificates/self-signed.ts'
import { changed } from '../change-problems.ts'
import type { Caller, Handlers } from '../handlers.ts'
import { listenerCertificateView, radsecStanding } from '../listener-certificate-view.ts'
import { invalidInput } from '../problems.ts'

export interface ListenerCertificateRouteDependencies {
  readonly store: Pick<Store, 'listenerCertificates' | 'settings'>
  readonly listeners: ListenerControls
  readonly clock: () => Date
}

interface Choice {
  readonly listener: CertifiedListener
  readonly version: number
  readonly source: ListenerCertificateSource
  readonly caller: Pick<Caller, 'actor'>
}

export function listenerCertificateHandlers(
  dependencies: ListenerCertificateRouteDependencies,
): Handlers<typeof api.listenerCertificates> {
  const { store, listeners, clock } = dependencies
  const { listenerCertificates: kept } = store

  const view = async (listener: CertifiedListener) =>
    listenerCertificateView(listener, listeners[listener], await kept.settings(listener), clock())

  async function choose({ listener, version, source, caller }: Choice) {
    const control = listeners[listener]
    const isPlain = source.source === 'environment' && control.environment === null
    if (control.behindTlsProxy && control.environment === null && !isPlain) {
      const message = 'A proxy in front provides TLS and expects none behind it: give the certificate to the proxy.'
      throw invalidInput({ path: 'listener', message })
    }
    const outcome = await kept.change(listener, { ...source, version }, caller.actor)
    const current = await view(listener)
    changed(outcome, { view: () => current, gone: 'The settings do not exist.' })
    await control.takeUp()
    return view(listener)
  }

  return {
    async read() {
      return {
        listeners: [await view('console'), await view('portal')],
        radsec: radsecStanding(await store.settings.radsec(), clock()),
      }
    },
    async paste({ body: { listener, version, ...pasted }, caller }) {
      const judged = judgePasted(pasted, clock())
      if (!judged.ok) throw invalidInput(...judged.faults)
      return choose({ listener, version, caller, source: { source: 'pasted', ...judged.certificate } })
    },
    async pointTo({ body: { listener, version, ...files }, caller }) {
      const read = await readCertificateFiles(files)
      if ('problem' in read) throw invalidInput({ path: read.path, message: read.problem })
      const judged = judgePasted(read, clock())
      if (!judged.ok) {
        const path = (field: string) => (field === 'certificatePem' ? 'certificateFile' : 'keyFile')
        throw invalidInput(...judged.faults.map((fault) => ({ ...fault, path: path(fault.path) })))
      }
      return choose({ listener, version, caller, source: { source: 'files', ...files } })
    },
    async makeSelfSigned({ body: { listener, version, names, days }, caller }) {
      const [first, ...others] = names
      if (first === undefined)
        throw invalidInput({ path: 'names', message: 'Name the listener as browsers look for it.' })
      const made = selfSigned([first, ...others], clock(), days)
      return choose({ listener, version, caller, source: { source: 'self-signed', ...made } })
    },
    async reset({ body: { listener, version }, caller }) {
      return choose({ listener, version, caller, source: { source: 'environment' } })
    },
  }
}
