/** How every certificate does that is configured: of the listeners, of RadSec, and of the authorities that others are judged by. */
import type { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { RadiusServerRecord, Store } from '@sallyport/store'
import { certificateView, radsecFaults, readCertificates } from '../certificates/certificates.ts'
import { listenerFaults, listenerWarnings } from '../certificates/listener-faults.ts'
import type { Config, ListenerConfig } from '../config.ts'
import { finding, type Finding } from './finding.ts'

export async function examineListeners(config: Config, now: Date): Promise<readonly Finding[]> {
  const portalName = config.portal.publicUrl === null ? [] : [new URL(config.portal.publicUrl).hostname]
  return [
    ...(await examineListener('console', config.console, [], now)),
    ...(await examineListener('portal', config.portal, portalName, now)),
  ]
}

async function examineListener(
  name: string,
  { tls, behindTlsProxy, address }: ListenerConfig,
  names: readonly string[],
  now: Date,
): Promise<readonly Finding[]> {
  if (tls === null) {
    const why = behindTlsProxy ? 'a proxy provides TLS' : `it listens on ${address} alone`
    return [finding('certificates', 'skipped', `The ${name} has no certificate of its own: ${why}.`)]
  }
  try {
    const certificatePem = await readFile(tls.certificateFile, 'utf8')
    const keyPem = await readFile(tls.keyFile, 'utf8')
    return examineListenerPem(`The ${name}’s certificate`, { certificatePem, keyPem }, names, now)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const fix = `Correct SALLYPORT_${name.toUpperCase()}_TLS_CERTIFICATE and …_TLS_KEY, or give the server’s account access.`
    return [finding('certificates', 'bad', `The ${name}’s certificate cannot be read: ${why}`, fix)]
  }
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
