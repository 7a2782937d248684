/** What keeps a certificate from being chosen: browsers would refuse it, whoever it is for. */
import type { KeyObject, X509Certificate } from 'node:crypto'
import type { FieldProblem } from '@sallyport/contract'
import { certificateName, day, isOver } from './certificates.ts'
import { signatureAlgorithm } from './read-der.ts'

/** MD5 and SHA-1, with RSA (RFC 8017 §A.2.4), ECDSA (RFC 3279 §2.2.3) and DSA (§2.2.2). */
const weakSignatures: ReadonlySet<string> = new Set([
  ...['2a864886f70d010104', '2a864886f70d010105', '2a8648ce3d0401', '2a8648ce380403'],
])
const curves: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }
const forServers: readonly string[] = ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0']

/** @param chain the server's own first */
export function fitnessFaults(chain: readonly X509Certificate[], now: Date): readonly FieldProblem[] {
  const [own] = chain
  if (own === undefined) return []
  return [...ageFaults(chain, now), ...strengthFaults(chain), ...purposeFaults(own)].map((message) => ({
    path: 'certificatePem',
    message,
  }))
}

/** Such as `EC P-256` or `RSA 2048`. */
export function keyType(key: KeyObject): string {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {}
  const kind = (key.asymmetricKeyType ?? '').toUpperCase()
  if (modulusLength !== undefined) return `${kind} ${modulusLength}`
  return namedCurve === undefined ? kind : `${kind} ${curves[namedCurve] ?? namedCurve}`
}

function* ageFaults(chain: readonly X509Certificate[], now: Date): Generator<string> {
  for (const certificate of chain) {
    const name = certificateName(certificate)
    if (isOver(certificate, now)) yield `${name} expired on ${day(certificate)}. Paste a renewed one.`
    const from = new Date(certificate.validFrom)
    if (from > now) yield `${name} is not valid before ${from.toISOString()}: is this machine’s clock right?`
  }
}

function* strengthFaults(chain: readonly X509Certificate[]): Generator<string> {
  for (const certificate of chain) {
    const name = certificateName(certificate)
    const { publicKey } = certificate
    const { modulusLength, namedCurve = '' } = publicKey.asymmetricKeyDetails ?? {}
    if (modulusLength !== undefined && modulusLength < 2048) {
      yield `${name} has a key of ${modulusLength} bits, which browsers refuse: make one of 2048 bits or more.`
    } else if (publicKey.asymmetricKeyType === 'ec' && curves[namedCurve] === undefined) {
      yield `${name} has a key on the curve ${namedCurve}, which browsers do not know: make one on P-256.`
    } else if (!['rsa', 'ec'].includes(publicKey.asymmetricKeyType ?? '')) {
      yield `${name} has a key of a kind (${keyType(publicKey)}) that browsers do not know: make one of RSA or EC P-256.`
    }
    // Nobody looks at the signature of one that signed itself.
    const isRoot = certificate.ca && certificate.checkIssued(certificate)
    if (!isRoot && weakSignatures.has(signatureAlgorithm(certificate.raw))) {
      yield `${name} is signed by SHA-1 or MD5, which browsers refuse: have it signed by SHA-256.`
    }
  }
}

function* purposeFaults(own: X509Certificate): Generator<string> {
  // Its type says that it is always there; where the certificate names no purpose, it is not.
  const purposes = own.keyUsage as readonly string[] | undefined
  if (purposes !== undefined && !purposes.some((each) => forServers.includes(each))) {
    yield `${certificateName(own)} is not for servers: its extended key usage lacks “TLS web server authentication”.`
  }
}
