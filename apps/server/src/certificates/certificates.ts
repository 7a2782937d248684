/** Certificates as the console shows them, and what is wrong with those of RadSec that were pasted. */
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import type { CertificateView, FieldProblem } from '@sallyport/contract'
import type { RadsecSettings } from '@sallyport/store'

const block = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g
const soonMs = 30 * 24 * 3600 * 1000

/** Those that a PEM text holds; undefined where one of them is no certificate. */
export function readCertificates(pem: string): readonly X509Certificate[] | undefined {
  try {
    return (pem.match(block) ?? []).map((text) => new X509Certificate(text))
  } catch {
    return undefined
  }
}

export function certificateView(certificate: X509Certificate, now: Date): CertificateView {
  const expires = new Date(certificate.validTo)
  const leftMs = expires.getTime() - now.getTime()
  return {
    subject: certificate.subject.replaceAll('\n', ', '),
    names: certificate.subjectAltName === undefined ? [] : certificate.subjectAltName.split(', '),
    fingerprint: certificate.fingerprint256,
    expiresAt: expires.toISOString(),
    state: leftMs <= 0 ? 'expired' : leftMs <= soonMs ? 'expiring' : 'good',
  }
}

/** What keeps RadSec from being served with these, each with its field and its fix. */
export function radsecFaults({ certificatePem, keyPem, caPem }: RadsecSettings, now: Date): readonly FieldProblem[] {
  const own = readCertificates(certificatePem)
  const authorities = readCertificates(caPem)
  const faults: FieldProblem[] = []
  const fault = (path: string, message: string) => faults.push({ path, message })
  const [leaf] = own ?? []
  if (!leaf)
    fault('certificatePem', 'Paste this server’s certificate as PEM: it begins with -----BEGIN CERTIFICATE-----.')
  else if (isOver(leaf, now)) fault('certificatePem', `This certificate expired on ${day(leaf)}. Paste a renewed one.`)
  const key = keyPem === null ? undefined : readKey(keyPem)
  if (keyPem === null || keyPem === '') fault('keyPem', 'Paste the certificate’s private key as PEM.')
  else if (!key)
    fault('keyPem', 'This is no unencrypted private key in PEM: it begins with -----BEGIN PRIVATE KEY-----.')
  else if (leaf && !leaf.checkPrivateKey(key))
    fault('keyPem', 'This key does not belong to the certificate. Paste the key that it was made with.')
  if (!authorities?.length)
    fault('caPem', 'Paste the certificate of the authority that your devices’ certificates come from, as PEM.')
  for (const authority of authorities ?? []) {
    if (isOver(authority, now))
      fault(
        'caPem',
        `The authority ${certificateName(authority)} expired on ${day(authority)}. Paste its renewed certificate.`,
      )
    else if (!authority.ca)
      fault('caPem', `${certificateName(authority)} is not an authority’s certificate. Paste the one that signed it.`)
  }
  return faults
}

export function readKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

export function isOver({ validTo }: X509Certificate, now: Date): boolean {
  return new Date(validTo) <= now
}

export function day({ validTo }: X509Certificate): string {
  return new Date(validTo).toISOString().slice(0, 10)
}

export function certificateName({ subject }: X509Certificate): string {
  return subject.replaceAll('\n', ', ')
}
