/** What both ends of RadSec have in common: its port, its secret, and what a certificate says of the other end. */
import type { TLSSocket } from 'node:tls'

import { createSharedSecret } from './shared-secret.ts'

/** @see {@link https://www.rfc-editor.org/rfc/rfc6614#section-2.1 RFC 6614 §2.1} */
export const radsecPort = 2083

/**
 * The secret that every packet inside TLS is signed with: it proves nothing, the certificates do.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6614#section-2.3 RFC 6614 §2.3}
 */
export const radsecSecret = createSharedSecret('radsec')

/** A certificate and its key. */
export interface TlsCredentials {
  /** PEM; the certificates between it and its authority may follow it. */
  readonly certificate: string
  /** PEM, unencrypted. */
  readonly key: string
}

/** TLS 1.2 is the floor (RFC 9325 §3.1.1). */
export const minimumTlsVersion = 'TLSv1.2'

/** What the other end presented, verified to come from an authority that was named. */
export interface PeerCertificate {
  /** As `CN=vpn1.example`, a line for each part. */
  readonly subject: string
  readonly issuer: string
  /** In the order of the certificate. */
  readonly alternativeNames: readonly AlternativeName[]
  /** SHA-256, as `AB:CD:…`. */
  readonly fingerprint: string
  /** Hexadecimal. */
  readonly serialNumber: string
  readonly expiresAt: Date
}

export interface AlternativeName {
  /** `DNS`, `IP Address`, `URI`, `email`, `DirName`, … */
  readonly kind: string
  readonly value: string
}

/** The certificate of the other end; undefined when it presented none or the connection has ended. */
export function peerCertificate(socket: TLSSocket): PeerCertificate | undefined {
  const certificate = socket.getPeerX509Certificate()
  return (
    certificate && {
      subject: certificate.subject,
      issuer: certificate.issuer,
      alternativeNames: alternativeNames(certificate.subjectAltName ?? ''),
      fingerprint: certificate.fingerprint256,
      serialNumber: certificate.serialNumber,
      expiresAt: new Date(certificate.validTo),
    }
  )
}

/** Reads `DNS:a, IP Address:192.0.2.1`; a value that could be mistaken for several is quoted there as JSON. */
export function alternativeNames(text: string): readonly AlternativeName[] {
  const names: AlternativeName[] = []
  for (const [, kind = '', value = ''] of text.matchAll(/([^:,"]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/g)) {
    names.push({ kind, value: value.startsWith('"') ? unquoted(value) : value })
  }
  return names
}

function unquoted(quoted: string): string {
  try {
    const value: unknown = JSON.parse(quoted)
    return typeof value === 'string' ? value : quoted
  } catch {
    return quoted
  }
}
