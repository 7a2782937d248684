/** What is wrong with the certificates that console and portal show. */
import { certifiedListener, type CertifiedListener } from '@sallyport/contract'
import type { ListenerControls } from '../../bus/listener-control.ts'
import { certificateView, readCertificates } from '../../certificates/certificates.ts'

export interface ListenerState {
  readonly listener: CertifiedListener
  readonly state: 'expiring' | 'expired' | 'not-served'
}

/** `not-served` goes before how old the one is that is shown in its place. */
export function listenerStates(listeners: ListenerControls, now: Date): readonly ListenerState[] {
  return certifiedListener.options.flatMap((listener): readonly ListenerState[] => {
    const present = listeners[listener].present()
    if (present === null) return []
    if (present.problem !== null) return [{ listener, state: 'not-served' }]
    const [own] = readCertificates(present.shown.certificatePem) ?? []
    const state = own === undefined ? 'good' : certificateView(own, now).state
    return state === 'good' ? [] : [{ listener, state }]
  })
}
