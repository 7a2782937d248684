/** Makes a certificate that is signed by itself: for a first start, and where the one that was meant cannot be served. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { bitString, element, integer, octetString, oid, sequence, setOf, time, utf8, yes } from './der.ts'
import type { ListenerCertificate } from './listener-faults.ts'

/** Browsers refuse certificates that live longer than 398 days. */
const longestDays = 397
const dayMs = 24 * 3_600_000
const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'))

/**
 * An EC P-256 key and an X.509 v3 certificate for it (RFC 5280 §4.1).
 * @param names DNS names and addresses; the first is its common name
 * @param days that it is valid for from now on; it is since yesterday, for clocks that are behind
 */
export function selfSigned(
  names: readonly [string, ...(readonly string[])],
  now: Date,
  days = longestDays,
): ListenerCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(setOf(sequence(oid('2.5.4.3'), utf8(names[0].slice(0, 64)))))
  const validity = sequence(time(new Date(now.getTime() - dayMs)), time(new Date(now.getTime() + days * dayMs)))
  const serialNumber = Buffer.concat([Buffer.from([1]), randomBytes(15)])
  const toBeSigned = sequence(
    element(0xa0, integer(Buffer.from([2]))),
    integer(serialNumber),
    ecdsaWithSha256,
    ...[name, validity, name],
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(...extensions(names))),
  )
  const certificate = sequence(toBeSigned, ecdsaWithSha256, bitString(sign('sha256', toBeSigned, privateKey)))
  const lines = certificate.toString('base64').match(/.{1,64}/gu) ?? []
  return {
    certificatePem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** RFC 5280 §4.2.1: no authority, for signatures, of a server, with these names. */
function extensions(names: readonly string[]): readonly Buffer[] {
  const extension = (id: string, critical: boolean, value: Uint8Array) =>
    sequence(oid(id), ...(critical ? [yes] : []), octetString(value))
  return [
    extension('2.5.29.19', true, sequence()),
    extension('2.5.29.15', true, bitString(Buffer.from([0x80]), 7)),
    extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', false, sequence(...names.map(generalName))),
  ]
}

/** §4.2.1.6: iPAddress [7] or dNSName [2]. */
function generalName(name: string): Buffer {
  return isIP(name) === 0
    ? element(0x82, Buffer.from(name, 'ascii'))
    : element(0x87, Buffer.from(ipaddr.parse(name).toByteArray()))
}
