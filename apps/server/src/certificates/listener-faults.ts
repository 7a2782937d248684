/** What is wrong with a certificate that console or portal are to be served with: what keeps it from working, and what browsers will say. */
import type { KeyObject, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { createSecureContext } from 'node:tls'
import type { FieldProblem } from '@sallyport/contract'
import { certificateName, day, isOver, readCertificates, readKey } from './certificates.ts'

export interface ListenerCertificate {
  /** PEM: the server's own first, then those between it and its authority. */
  readonly certificatePem: string
  /** PEM, unencrypted. */
  readonly keyPem: string
}

/** Each with its field and its fix; empty: it can be served. */
export function listenerFaults({ certificatePem, keyPem }: ListenerCertificate): readonly FieldProblem[] {
  const faults: FieldProblem[] = []
  const fault = (path: string, message: string) => faults.push({ path, message })
  const chain = readCertificates(certificatePem)
  const [leaf] = chain ?? []
  if (chain === undefined || leaf === undefined) {
    fault('certificatePem', 'Paste the certificate as PEM: it begins with -----BEGIN CERTIFICATE-----.')
  } else {
    const misplaced = outOfOrder(chain)
    if (misplaced !== undefined) fault('certificatePem', misplaced)
  }
  const key = readKey(keyPem)
  if (key === undefined) fault('keyPem', keyProblem(keyPem))
  else if (leaf && !leaf.checkPrivateKey(key)) fault('keyPem', anotherKey(chain ?? [], key))
  if (faults.length > 0) return faults
  try {
    createSecureContext({ cert: certificatePem, key: keyPem, minVersion: 'TLSv1.2' })
  } catch (error) {
    fault('certificatePem', `TLS refuses it: ${error instanceof Error ? error.message : String(error)}.`)
  }
  return faults
}

/** What does not keep it from being served: sentences for the administrator. */
export function listenerWarnings(certificatePem: string, names: readonly string[], now: Date): readonly string[] {
  const [leaf, ...others] = readCertificates(certificatePem) ?? []
  if (leaf === undefined) return []
  const warnings: string[] = []
  if (isOver(leaf, now)) warnings.push(`It expired on ${day(leaf)}: browsers refuse it.`)
  if (new Date(leaf.validFrom) > now) {
    warnings.push(`It is not valid before ${new Date(leaf.validFrom).toISOString()}: is this machine’s clock right?`)
  }
  for (const name of names) {
    if (!isFor(leaf, name)) warnings.push(`It is not for ${name}, which is where browsers look for this server.`)
  }
  if (leaf.verify(leaf.publicKey)) {
    warnings.push('It is signed by itself: browsers warn until they are told to trust it.')
  } else if (others.length === 0) {
    warnings.push('It comes without the certificates between it and its authority: some devices will not trust it.')
  }
  return warnings
}

function isFor(leaf: X509Certificate, name: string): boolean {
  const host = name.replace(/^\[|\]$/gu, '')
  return (isIP(host) === 0 ? leaf.checkHost(host) : leaf.checkIP(host)) !== undefined
}

/** RFC 8446 §4.4.2: each certificate certifies the one before it. */
function outOfOrder(chain: readonly X509Certificate[]): string | undefined {
  const [leaf] = chain
  if (leaf?.ca === true && chain.length > 1) {
    return `The first certificate, ${certificateName(leaf)}, is an authority’s: put the server’s own first.`
  }
  for (const [index, certificate] of chain.entries()) {
    const next = chain[index + 1]
    if (next && !certificate.checkIssued(next)) {
      return `${certificateName(next)} did not sign ${certificateName(certificate)}, which stands before it: put each after the one that it signed.`
    }
  }
  return undefined
}

function keyProblem(pem: string): string {
  if (/ENCRYPTED/u.test(pem)) return 'This key is locked by a passphrase: paste it without (openssl pkey -in <file>).'
  return 'Paste the private key as PEM: it begins with -----BEGIN PRIVATE KEY-----.'
}

function anotherKey(chain: readonly X509Certificate[], key: KeyObject): string {
  const owner = chain.find((certificate) => certificate.checkPrivateKey(key))
  return owner
    ? `This key belongs to ${certificateName(owner)}, which is not the first certificate: put that one first.`
    : 'This key does not belong to the certificate. Paste the key that it was made with.'
}
