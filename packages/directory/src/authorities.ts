/** Reads the certificate authorities that server certificates must chain to. */
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls'

const pemBlock = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g

/** Where Linux distributions keep the authorities that the machine trusts. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/**
 * The certificates of a PEM text, in order.
 * @throws Error where a block is no certificate; an empty list means that there was no block at all
 */
export function readCertificates(pem: string): X509Certificate[] {
  return (pem.match(pemBlock) ?? []).map((block) => new X509Certificate(block))
}

/** What TLS connections verify servers with: TLS 1.2 at least, and these authorities or else the system's. */
export function createTrust(caPem: string | undefined): SecureContext {
  return createSecureContext({ ca: caPem ?? systemAuthorities(), minVersion: 'TLSv1.2' })
}

function systemAuthorities(): string | string[] {
  for (const path of systemBundles) {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      // Another distribution keeps it elsewhere.
    }
  }
  return [...rootCertificates]
}
