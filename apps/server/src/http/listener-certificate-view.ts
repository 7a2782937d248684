/** A listener's certificate as the console shows it, with what browsers will say of it; never its key. */
import type {
  CertifiedListener,
  ListenerCertificatesView,
  ListenerCertificateView,
  ShownCertificate,
} from '@sallyport/contract'
import type { ListenerCertificateSettings, RadsecSettings } from '@sallyport/store'
import type { ListenerControl } from '../bus/listener-control.ts'
import { certificateView, readCertificates } from '../certificates/certificates.ts'
import { chainPem } from '../certificates/chain.ts'
import { keyType } from '../certificates/fitness.ts'
import { listenerWarnings } from '../certificates/listener-faults.ts'

const loopback: readonly string[] = ['127.0.0.1', '::1']

export function listenerCertificateView(
  listener: CertifiedListener,
  control: ListenerControl,
  settings: ListenerCertificateSettings,
  now: Date,
): ListenerCertificateView {
  const present = control.present()
  const speaks = present === null ? 'plain' : 'tls'
  const next = settings.source === 'environment' && control.environment === null ? 'plain' : 'tls'
  return {
    ...{ listener, speaks, behindProxy: control.behindTlsProxy, version: settings.version },
    address: addressOf(control, speaks),
    ...shownOf(present?.shown.certificatePem ?? null, now),
    shows: present?.shown.source ?? null,
    problem: present?.problem ?? null,
    warnings: [...warningsOf(listener, control, speaks, next, now)],
    source: settings.source,
    certificateFile: settings.source === 'files' ? settings.certificateFile : null,
    keyFile: settings.source === 'files' ? settings.keyFile : null,
    nextAddress: next === speaks ? null : addressOf(control, next),
    suggestedNames: [...control.names],
  }
}

export function radsecStanding(radsec: RadsecSettings, now: Date): ListenerCertificatesView['radsec'] {
  const shown = shownOf(radsec.enabled ? radsec.certificatePem : null, now)
  return {
    ...{ address: `radsec://:${radsec.port}`, speaks: radsec.enabled ? 'tls' : 'off', behindProxy: false },
    ...{ ...shown, problem: null, warnings: [] },
  }
}

function shownOf(pem: string | null, now: Date): { certificate: ShownCertificate | null; chainPem: string | null } {
  const chain = pem === null ? [] : (readCertificates(pem) ?? [])
  const [own] = chain
  if (own === undefined) return { certificate: null, chainPem: null }
  return {
    certificate: {
      ...certificateView(own, now),
      issuer: own.issuer.replaceAll('\n', ', '),
      validFrom: new Date(own.validFrom).toISOString(),
      keyType: keyType(own.publicKey),
    },
    // Made anew: whatever else stands in a file, a key perhaps, is left behind.
    chainPem: chainPem(chain),
  }
}

function addressOf({ publicUrl, address, port }: ListenerControl, speaks: 'tls' | 'plain'): string {
  const scheme = speaks === 'tls' ? 'https' : 'http'
  if (publicUrl !== null) return publicUrl.replace(/^https?/u, publicUrl.startsWith('https') ? 'https' : scheme)
  return `${scheme}://${address.includes(':') ? `[${address}]` : address}:${port()}`
}

function* warningsOf(
  listener: CertifiedListener,
  control: ListenerControl,
  speaks: 'tls' | 'plain',
  next: 'tls' | 'plain',
  now: Date,
): Generator<string> {
  const { address, publicUrl, behindTlsProxy } = control
  if (speaks === 'plain' && !loopback.includes(address)) {
    yield `It speaks without TLS on ${address}: let nobody but the proxy that provides it reach that address.`
  }
  if (next === 'tls' && publicUrl?.startsWith('http:') === true) {
    const variable = `SALLYPORT_${listener.toUpperCase()}_URL`
    yield `${variable} says ${publicUrl}: let it begin with https:// before the server is started again.`
  }
  const shown = control.present()?.shown.certificatePem
  if (shown === undefined || behindTlsProxy) return
  yield* listenerWarnings(shown, publicUrl === null ? [] : [new URL(publicUrl).hostname], now)
}
