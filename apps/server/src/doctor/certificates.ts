/** How every certificate does that is configured: of the listeners, of RadSec, and of the authorities that others are judged by. */
import type { X509Certificate } from 'node:crypto'
import { certifiedListener, type CertifiedListener } from '@sallyport/contract'
import type { ListenerCertificateSettings, RadiusServerRecord, Store } from '@sallyport/store'
import { certificateView, radsecFaults, readCertificates } from '../certificates/certificates.ts'
import { listenerFaults, listenerWarnings } from '../certificates/listener-faults.ts'
import { wantedCertificate } from '../certificates/wanted-certificate.ts'
import type { Config } from '../config.ts'
import { finding, type Finding } from './finding.ts'

/** @param store what was chosen in the console; null: there is no database yet */
export async function examineListeners(
  config: Config,
  store: Pick<Store, 'listenerCertificates'> | null,
  now: Date,
): Promise<readonly Finding[]> {
  const found = certifiedListener.options.map(async (listener) => {
    const settings = await store?.listenerCertificates.settings(listener)
    return examineListener(listener, config[listener], settings ?? { source: 'environment', version: 1 }, now)
  })
  return (await Promise.all(found)).flat()
}

async function examineListener(
  name: CertifiedListener,
  { tls, behindTlsProxy, address, publicUrl }: Config[CertifiedListener],
  settings: ListenerCertificateSettings,
  now: Date,
): Promise<readonly Finding[]> {
  const wanted = await wantedCertificate(tls, settings)
  if (wanted === null) {
    const why = behindTlsProxy ? 'a proxy provides TLS' : `it listens on ${address} alone`
    return [finding('certificates', 'skipped', `The ${name} has no certificate of its own: ${why}.`)]
  }
  if ('problem' in wanted) {
    const inEnvironment = `Correct SALLYPORT_${name.toUpperCase()}_TLS_CERTIFICATE and …_TLS_KEY, or give the server’s account access.`
    const fix = wanted.source === 'environment' ? inEnvironment : `Mend it, or: sallyport certificate reset ${name}.`
    return [finding('certificates', 'bad', `The ${name}’s certificate cannot be served: ${wanted.problem}`, fix)]
  }
  const names = publicUrl === null ? [] : [new URL(publicUrl).hostname]
  return examineListenerPem(`The ${name}’s certificate`, wanted, names, now)
}

export function examineListenerPem(
  what: string,
  pem: { readonly certificatePem: string; readonly keyPem: string },
  names: readonly string[],
  now: Date,
): readonly Finding[] {
  const faults = listenerFaults(pem)
  if (faults.length > 0) {
    return faults.map(({ message }) => finding('certificates', 'bad', `${what}: ${message}`))
  }
  const warnings = listenerWarnings(pem.certificatePem, names, now)
  return [
    ...agesOf(what, pem.certificatePem, now),
    ...warnings.map((message) => finding('certificates', 'warning', `${what}: ${message}`)),
  ]
}

export async function examineKept(store: Store, now: Date): Promise<readonly Finding[]> {
  const radsec = await store.settings.radsec()
  const ldap = await store.settings.ldap()
  const domain = await store.windowsDomain.settings()
  const faults = radsec.enabled ? radsecFaults(radsec, now) : []
  return [
    ...faults.map(({ message }) => finding('certificates', 'bad', `RadSec: ${message}`, inRadsec)),
    ...(radsec.enabled ? agesOf('RadSec', radsec.certificatePem, now) : []),
    ...(radsec.enabled ? agesOf('RadSec’s authority', radsec.caPem, now) : []),
    ...(ldap.configured ? agesOf('The directory’s authority', ldap.caPem, now) : []),
    ...(domain.configured ? agesOf('The domain’s authority', domain.caPem, now) : []),
    ...(await store.radiusServers.list()).flatMap((server) => agesOfServer(server, now)),
  ]
}

const inRadsec = 'Paste what is needed in RADIUS Authentication › RadSec.'

function agesOfServer({ host, caPem, certificatePem }: RadiusServerRecord, now: Date): readonly Finding[] {
  return [
    ...agesOf(`The authority of ${host}`, caPem, now),
    ...agesOf(`Our certificate for ${host}`, certificatePem, now),
  ]
}

function agesOf(what: string, pem: string | null, now: Date): readonly Finding[] {
  if (pem === null || pem === '') return []
  const certificates = readCertificates(pem)
  if (certificates === undefined || certificates.length === 0) {
    return [finding('certificates', 'bad', `${what} cannot be read.`, 'Paste it again, as PEM.')]
  }
  return certificates.map((certificate) => ageOf(what, certificate, now))
}

function ageOf(what: string, certificate: X509Certificate, now: Date): Finding {
  const { subject, expiresAt, state } = certificateView(certificate, now)
  const message = `${what}, ${subject}: until ${expiresAt.slice(0, 10)}.`
  if (state === 'good') return finding('certificates', 'good', message)
  const over = state === 'expired'
  return finding('certificates', over ? 'bad' : 'warning', over ? `${message} It is over.` : message, 'Renew it.')
}
